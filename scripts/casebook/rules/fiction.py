"""Only an item of a kind that is made up has the clearance `fiction`.

A case, a practice and a learning path say what was and what to do. `fiction` would free their statements from sources.

**Mend it:** choose the basis on which the item may be public; most rest on `public-sources`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.finding import Finding
    from casebook.rules._subject import Subject

RULE = Rule("fiction", __doc__)
BASIS = "fiction"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for a clearance as fiction where the kind is not made up."""
    clearance, kind = subject.data.get("clearance"), subject.document.kind
    if isinstance(clearance, dict) and clearance.get("basis") == BASIS and not kind.is_fiction:
        where = subject.document.at("clearance", "basis")
        yield RULE.at(where, f"{kind.noun} is not made up, and its clearance says `{BASIS}`", "choose another basis")
