"""The domain: case studies, best practices, exercises and learning paths as frozen values.

Field names are those of the JSON Schemas, which give their meaning. Values that an unfinished draft may lack have
defaults, so that the live preview can draw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec

from casebook.dates import Period, period
from casebook.registry import BEST_PRACTICE, CASE_STUDY, EXERCISE, KIND_BY_NAME, LEARNING_PATH, Kind

# Who wrote an item that names nobody.
EDITORS = "Casebook editors"


@dataclass(frozen=True)
class Version:
    """One version of an item."""

    version: int
    date: str
    change: str


@dataclass(frozen=True)
class Source:
    """A public text on which statements rest."""

    id: str
    title: str
    type: str
    author: str = ""
    year: int | None = None
    identifier: str = ""
    url: str = ""
    archive_url: str = ""
    language: str = "en"
    reliability: str = ""
    note: str = ""


@dataclass(frozen=True)
class ItemReason:
    """Another item and why to look at it."""

    id: str
    why: str


@dataclass(frozen=True)
class Exemption:
    """Words that the screen sees and that may stand: the id of the check, the words, and why."""

    check: str
    text: str
    reason: str


@dataclass(frozen=True)
class Clearance:
    """On what basis the content may be public."""

    basis: str
    date: str
    exceptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True)
class Review:
    """A review that took place; `version` is the one of the item that was reviewed, or 0 when nobody wrote it down."""

    date: str
    mode: str
    verdict: str
    reviewer: str = ""
    centre: str = ""
    centre_type: str = ""
    region: str = ""
    note: str = ""
    version: int = 0
    checklist: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contributor:
    """Who did what for an item."""

    name: str
    role: str
    centre: str = ""


@dataclass(frozen=True)
class Event:
    """When and where, in what kind of place, and how it ended."""

    start: str
    countries: tuple[str, ...]
    setting: str
    outcome: str
    end: str = ""
    place: str = ""

    @cached_property
    def period(self) -> Period:
        """The time of the event."""
        return period(self.start, self.end)


@dataclass(frozen=True)
class Material:
    """Radioactive material or information that was concerned."""

    radionuclide: str = ""
    activity: str = ""
    category: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One dated step of a timeline."""

    date: str
    event: str
    sources: tuple[str, ...] = ()

    @cached_property
    def period(self) -> Period:
        """The time of the step."""
        return Period.parse(self.date)


@dataclass(frozen=True)
class Factor:
    """A contributing factor in a case."""

    factor: str
    basis: str
    explanation: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A lesson with its links back to factors and forward to practices; `aliases` are ids that it had before."""

    id: str
    lesson: str
    aliases: tuple[str, ...] = ()
    drawn_by: str = ""
    factors: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Response:
    """One thing that was done or changed."""

    fact: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question for a group."""

    question: str
    lesson: str = ""
    notes: str = ""


@dataclass(frozen=True)
class WrongChoice:
    """A wrong choice of a question, and what is wrong about it."""

    choice: str
    feedback: str


@dataclass(frozen=True)
class CheckQuestion:
    """A question with an answer: open, or with one right choice and some wrong ones."""

    id: str
    question: str
    answer: str
    right: str = ""
    wrong: tuple[WrongChoice, ...] = ()
    lesson: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is nothing to choose from."""
        return not self.right

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """All choices in the order in which they are shown everywhere: one that nothing but their words decides."""
        known = [self.right, *(one.choice for one in self.wrong)] if self.right else []
        return tuple(sorted(known, key=lambda one: (sha256(f"{self.id} {one}".encode()).digest(), one)))


@dataclass(frozen=True)
class Decision:
    """The moment of a case at which a class decides before it reads on."""

    title: str
    role: str
    situation: str
    question: str
    choices: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True)
class Misconception:
    """A belief that is often met in a class, and the answer to it."""

    belief: str
    answer: str


@dataclass(frozen=True)
class Column:
    """A column of the whiteboard, and what should stand in it at the end."""

    heading: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """One page for a leader: what happened, in three sentences, and three questions for Monday."""

    happened: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Teaching:
    """How a case can be used in a class; `minutes` for reading and discussion together."""

    audience: tuple[str, ...]
    level: str
    minutes: int
    questions: tuple[Question, ...]
    objectives: tuple[str, ...] = ()
    decision: Decision | None = None
    self_check: tuple[CheckQuestion, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    whiteboard: tuple[Column, ...] = ()
    brief: Brief | None = None


@dataclass(frozen=True)
class Obligation:
    """How binding a practice is."""

    type: str
    basis: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """What can be said for a practice."""

    claim: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What shows that a practice works, and what is missing."""

    strength: str
    claims: tuple[Claim, ...]
    limits: str = ""


@dataclass(frozen=True)
class Applicability:
    """Which States and organisations can use a practice and what it takes."""

    states: tuple[str, ...]
    organisations: tuple[str, ...]
    capacity: str


@dataclass(frozen=True)
class Pitfall:
    """A known way to fail."""

    pitfall: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Players:
    """How many people can play an exercise."""

    least: int
    most: int


@dataclass(frozen=True)
class Role:
    """A part in an exercise; `knows` is for its players alone."""

    id: str
    title: str
    brief: str
    knows: str = ""


@dataclass(frozen=True)
class Branch:
    """Another inject that follows only when the players did, or left undone, what `when` says."""

    when: str
    inject: str


