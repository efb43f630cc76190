"""What the library covers and where it has gaps: counts by term, and every missing link of the chain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casebook.facet import FACET_BY_NAME, regions
from casebook.library import LessonOf
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.registry import BEST_PRACTICE, CASE_STUDY, EXERCISE, LEARNING_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.library import Library
    from casebook.model import Item
    from casebook.registry import Kind
    from casebook.vocabulary import Term

GOOD_ENDS = ("prevented", "success")
SCAFFOLDS = "contribute/scaffolds"
DECADES = ("1970s", "1980s", "1990s", "2000s", "2010s", "2020s")
# A topic with less than this is called thin.
ENOUGH_CASES, ENOUGH_PRACTICES, ENOUGH_REGIONS = 3, 1, 2
# A case with fewer questions that have answers is no quiz.
ENOUGH_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class TopicCover:
    """What there is on a topic, its subtopics included. `good` counts cases that were prevented or a success."""

    topic: Term
    cases: int
    good: int
    practices: int
    guidance: int
    regions: int

    @property
    def gaps(self) -> list[str]:
        """What is thin, in words; empty when nothing is."""
        found = []
        if self.cases < ENOUGH_CASES:
            found.append("no case" if not self.cases else f"few cases ({self.cases})")
        if self.cases and not self.good:
            found.append("no case that was prevented or a success")
        if self.practices < ENOUGH_PRACTICES:
            found.append("no practice")
        if not self.guidance:
            found.append("no guidance document")
        if self.cases and self.regions < ENOUGH_REGIONS:
            found.append("cases from one region only")
        return found


@dataclass(frozen=True, slots=True)
class CourseCover:
    """What there is to teach a term with: `questions` are those with answers in its cases, `paths` lead through it."""

    term: Term
    cases: int
    questions: int
    exercises: int
    paths: int

    @property
    def gaps(self) -> list[str]:
        """What a course would miss, in words; empty when nothing is missing."""
        known = {"case": self.cases, "question": self.questions, "exercise": self.exercises, "path": self.paths}
        return [f"no {name}" for name, count in known.items() if not count]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole picture. Counts are by the id of a term, in the order of its vocabulary, zeros included."""

    kinds: Mapping[str, int]
    topics: Sequence[TopicCover]
    regions: Mapping[str, int]
    decades: Mapping[str, int]
    settings: Mapping[str, int]
    outcomes: Mapping[str, int]
    languages: Mapping[str, int]
    courses_by_topic: Sequence[CourseCover] = field(default_factory=tuple)
    courses_by_training: Sequence[CourseCover] = field(default_factory=tuple)
    cases_without_decision: Sequence[CaseStudy] = field(default_factory=tuple)
    cases_without_questions: Sequence[CaseStudy] = field(default_factory=tuple)
    factors_without_case: Sequence[Term] = field(default_factory=tuple)
    factors_without_practice: Sequence[Term] = field(default_factory=tuple)
    practices_without_case: Sequence[BestPractice] = field(default_factory=tuple)
    lessons_without_practice: Sequence[LessonOf] = field(default_factory=tuple)


def coverage(library: Library) -> Coverage:
    """Return what a library covers."""
    factors = library.vocabularies["factors"]
    lessons = (LessonOf(case, lesson) for case in library.cases for lesson in case.lessons)
    return Coverage(
        kinds=Counter(item.kind.name for item in library.shown),
        topics=[topic_cover(term, library) for term in library.vocabularies["topics"]],
        regions=_counts("region", library),
        decades={key: len(cases) for key, cases in sorted(library.by_facet["decade"].items())},
        settings=_counts("setting", library),
        outcomes=_counts("outcome", library),
        languages=_languages(library),
        courses_by_topic=_courses("topics", library.by_topic, library),
        courses_by_training=_courses("training-topics", library.by_facet["training"], library),
        cases_without_decision=[one for one in library.cases if not one.teaching or not one.teaching.decision],
        cases_without_questions=[one for one in library.cases if _questions(one) < ENOUGH_QUESTIONS],
        factors_without_case=[term for term in factors if term.id not in library.by_factor],
        factors_without_practice=[term for term in factors if not library.practices_by_factor.get(term.id)],
        practices_without_case=[one for one in library.practices if not library.lessons_by_practice.get(one.id)],
        lessons_without_practice=[one for one in lessons if not list(library.practices_of(one.lesson))],
    )


