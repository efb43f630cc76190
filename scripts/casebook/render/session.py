"""A lesson with a case: its stages, its plan in minutes, and where its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from casebook import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.artifact import Site
    from casebook.model import CaseStudy, Teaching


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a case: its name, and its address below that of the case."""

    name: str
    address: str


STAGES = tuple(
    Stage(name, f"stage/{number}/")
    for number, name in enumerate(("Situation", "Decision point", "What happened", "Lessons"), 1)
)

_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
# What can be printed or shown besides the pages: the file below the address of the case, and what to do with it. They
# are there only where a site has handouts.
_HANDOUTS = (
    (
        "handout.pdf",
        "Print the handout for trainees, two pages, and give it out at the end, because it tells everything",
    ),
    (
        "slides.pptx",
        "With PowerPoint, Keynote or LibreOffice, show the slides, and read your notes below them",
    ),
    ("handout-instructor.pdf", "For your own table, print the handout for instructors"),
)


_PACKAGES = (("course.imscc", "For Moodle, Canvas or another learning platform, import the course package"),)


@dataclass(frozen=True)
class Session:
    """A lesson with a case: in the time that the case names, and in 45 minutes."""

    case: CaseStudy
    teaching: Teaching

    @property
    def minutes(self) -> list[int]:
        """The lengths for which there is a plan, the shorter one first."""
        return sorted({plan.READY, self.teaching.minutes})

    @cached_property
    def rows(self) -> list[tuple[list[str], plan.Part]]:
        """Each part of the lesson, with the minutes that it has in each plan."""
        plans = [self._plan(minutes) for minutes in self.minutes]
        times = [{part.does: f"{part.start} to {part.end}" for part in parts} for parts in plans]
        return [([known.get(part.does, "") for known in times], part) for part in plans[-1]]

    @cached_property
    def shares(self) -> list[int]:
        """The minutes for each discussion question in the time that the case names; 0 for one in reserve."""
        return self._shares(self.teaching.minutes)

    @property
    def asked(self) -> str:
        """For how many discussion questions there is time, in words."""
        counts = {minutes: sum(map(bool, self._shares(minutes))) for minutes in self.minutes}
        words = [f"the first {_NUMBERS.get(count, count)} in {minutes} minutes" for minutes, count in counts.items()]
        return f"There is time for {' and for '.join(words)}."

    @property
    def links(self) -> Sequence[tuple[str, str]]:
        """The pages for a class, by address from the root of the site and words."""
        found = [
            ("stage/1/", "in stages", self.teaching.decision),
            ("teach/", "instructor's edition", self.teaching),
            ("brief/", "one page for a leader", self.teaching.brief),
        ]
        return [(f"{self.case.address}{below}", words) for below, words, is_there in found if is_there]

    def materials(self, site: Site) -> Sequence[tuple[str, str]]:
        """Return the files that the site has for a class, by address from its root and words."""
        files = [*(_HANDOUTS if site.handouts else ()), *_PACKAGES]
        return [(f"{self.case.address}{name}", words) for name, words in files]

    def _plan(self, minutes: int) -> list[plan.Part]:
        return plan.of_case(minutes, staged=self.teaching.decision is not None)

    def _shares(self, minutes: int) -> list[int]:
        return plan.shares(self._plan(minutes), len(self.teaching.questions))
