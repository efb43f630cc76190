"""A review is of a version that the item has or had.

A review of a version that does not exist yet would count as soon as the item reaches that number, although nobody has
read it.

**Mend it:** write the version that the reviewer read. It stands under the title of the item and in its history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("review-version", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each review of a version that is still to come."""
    present = subject.data.get("version", 1)
    for index, review in subject.entries("reviews"):
        version = review.get("version")
        if isinstance(version, int) and isinstance(present, int) and version > present:
            where = subject.document.at("reviews", index, "version")
            yield RULE.at(where, f"the review is of version {version}, and the item has only {present}", "correct it")
