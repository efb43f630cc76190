"""The `id` of an item is the name of its file.

The id is the permanent address. Two different names for one item would break links sooner or later.

**Mend it:** write the name of the file, without `.md`, as `id`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("id-is-file-name", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when the id differs from the file name."""
    written, stem = subject.data.get("id"), subject.document.stem
    if isinstance(written, str) and written != stem:
        message = f"the id `{written}` is not the name of the file"
        yield RULE.at(subject.document.at("id"), message, f"write `id: {stem}`, or rename the file")
