"""A published practice is answered by at least one case.

A practice to which no lesson of a case leads is advice without a story: nobody sees what happens without it.

**Mend it:** name the practice under the lesson of a case that shows why it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, Severity
from casebook.registry import BEST_PRACTICE
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from casebook.rules._subject import Subject

RULE = Rule("practice-without-case", __doc__, Severity.WARNING)


def answered_practices(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the practices to which the lessons of a published item lead."""
    lessons = data.get("lessons")
    if data.get("status") == "published" and isinstance(lessons, list):
        for lesson in lessons:
            if isinstance(lesson, dict):
                yield from (practice for _, practice in strings(lesson.get("practices")))


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning when no lesson leads to a published practice."""
    document = subject.document
    is_published = document.kind == BEST_PRACTICE and document.status == "published"
    answering = subject.index.answering
    if is_published and answering is not None and document.stem not in answering:
        yield RULE.at(document.at("id"), "no lesson of a case leads to this practice", "name it under a lesson")
