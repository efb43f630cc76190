"""A course as a value, from which every format is made: modules of links, pages, questions to discuss, and quizzes.

It is plain data. The same value is made from a reader's basket in the browser, from the modules that `data` gives.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator

LEARNER, INSTRUCTOR = "Learner", "Instructor"


@dataclass(frozen=True, slots=True)
class WebLink:
    """A page of the site; `role` says for whom it is, and platforms hide from learners what is for instructors."""

    type: ClassVar[str] = "link"
    id: str
    title: str
    address: str
    role: str = LEARNER


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the course itself: `html` is its content, without a heading of its own and without anything active.

    `frame` is the address of the card of the item, and `height` the height of its frame in CSS pixels.
    """

    type: ClassVar[str] = "page"
    id: str
    title: str
    html: str
    language: str = "en"
    frame: str = ""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question for all: `question` is plain text, `html` what is shown."""

    type: ClassVar[str] = "discussion"
    id: str
    title: str
    question: str
    html: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a question, and what a learner reads who chose it; plain text."""

    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a quiz as plain text: open where there are no choices. `answer` is read afterwards by everybody."""

    id: str
    question: str
    answer: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions by which a learner sees what has been understood."""

    type: ClassVar[str] = "quiz"
    id: str
    title: str
    questions: tuple[Question, ...]


Resource = WebLink | Page | Discussion | Quiz


@dataclass(frozen=True, slots=True)
class Module:
    """A part of a course, for one item or one step. Each id of a resource begins with that of its module and a dot.

    `why` says why it is read now and `minutes` how long it takes; both only in a learning path.
    """

    id: str
    title: str
    resources: tuple[Resource, ...]
    why: str = ""
    minutes: int = 0

    def of(self, *types: type[Resource]) -> Iterator[Any]:
        """Yield the resources of these types, in their order."""
        return (one for one in self.resources if isinstance(one, types))


@dataclass(frozen=True, slots=True)
class Course:
    """What one package holds. `day` is that of its newest item, `credit` says whom to name."""

    id: str
    title: str
    description: str
    modules: tuple[Module, ...]
    credit: str
    address: str = ""
    language: str = "en"
    day: str = ""
    keywords: tuple[str, ...] = field(default=())

    @property
    def resources(self) -> Iterator[Resource]:
        """All resources of all modules, in their order."""
        return (one for module in self.modules for one in module.resources)

    @property
    def quizzes(self) -> Iterator[tuple[Module, Quiz]]:
        """All quizzes with their modules, in their order."""
        return ((module, one) for module in self.modules for one in module.of(Quiz))


def data(module: Module) -> dict[str, Any]:
    """Return a module as plain data; each resource says its type."""
    return {
        **asdict(module),
        "resources": [{"type": resource.type, **asdict(resource)} for resource in module.resources],
    }
