"""The parts of an item that a result can lead to: sections, lessons, factors, and what else has an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.registry import Section
from casebook.text import paragraphs, plain
from casebook.written import Passage, passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.library import Library
    from casebook.model import Item, Teaching

LESSON = "Lesson"
FIRST_STEP = "If you are five people, start here"


def passages_of(item: Item, library: Library) -> Iterator[Passage]:
    """Yield the parts of an item, lessons first: what to do is what a reader looks for."""
    if isinstance(item, CaseStudy):
        yield from _of_case(item, library)
    if isinstance(item, BestPractice):
        yield from _of_practice(item)
    if isinstance(item, Exercise):
        yield from _of_exercise(item)
    if isinstance(item, LearningPath):
        yield from _of_path(item)
    yield from _of_body(item, library)
    yield from _joined("uncertain", "What is uncertain", item.uncertain)
    titles = (f"{source.author} {source.title} {source.note}" for source in item.sources)
    yield from _joined("sources", "Sources", titles)


def _of_body(item: Item, library: Library) -> Iterator[Passage]:
    sections = {section.heading: section for section in item.kind.sections}
    within = Section("", "")
    for part in passages(library.streams[item.id]):
        # Only the sections of the kind have addresses; what stands under a lesser heading belongs to its section.
        within = sections.get(part.heading, within)
        if not within.spoils:
            yield Passage(within.anchor, within.heading, plain(part.text))


def _of_case(case: CaseStudy, library: Library) -> Iterator[Passage]:
    factors = library.vocabularies["factors"]
    for lesson in case.lessons:
        yield Passage(lesson.id, LESSON, plain(lesson.lesson))
    for one in case.factors:
        yield Passage(f"factor-{one.factor}", factors.label(one.factor), plain(one.explanation))
    yield from _joined("timeline", "Timeline", (f"{step.period}: {step.event}" for step in case.timeline))
    yield from _joined("what-changed", "What changed", (one.fact for one in case.response))
    if case.teaching:
        yield from _of_teaching(case.teaching)


def _of_teaching(teaching: Teaching) -> Iterator[Passage]:
    """Yield what is asked, and no answer: whoever looks for a question should not read its answer first."""
    decision = teaching.decision
    if decision:
        told = (decision.title, decision.role, *paragraphs(decision.situation), decision.question, *decision.choices)
        yield from _joined("decision", "Decision point", told)
    yield from _joined("questions", "Discussion questions", (one.question for one in teaching.questions))
    yield from _joined("self-check", "Check yourself", (one.question for one in teaching.self_check))


def _of_practice(practice: BestPractice) -> Iterator[Passage]:
    yield from _joined("first-step", FIRST_STEP, [practice.first_step])
    yield from _joined("indicators", "Signs that it works", practice.indicators)
    yield from _joined("pitfalls", "Known ways to fail", (one.pitfall for one in practice.pitfalls))
    yield from _joined("culture", "Customs, rank and language", practice.cultural_notes)
    if practice.evidence:
        claims = (one.claim for one in practice.evidence.claims)
        yield from _joined("claims", "What can be said for it", claims)


def _of_exercise(exercise: Exercise) -> Iterator[Passage]:
    """Yield what players may find: no inject, and nothing that one role alone knows."""
    yield from _joined("objectives", "Objectives", exercise.objectives)
    yield from _joined("roles", "Roles", (f"{role.title}: {role.brief}" for role in exercise.roles))
    yield from _joined("origins", "Where it comes from", (one.why for one in exercise.grown_from))


def _of_path(path: LearningPath) -> Iterator[Passage]:
    yield from _joined("objectives", "Objectives", [path.learner, *path.objectives])
    yield from _joined("steps", "Steps", (step.why for step in path.steps))


def _joined(anchor: str, heading: str, texts: Iterable[str]) -> Iterator[Passage]:
    words = " ".join(plain(text) for text in texts if text)
    if words:
        yield Passage(anchor, heading, words)
