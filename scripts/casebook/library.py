"""The library as a value: items by id, by term and by link, each way, computed once for all pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

from casebook import facet, related, release, reviews
from casebook.model import BestPractice, CaseStudy, Exercise, Item, LearningPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebook.model import Lesson, PathStep
    from casebook.release import Release
    from casebook.vocabulary import Vocabularies

ItemT = TypeVar("ItemT", bound=Item)
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class LessonOf:
    """A lesson with the case that it belongs to."""

    case: CaseStudy
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step with the learning path that it belongs to."""

    path: LearningPath
    step: PathStep


@dataclass(frozen=True, slots=True)
class Reason:
    """An item with the reason why a reader should look at it."""

    item: Item
    why: str


@dataclass(frozen=True, slots=True)
class Library:
    """All items of a site and everything that a page needs to know of the others.

    Mappings by term hold items that lists may show; `by_facet` has one for each facet, by the name of the facet. A
    withdrawn item is in `items` alone. `releases` has the released versions of an item by its id, the oldest first;
    there may be some of an item that is no longer there. `present_ids` has the id of an item by those that it had
    before. Cases run from the newest event to the oldest, all others by title. `exercises_by_lesson` goes by
    `<id of the case>#<id of the lesson>`.
    """

    items: Mapping[str, Item]
    streams: Mapping[str, Sequence[Token]]
    vocabularies: Vocabularies
    cases: Sequence[CaseStudy]
    practices: Sequence[BestPractice]
    exercises: Sequence[Exercise]
    paths: Sequence[LearningPath]
    by_facet: Mapping[str, Mapping[str, Sequence[Item]]]
    by_guidance: Mapping[str, Sequence[Item]] = field(default_factory=dict)
    by_factor: Mapping[str, Sequence[CaseStudy]] = field(default_factory=dict)
    by_centre: Mapping[str, Sequence[CaseStudy]] = field(default_factory=dict)
    lessons_by_factor: Mapping[str, Sequence[LessonOf]] = field(default_factory=dict)
    lessons_by_practice: Mapping[str, Sequence[LessonOf]] = field(default_factory=dict)
    practices_by_factor: Mapping[str, Sequence[BestPractice]] = field(default_factory=dict)
    exercises_by_lesson: Mapping[str, Sequence[Exercise]] = field(default_factory=dict)
    exercises_by_practice: Mapping[str, Sequence[Exercise]] = field(default_factory=dict)
    exercises_by_case: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    steps_by_item: Mapping[str, Sequence[StepOf]] = field(default_factory=dict)
    countered_by: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    counters: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    related: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    close: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    releases: Mapping[str, Sequence[Release]] = field(default_factory=dict)
    present_ids: Mapping[str, str] = field(default_factory=dict)
    origin_of: Callable[[str], reviews.Origin] = reviews.unknown

    @classmethod
    def of(
        cls,
        entries: Iterable[tuple[Item, Sequence[Token]]],
        vocabularies: Vocabularies,
        releases: Iterable[Release] = (),
    ) -> Self:
        """Return the library of items, each with the tokens of its body, and of their released versions."""
        pairs = sorted(entries, key=lambda pair: pair[0].id)
        items = {item.id: item for item, _ in pairs}
        shown = [item for item in items.values() if item.is_shown]
        cases = sorted((item for item in shown if isinstance(item, CaseStudy)), key=_newest_first)
        practices, exercises = _by_title(shown, BestPractice), _by_title(shown, Exercise)
        paths = _by_title(shown, LearningPath)
        ordered: list[Item] = [*cases, *practices, *exercises, *paths]
        named = _related(ordered, items)
        lessons = [LessonOf(case, lesson) for case in cases for lesson in case.lessons]
        return cls(
            items=items,
            streams={item.id: stream for item, stream in pairs},
            vocabularies=vocabularies,
            cases=cases,
            practices=practices,
            exercises=exercises,
            paths=paths,
            by_facet=facet.grouped(ordered, vocabularies),
            by_guidance=_grouped(ordered, lambda item: item.guidance),
            by_factor=_grouped(cases, lambda case: [factor.factor for factor in case.factors]),
            by_centre=_grouped(cases, lambda case: case.centres),
            lessons_by_factor=_grouped(lessons, lambda one: one.lesson.factors),
            lessons_by_practice=_grouped(lessons, lambda one: one.lesson.practices),
            practices_by_factor=_practices_by_factor(lessons, items),
            **_teaching(exercises, paths, items),
            countered_by=_counter_cases(practices, items),
            counters=_countered_practices(practices),
            related=named,
            close=_close(cases, practices, vocabularies, named),
            releases=release.by_item(releases),
            present_ids={name: item.id for item in items.values() for name in item.aliases},
            origin_of=facet.origins(vocabularies),
        )

    def standing(self, item: Item, today: str = "") -> reviews.Standing:
        """Return what the reviews of an item amount to on a day; without a day no review is too old."""
        return reviews.standing(item, self.origin_of, today)

    def named(self, item_id: str) -> Item | None:
        """Return the item that has an id, or had it before; None where there is none."""
        return self.items.get(item_id) or self.items.get(self.present_ids.get(item_id, ""))

    @property
    def shown(self) -> list[Item]:
        """All items that lists may show, in the order of their kinds."""
        return [*self.cases, *self.practices, *self.exercises, *self.paths]

    @property
    def by_topic(self) -> Mapping[str, Sequence[Item]]:
        """Items by topic, a topic with the items of its subtopics."""
        return self.by_facet["topic"]

    @property
    def last_changed(self) -> str:
        """Newest day in the histories of the items, `YYYY-MM-DD`, or an empty text."""
        return max((item.last_changed for item in self.items.values()), default="")

    def public(self) -> Library:
        """Return the library of those items that a public site has."""
        entries = [(item, self.streams[item.id]) for item in self.items.values() if item.is_public]
        return Library.of(entries, self.vocabularies, [one for known in self.releases.values() for one in known])

    def practices_of(self, lesson: Lesson) -> Iterator[BestPractice]:
        """Yield the practices that a lesson leads to and that are shown."""
        for practice_id in lesson.practices:
            practice = self.items.get(practice_id)
            if isinstance(practice, BestPractice) and practice.is_shown:
                yield practice

    def newest(self, count: int) -> list[Item]:
        """Return the items that were published last, newest first."""
        return sorted(self.shown, key=lambda item: (item.first_published, item.id), reverse=True)[:count]


