"""A lesson follows from factors of its own case, and a question points at a lesson of its own case.

The factors under a lesson must also stand under `factors`, with their basis and sources.

**Mend it:** add the factor to the case, or correct the id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, nearest
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("lesson-chain", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each factor or lesson that the case does not have."""
    # Both in their order, so that the hint is always the same.
    factors = dict.fromkeys(str(entry.get("factor")) for _, entry in subject.entries("factors"))
    lessons = dict.fromkeys(str(entry.get("id")) for _, entry in subject.entries("lessons"))
    for index, lesson in subject.entries("lessons"):
        for position, factor in strings(lesson.get("factors")):
            if factor not in factors and factor in subject.vocabularies["factors"]:
                where = subject.document.at("lessons", index, "factors", position)
                hint = nearest(factor, factors) or "add it under `factors`"
                yield RULE.at(where, f"the case itself does not have the factor `{factor}`", hint)
    for field in ("questions", "self_check"):
        for index, question in subject.entries("teaching", field):
            lesson_id = question.get("lesson")
            if isinstance(lesson_id, str) and lesson_id not in lessons:
                where = subject.document.at("teaching", field, index, "lesson")
                yield RULE.at(where, f"the case has no lesson `{lesson_id}`", nearest(lesson_id, lessons))
