"""A review says what its mode needs, and keeps back what its mode keeps back.

`named` needs the reviewer. `centre` needs the centre, and names no person. `anonymous` never holds the name of the
reviewer, because a file in a public repository is public. `consultation` has the verdict `comment` and a note: it gives
no other verdict. A dissent needs a note, because readers must know with what the reviewer disagrees.

**Mend it:** add what is missing or take out what is too much; or choose the mode that fits what the reviewer agreed to.
A name that has been sent to a public repository is public, so tell an editor too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.rules._subject import Subject

RULE = Rule("review-mode", __doc__)
_NEEDED = {"named": "reviewer", "centre": "centre"}
_KEPT_BACK = {
    "anonymous": "a review with the mode `anonymous` must not name the reviewer",
    "centre": "a review with the mode `centre` names the centre and no person",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is missing in a review, or too much, for its mode and verdict."""
    for index, review in subject.entries("reviews"):
        yield from _person(subject, index, review)
        mode, verdict = review.get("mode"), review.get("verdict")
        where = subject.document.at("reviews", index, "verdict")
        if mode == "consultation" and isinstance(verdict, str) and verdict != "comment":
            hint = "write `verdict: comment`, or another mode"
            yield RULE.at(where, "a consultation gives comments and no verdict", hint)
        elif verdict in ("dissent", "comment") and not review.get("note"):
            hint = "add `note: …` with the reviewer's own words or with what the reviewer agreed to"
            yield RULE.at(where, f"a review with the verdict `{verdict}` must have a note that says what it is", hint)


def _person(subject: Subject, index: int, review: Mapping[str, Any]) -> Iterator[Finding]:
    mode = str(review.get("mode"))
    needed = _NEEDED.get(mode)
    if needed and not review.get(needed):
        where = subject.document.at("reviews", index, "mode")
        yield RULE.at(where, f"a review with the mode `{mode}` must have the field `{needed}`", f"add `{needed}: …`")
    if mode in _KEPT_BACK and "reviewer" in review:
        where = subject.document.at_key("reviews", index, "reviewer")
        yield RULE.at(where, _KEPT_BACK[mode], "delete `reviewer`")
