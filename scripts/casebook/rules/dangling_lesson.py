"""A link to a lesson must lead to one.

Injects and criteria of an exercise name lessons of cases as `<id of the case>#<id of the lesson>`. After the debriefing
players find there where it happened. A link may use an id that the case or the lesson had before.

**Mend it:** correct the id. The sign `#` beside a lesson on the page of its case shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, nearest
from casebook.registry import CASE_STUDY
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.load import Document
    from casebook.rules._subject import Steps, Subject

RULE = Rule("dangling-lesson", __doc__)


def lesson_links(subject: Subject) -> Iterator[tuple[Steps, str, str]]:
    """Yield every link to a lesson of a case: the steps that lead to it, the id of the case, and that of the lesson."""
    for field in ("injects", "evaluation"):
        for index, entry in subject.entries(field):
            for position, name in strings(entry.get("lessons")):
                case, _, lesson = name.partition("#")
                if case and lesson:
                    yield (field, index, "lessons", position), case, lesson


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each link that leads to no lesson."""
    for steps, case, lesson in lesson_links(subject):
        where = subject.document.at(*steps)
        found = subject.index.holder(case)
        if found is None:
            known = [name for name, one in subject.corpus.items() if one.kind == CASE_STUDY]
            yield RULE.at(where, f"there is no case study `{case}`", nearest(case, known))
        elif found.kind != CASE_STUDY:
            yield RULE.at(where, f"`{case}` is {found.kind.noun}, and lessons belong to case studies")
        elif found.tree is not None and lesson not in (names := _names(found)):
            yield RULE.at(where, f"`{found.stem}` has no lesson `{lesson}`", nearest(lesson, names))


def _names(case: Document) -> list[str]:
    """Return the ids of the lessons of a case, each with those that it had before."""
    lessons = case.data.get("lessons")
    entries = [one for one in lessons if isinstance(one, dict)] if isinstance(lessons, list) else []
    return [str(name) for one in entries for name in (one.get("id"), *(old for _, old in strings(one.get("aliases"))))]
