"""Pages of items: case studies, best practices, and what is left of a withdrawn item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook.citation import Citation, record
from casebook.library import Reason
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.render import chains
from casebook.render.page import Context, Page, evidence
from casebook.render.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.library import LessonOf, Library
    from casebook.model import Item

MOST_CASES = 60
LONG_GAP_DAYS = 3 * 365
_YEAR = 365
_BOOST = 2


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """A step of a drawn timeline, with the words for a long gap before it."""

    date: str
    event: str
    sources: tuple[str, ...]
    gap: str


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page of every item."""
    for item in context.library.items.values():
        yield page_of(item, context)


def page_of(item: Item, context: Context) -> Artifact:
    """Return the page of one item."""
    page = context.page(item.address)
    page.item = item
    trail = [(item.kind.plural, f"{item.kind.address}/"), (item.title, "")]
    cited = Citation.of(record.of_item(item, context.library, context.site))
    if not item.is_shown:
        successor = context.library.items.get(item.superseded_by)
        values: dict[str, Any] = {"successor": successor, "trail": trail, "citation": cited}
        values["meta"] = {"search": {"exclude": True}}
        return page.artifact("withdrawn.md.j2", item.title, f"Withdrawn: {item.withdrawn_reason}", item=item, **values)
    values = _case_values(item, page) if isinstance(item, CaseStudy) else {}
    if isinstance(item, BestPractice):
        values = _practice_values(item, page)
    if isinstance(item, Exercise):
        values = {"origins": origins_of(item, page.library)}
    if isinstance(item, LearningPath):
        steps = [(step, page.library.named(step.item)) for step in item.steps]
        values = {"steps": steps, "with_brief": {one.id for _, one in steps if one is not None and has_brief(one)}}
    meta = {"casebook_kind": item.kind.name, "casebook_id": item.id, "search": {"boost": _BOOST}}
    return page.artifact(
        f"{item.kind.name}.md.j2",
        item.title,
        item.summary,
        item=item,
        trail=trail,
        evidence=evidence(item.sources, context.library.vocabularies),
        citation=cited,
        close=context.library.close.get(item.id, []),
        exercises=exercises_of(item, context.library),
        standing=context.library.standing(item),
        paths=paths_of(item, context.library),
        **{"related": context.library.related.get(item.id, []), "meta": meta, **values},
    )


def drawn_steps(case: CaseStudy) -> list[DrawnStep]:
    """Return the steps of the timeline of a case. A gap of more than three years is put into words."""
    steps: list[DrawnStep] = []
    previous = None
    for step in case.timeline:
        days = step.period.first.first_day - previous if previous is not None else 0
        gap = f"about {round(days / _YEAR)} years later" if days > LONG_GAP_DAYS else ""
        steps.append(DrawnStep(str(step.period), step.event, step.sources, gap))
        previous = step.period.last.first_day
    return steps


def has_brief(item: Item) -> bool:
    """Return whether an item has a page for a leader."""
    return isinstance(item, CaseStudy) and item.is_shown and bool(item.teaching and item.teaching.brief)


def paths_of(item: Item, library: Library) -> list[Reason]:
    """Return the learning paths that have an item as a step, each once, with the reason of its first such step."""
    steps = reversed(library.steps_by_item.get(item.id, ()))
    return list({one.path.id: Reason(one.path, one.step.why) for one in steps}.values())[::-1]


def _case_values(case: CaseStudy, page: Page) -> dict[str, Any]:
    library = page.library
    related = library.related.get(case.id, [])
    setting = page.term("settings", case.event.setting) if case.event else None
    return {
        "steps": drawn_steps(case),
        "chain": chains.of_case(case, page),
        "practices": practices_of(case, library),
        "related": [one for one in related if not isinstance(one.item, BestPractice)],
        "counters": library.counters.get(case.id, []),
        "lesson_numbers": {lesson.id: number for number, lesson in enumerate(case.lessons, 1)},
        "analogue": bool(setting and setting.more.get("analogue")),
        "teaching": Session(case, case.teaching) if case.teaching else None,
    }


def practices_of(case: CaseStudy, library: Library) -> list[Reason]:
    """Return the practices that answer the lessons or are related, each once, with the reason of the authors if any."""
    answering = (practice for lesson in case.lessons for practice in library.practices_of(lesson))
    found = {practice.id: Reason(practice, practice.statement) for practice in answering}
    named = (one for one in library.related.get(case.id, ()) if isinstance(one.item, BestPractice))
    return list({**found, **{one.item.id: one for one in named}}.values())


def exercises_of(item: Item, library: Library) -> list[Reason]:
    """Return the exercises that grew from a case, need one of its lessons, or need a practice, each with a reason."""
    found = {one.item.id: one for one in library.exercises_by_case.get(item.id, ())}
    for number, lesson in enumerate(item.lessons if isinstance(item, CaseStudy) else (), 1):
        for one in library.exercises_by_lesson.get(f"{item.id}#{lesson.id}", ()):
            found.setdefault(one.id, Reason(one, f"Its players need lesson {number}."))
    for one in library.exercises_by_practice.get(item.id, ()):
        found.setdefault(one.id, Reason(one, "Its players need this practice."))
    return list(found.values())


def origins_of(exercise: Exercise, library: Library) -> list[Reason]:
    """Return the cases from which an exercise grew and that are shown, each with what it takes from it."""
    named = ((library.items.get(one.id), one.why) for one in exercise.grown_from)
    return [Reason(case, why) for case, why in named if case is not None and case.is_shown]


def _practice_values(practice: BestPractice, page: Page) -> dict[str, Any]:
    lessons = page.library.lessons_by_practice.get(practice.id, [])
    arguing: dict[str, list[LessonOf]] = {}
    for one in lessons:
        arguing.setdefault(one.case.id, []).append(one)
    factors = dict.fromkeys(factor for one in lessons for factor in one.lesson.factors)
    shown = list(arguing.values())[:MOST_CASES]
    return {
        "arguing": [(group[0].case, [one.lesson for one in group]) for group in shown],
        "arguing_count": len(arguing),
        "countering": page.library.countered_by.get(practice.id, []),
        "factors": list(factors),
        "chain": chains.of_practice(practice, page),
    }
