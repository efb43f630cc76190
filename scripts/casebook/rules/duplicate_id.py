"""An id belongs to one item only, across all kinds.

Items point at each other by id alone.

**Mend it:** rename one of the two files, before it is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("duplicate-id", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each other file with the same id."""
    document = subject.document
    for path in subject.index.namesakes.get(document.stem, ()):
        if path != document.path:
            message = f"the id `{document.stem}` is also used by {path}"
            yield RULE.at(document.at("id"), message, "rename one of the two files")