def factor_gaps(factor: Term, library: Library) -> list[str]:
    """Return what is thin about a factor, in words; empty when nothing is."""
    cases = library.by_factor.get(factor.id, ())
    good = any(case.event is not None and case.event.outcome in GOOD_ENDS for case in cases)
    found = []
    if len(cases) < ENOUGH_CASES:
        found.append("no case" if not cases else f"few cases ({len(cases)})")
    if cases and not good:
        found.append("no case that was prevented or a success")
    if not library.practices_by_factor.get(factor.id):
        found.append("no practice")
    return found


def topic_cover(topic: Term, library: Library) -> TopicCover:
    """Return what there is on a topic."""
    items = library.by_topic.get(topic.id, ())
    cases = [item for item in items if isinstance(item, CaseStudy)]
    return TopicCover(
        topic=topic,
        cases=len(cases),
        good=sum(case.event is not None and case.event.outcome in GOOD_ENDS for case in cases),
        practices=sum(isinstance(item, BestPractice) for item in items),
        guidance=len({document for item in items for document in item.guidance}),
        regions=len({region for case in cases for region in regions(case, library.vocabularies)}),
    )


def _courses(vocabulary: str, items: Mapping[str, Sequence[Item]], library: Library) -> list[CourseCover]:
    return [course_cover(term, items.get(term.id, ()), library) for term in library.vocabularies[vocabulary]]


def course_cover(term: Term, items: Sequence[Item], library: Library) -> CourseCover:
    """Return what there is to teach a term with, of which these are the items."""
    cases = [item for item in items if isinstance(item, CaseStudy)]
    own = {item.id for item in items if isinstance(item, LearningPath)}
    through = {one.path.id for item in items for one in library.steps_by_item.get(item.id, ())}
    return CourseCover(
        term=term,
        cases=len(cases),
        questions=sum(_questions(case) for case in cases),
        exercises=sum(isinstance(item, Exercise) for item in items),
        paths=len(own | through),
    )


def _questions(case: CaseStudy) -> int:
    return len(case.teaching.self_check) if case.teaching else 0


def _counts(name: str, library: Library) -> dict[str, int]:
    """Return how many cases have each term of a facet."""
    facet = FACET_BY_NAME[name]
    found = Counter(value for case in library.cases for value in set(facet.values(case, library.vocabularies)))
    return {term.id: found[term.id] for term in library.vocabularies[facet.vocabulary]}


def _languages(library: Library) -> dict[str, int]:
    items = library.shown
    return dict(Counter(source.language for item in items for source in item.sources).most_common())


def scaffold_address(kind: Kind, name: str) -> str:
    """Return the address of the draft that fills a gap, for example `…/case-study-settings-hospital.txt`."""
    return f"{SCAFFOLDS}/{kind.name}-{name}.txt"


def fillable(library: Library) -> Iterator[tuple[str, Kind, dict[str, Any]]]:
    """Yield a name, a kind and what is known of the missing item, for each term that an item can fill."""
    vocabularies = library.vocabularies
    for topic in vocabularies["topics"]:
        yield f"topics-{topic.id}", CASE_STUDY, {"topics": topic.id}
        for kind in (BEST_PRACTICE, EXERCISE, LEARNING_PATH):
            yield f"topics-{topic.id}", kind, {"topics": topic.id}
    for factor in vocabularies["factors"]:
        entry = {"factor": factor.id, "basis": "stated", "explanation": "How it showed itself here.", "sources": ["s1"]}
        yield f"factors-{factor.id}", CASE_STUDY, {"factors": [entry]}
        yield f"factors-{factor.id}", BEST_PRACTICE, {}
    for setting in vocabularies["settings"]:
        yield f"settings-{setting.id}", CASE_STUDY, {"event": {"setting": setting.id}}
    for outcome in vocabularies["outcomes"]:
        yield f"outcomes-{outcome.id}", CASE_STUDY, {"event": {"outcome": outcome.id}}
    for region in vocabularies["regions"]:
        country = next(one.id for one in vocabularies["countries"] if one.more.get("region") == region.id)
        yield f"regions-{region.id}", CASE_STUDY, {"event": {"countries": [country]}}
    for decade in sorted({*DECADES, *library.by_facet["decade"]}):
        yield f"years-{decade}", CASE_STUDY, {"event": {"start": f"{decade[:3]}5"}}