@dataclass(frozen=True)
class Inject:
    """A piece of news in an exercise.

    `minute` counts from the start of play, `to` are ids of roles (none: everybody). With `only_when` it is played only
    after a branch. `lessons` are `<id of the case>#<id of the lesson>`.
    """

    id: str
    minute: int
    title: str
    text: str
    to: tuple[str, ...] = ()
    channel: str = ""
    only_when: str = ""
    expected: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    lessons: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """One thing that an evaluator watches in an exercise."""

    id: str
    criterion: str
    good: str
    weak: str
    lessons: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()


@dataclass(frozen=True)
class PathStep:
    """One step of a learning path: the item to read, why, for how many minutes, and what to understand."""

    id: str
    item: str
    why: str
    minutes: int
    part: str = ""
    questions: tuple[CheckQuestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every kind has.

    `aliases` are ids that the item had before, `path` is the source file below the repository, and `images` are the
    names in its folder. Addresses are from the root of the site, and hold for ever.
    """

    id: str
    title: str
    summary: str
    topics: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    keywords: tuple[str, ...] = ()
    reader_questions: tuple[str, ...] = ()
    language: str = "en"
    status: str = "draft"
    withdrawn_reason: str = ""
    superseded_by: str = ""
    aliases: tuple[str, ...] = ()
    version: int = 1
    history: tuple[Version, ...] = ()
    guidance: tuple[str, ...] = ()
    related: tuple[ItemReason, ...] = ()
    clearance: Clearance | None = None
    reviews: tuple[Review, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    uncertain: tuple[str, ...] = ()
    path: str = ""
    images: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the item."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """Address of the item's page."""
        return self.kind.address_of(self.id)

    @property
    def short_address(self) -> str:
        """Address for slides and QR codes, which leads to the page of the item."""
        return short_address(self.id)

    @property
    def embed_address(self) -> str:
        """Address of the card of the item for the frame of another site."""
        return f"embed/{self.kind.name}/{self.id}/"

    @property
    def data_address(self) -> str:
        """Address of the record of the item for machines."""
        return f"api/v1/{self.kind.name}/{self.id}.json"

    def version_address(self, version: int) -> str:
        """Return the address of a released version of the item."""
        return f"{self.address}v/{version}/"

    @property
    def authors(self) -> list[str]:
        """The names to cite, each once and in their order; the editors where nobody is named."""
        return list(dict.fromkeys(one.name for one in self.contributors)) or [EDITORS]

    @property
    def is_public(self) -> bool:
        """Whether the item has a page on the public site."""
        return self.status in ("published", "withdrawn")

    @property
    def is_shown(self) -> bool:
        """Whether lists and links lead to the item: withdrawn ones keep only their page."""
        return self.status != "withdrawn"

    @property
    def first_published(self) -> str:
        """Day of the first version, or an empty text."""
        return self.history[0].date if self.history else ""

    @property
    def last_changed(self) -> str:
        """Day of the newest version, or an empty text."""
        return self.history[-1].date if self.history else ""


@dataclass(frozen=True, kw_only=True)
class CaseStudy(Item):
    """Something that happened, was prevented or was done well."""

    event: Event | None = None
    material: Material | None = None
    timeline: tuple[Step, ...] = ()
    factors: tuple[Factor, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    response: tuple[Response, ...] = ()
    teaching: Teaching | None = None
    centres: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the item."""
        return CASE_STUDY


@dataclass(frozen=True, kw_only=True)
class BestPractice(Item):
    """Who should do what."""

    statement: str = ""
    obligation: Obligation | None = None
    evidence: Evidence | None = None
    applicability: Applicability | None = None
    first_step: str = ""
    indicators: tuple[str, ...] = ()
    pitfalls: tuple[Pitfall, ...] = ()
    cultural_notes: tuple[str, ...] = ()
    counter_cases: tuple[ItemReason, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the item."""
        return BEST_PRACTICE


@dataclass(frozen=True, kw_only=True)
class Exercise(Item):
    """A table-top exercise on a fictional site."""

    setting: str = ""
    audience: tuple[str, ...] = ()
    level: str = ""
    minutes: int = 0
    players: Players | None = None
    training_topics: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    injects: tuple[Inject, ...] = ()
    evaluation: tuple[Criterion, ...] = ()
    grown_from: tuple[ItemReason, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the item."""
        return EXERCISE


@dataclass(frozen=True, kw_only=True)
class LearningPath(Item):
    """Items in an order, for one kind of learner."""

    learner: str = ""
    audience: tuple[str, ...] = ()
    level: str = ""
    training_topics: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    steps: tuple[PathStep, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the item."""
        return LEARNING_PATH

    @property
    def minutes(self) -> int:
        """The time for all steps together."""
        return sum(step.minutes for step in self.steps)


def short_address(item_id: str) -> str:
    """Return the address that leads to the page of the item with an id, of whatever kind it is."""
    return f"c/{item_id}/"


CLASSES: dict[str, type[Item]] = {
    CASE_STUDY.name: CaseStudy,
    BEST_PRACTICE.name: BestPractice,
    EXERCISE.name: Exercise,
    LEARNING_PATH.name: LearningPath,
}


def item(kind: str, data: dict[str, Any]) -> Item:
    """Return the item that checked front matter means.

    Args:
        kind: name of the kind.
        data: typed front matter that fits its schema, with `id`, `path` and `images` added.

    Raises:
        msgspec.ValidationError: if the data do not fit, which checked data cannot do.
    """
    return msgspec.convert(data, CLASSES[KIND_BY_NAME[kind].name])
