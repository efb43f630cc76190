"""Only a withdrawn item is superseded.

`superseded_by` sends readers of a withdrawn item to the one that replaces it, and `withdrawn_reason` tells them why.

**Mend it:** set `status: withdrawn` and give the reason, or delete the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("superseded", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each field about withdrawal in an item that is not withdrawn."""
    if subject.document.status == "withdrawn":
        return
    for field in ("superseded_by", "withdrawn_reason"):
        if field in subject.data:
            message = f"`{field}` is for withdrawn items; the status is {subject.document.status}"
            yield RULE.at(subject.document.at_key(field), message, "set `status: withdrawn`, or delete the field")
