"""Pages with which an exercise is played: facilitator, players, clock, cards, evaluation sheet. All stand alone.

What spoils an exercise stands on the pages of the facilitator alone. On the players' pages there is no inject, and what
a role alone knows stands on the page of that role. None of them is for search engines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook import release
from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL
from casebook.library import LessonOf
from casebook.model import BestPractice, CaseStudy, Exercise
from casebook.registry import EXERCISE
from casebook.render.items import origins_of
from casebook.render.leaf import Sheet, leaf, redirect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.library import Library
    from casebook.model import Criterion, Inject, Role
    from casebook.render.page import Context

EVERYBODY = "Everybody"
# A text of more signs has no place on a quarter of a page, and one of still more has it on a half only in small type.
LONG, LONGEST = 700, 1300
PLAYERS = "players"
_TITLES = {
    "cards": "inject cards",
    "clock": "clock",
    "evaluation": "evaluation sheet",
    "facilitator": "for the facilitator",
    PLAYERS: "briefing for players",
}


@dataclass(frozen=True, slots=True)
class Way:
    """What leads from one inject to another: when, and the number and title of the inject at the other end."""

    when: str
    number: int
    card: Inject


@dataclass(frozen=True, slots=True)
class Ground:
    """The lessons and the practices to which a part of an exercise goes back."""

    lessons: Sequence[LessonOf]
    practices: Sequence[BestPractice]

    @classmethod
    def of(cls, part: Inject | Criterion, library: Library) -> Ground:
        """Return those that the library shows."""
        lessons = [found for name in part.lessons if (found := lesson_of(name, library))]
        named = [library.items.get(one) for one in part.practices]
        return cls(lessons, [one for one in named if isinstance(one, BestPractice) and one.is_shown])


@dataclass(frozen=True, slots=True)
class Card:
    """An inject with its number, the titles of the roles that receive it, and where it comes from and leads to."""

    number: int
    inject: Inject
    to: str
    leads_to: Sequence[Way]
    comes_from: Sequence[Way]
    ground: Ground


def lesson_of(name: str, library: Library) -> LessonOf | None:
    """Return the lesson `<id of the case>#<id of the lesson>`, or None where the library does not show it."""
    case_id, _, lesson_id = name.partition("#")
    case = library.items.get(case_id)
    if not isinstance(case, CaseStudy) or not case.is_shown:
        return None
    return next((LessonOf(case, lesson) for lesson in case.lessons if lesson.id == lesson_id), None)


def cards_of(exercise: Exercise, library: Library) -> list[Card]:
    """Return the injects of an exercise in the order of the clock, each with what it takes to play it."""
    roles = {role.id: role.title for role in exercise.roles}
    numbers = {inject.id: (number, inject) for number, inject in enumerate(exercise.injects, 1)}
    origins: dict[str, list[Way]] = {}
    for number, inject in numbers.values():
        for branch in inject.branches:
            origins.setdefault(branch.inject, []).append(Way(branch.when, number, inject))
    return [
        Card(
            number,
            inject,
            ", ".join(roles.get(name, name) for name in inject.to) or EVERYBODY,
            [Way(one.when, *numbers[one.inject]) for one in inject.branches if one.inject in numbers],
            origins.get(inject.id, []),
            Ground.of(inject, library),
        )
        for number, inject in numbers.values()
    ]


def play_of(exercise: Exercise, library: Library) -> dict[str, Any]:
    """Return what templates need to show how an exercise is played: its cards and their size, what criteria go back to.

    `to_a_page` is how many cards a sheet of paper has, and `longest` how many signs fit on a large one in large type.
    """
    longest = max((len(inject.text) for inject in exercise.injects), default=0)
    return {
        "cards": cards_of(exercise, library),
        "grounds": {one.id: Ground.of(one, library) for one in exercise.evaluation},
        "to_a_page": 2 if longest > LONG else 4,
        "longest": LONGEST,
    }


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the pages that stand below each exercise."""
    for item in context.library.items.values():
        if isinstance(item, Exercise):
            yield from _Exercise(item, context).pages()


@dataclass(frozen=True)
class _Exercise:
    """One exercise while its pages are written."""

    item: Exercise
    context: Context

    def pages(self) -> Iterator[Artifact]:
        """Yield its pages, and what answers at the addresses of roles that it had once."""
        address = self.item.address
        if not self.item.is_shown:
            yield from (self._away(f"{address}{name}/", address) for name in EXERCISE.pages)
            yield from (self._away(self.of_role(name), address) for name in self._role_ids)
            return
        yield from (self._page(name) for name in EXERCISE.pages)
        yield from (self._role(role) for role in self.item.roles)
        present = {role.id for role in self.item.roles}
        gone = (name for name in self._role_ids if name not in present)
        yield from (self._away(self.of_role(name), f"{address}{PLAYERS}/") for name in gone)

    def of_role(self, name: str) -> str:
        """Return the address of the page of a role."""
        return f"{self.item.address}{PLAYERS}/{name}/"

    @cached_property
    def _play(self) -> dict[str, Any]:
        return play_of(self.item, self.context.library)

    @cached_property
    def _role_ids(self) -> list[str]:
        """The ids of the roles in all versions."""
        versions = self.context.page(self.item.address).released(self.item).values()
        released = (name for one in versions for name in release.values(one.data, "roles.id"))
        return list(dict.fromkeys([*(role.id for role in self.item.roles), *released]))

    def _page(self, name: str) -> Artifact:
        title = f"{self.item.title}: {_TITLES[name]}"
        return self._leaf(f"{self.item.address}{name}/", f"exercise-{name}.html.j2", title, here=_TITLES[name])

    def _role(self, role: Role) -> Artifact:
        title = f"{self.item.title}: {role.title}"
        return self._leaf(self.of_role(role.id), "exercise-role.html.j2", title, here=role.title, role=role)

    def _leaf(self, address: str, template: str, title: str, **values: Any) -> Artifact:
        return leaf(
            Sheet(self.context, address, self.item, sources=self.item.address),
            template,
            title,
            self.item.summary,
            item=self.item,
            language=self.item.language,
            origins=origins_of(self.item, self.context.library),
            licence=CONTENT_LICENCE,
            licence_url=CONTENT_LICENCE_URL,
            **self._play,
            **values,
        )

    def _away(self, address: str, target: str) -> Artifact:
        return redirect(self.context, address, target, self.item.title)