def _by_title(items: Iterable[Item], kind: type[ItemT]) -> list[ItemT]:
    return sorted((item for item in items if isinstance(item, kind)), key=lambda item: item.title.casefold())


def _teaching(
    exercises: Sequence[Exercise], paths: Sequence[LearningPath], items: Mapping[str, Item]
) -> dict[str, Any]:
    """Return what leads from cases, lessons, practices and training topics to exercises and learning paths."""
    origins = [(one.id, Reason(exercise, one.why)) for exercise in exercises for one in exercise.grown_from]
    steps = [StepOf(path, step) for path in paths for step in path.steps]
    by_case = _grouped(origins, lambda pair: [pair[0]])
    return {
        "exercises_by_lesson": _grouped(exercises, lambda one: _named(one, "lessons")),
        "exercises_by_practice": _grouped(exercises, lambda one: _named(one, "practices")),
        "exercises_by_case": {case: [reason for _, reason in group] for case, group in by_case.items()},
        "steps_by_item": _grouped(
            [one for one in steps if _is_shown(one.step.item, items)], lambda one: [one.step.item]
        ),
    }


def _named(exercise: Exercise, field: str) -> list[str]:
    """Return what the injects and the criteria of an exercise name, each once."""
    parts = (*exercise.injects, *exercise.evaluation)
    return list(dict.fromkeys(one for part in parts for one in getattr(part, field)))


def _newest_first(case: CaseStudy) -> tuple[int, str]:
    return (-case.event.period.first.first_day if case.event else 0, case.id)


def _grouped(values: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return dict(groups)


def _practices_by_factor(lessons: Iterable[LessonOf], items: Mapping[str, Item]) -> dict[str, list[BestPractice]]:
    """Return the practices to which lessons about a factor lead, those with the most lessons first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in lessons:
        for factor in one.lesson.factors:
            counts[factor].update(practice for practice in one.lesson.practices if _is_shown(practice, items))
    return {
        factor: [item for practice, _ in ranked.most_common() if isinstance(item := items[practice], BestPractice)]
        for factor, ranked in counts.items()
    }


def _counter_cases(practices: Iterable[BestPractice], items: Mapping[str, Item]) -> dict[str, list[Reason]]:
    return {
        practice.id: [Reason(items[one.id], one.why) for one in practice.counter_cases if _is_shown(one.id, items)]
        for practice in practices
    }


def _countered_practices(practices: Iterable[BestPractice]) -> dict[str, list[Reason]]:
    pairs = ((one.id, Reason(practice, one.why)) for practice in practices for one in practice.counter_cases)
    return {key: [reason for _, reason in group] for key, group in _grouped(pairs, lambda pair: [pair[0]]).items()}


def _related(ordered: Iterable[Item], items: Mapping[str, Item]) -> dict[str, list[Reason]]:
    """Return the related items of each: those that it names, and then those that name it."""
    found: dict[str, dict[str, Reason]] = defaultdict(dict)
    named = [(item, one) for item in ordered for one in item.related if _is_shown(one.id, items)]
    for item, one in named:
        found[item.id][one.id] = Reason(items[one.id], one.why)
    for item, one in named:
        found[one.id].setdefault(item.id, Reason(item, one.why))
    return {item_id: list(reasons.values()) for item_id, reasons in found.items()}


def _close(
    cases: Sequence[CaseStudy],
    practices: Sequence[BestPractice],
    vocabularies: Vocabularies,
    named: Mapping[str, Sequence[Reason]],
) -> dict[str, list[Reason]]:
    linked = {item_id: [one.item.id for one in reasons] for item_id, reasons in named.items()}
    known: dict[str, Item] = {item.id: item for item in (*cases, *practices)}
    found = related.close(cases, practices, vocabularies, linked)
    return {item_id: [Reason(known[one.id], one.why) for one in reasons] for item_id, reasons in found.items()}


def _is_shown(item_id: str, items: Mapping[str, Item]) -> bool:
    return item_id in items and items[item_id].is_shown
