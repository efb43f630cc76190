"""A PDF to be made: its place on the site, and its HTML in every size, from the roomiest to the tightest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TRAINEE, INSTRUCTOR = "trainee", "instructor"
EDITIONS = (TRAINEE, INSTRUCTOR)
EVERYTHING = 99


@dataclass(frozen=True, slots=True)
class Fit:
    """How much room the text of a sheet takes.

    Args:
        size: size of the type, in points.
        steps: most steps of a timeline, with the last one.
        blocks: most paragraphs of a section of prose.
        cases: most cases, and most practices that no lesson asks for.
        stated: whether a practice or a case has a sentence, or only its title.
        explained: whether factors and grades are explained, or only named.
    """

    size: float
    steps: int = EVERYTHING
    blocks: int = EVERYTHING
    cases: int = 10
    stated: bool = True
    explained: bool = True


# First the type becomes smaller, down to 9 points, and only then lists become shorter.
FITS = (
    Fit(10.5),
    Fit(10),
    Fit(9.5),
    Fit(9.25),
    Fit(9),
    Fit(9, steps=10, cases=8),
    Fit(9, steps=9, blocks=4, cases=7),
    Fit(9, steps=8, blocks=4, cases=6),
    Fit(9, steps=7, blocks=3, cases=5),
    Fit(9, steps=7, blocks=3, cases=5, stated=False),
    Fit(9, steps=6, blocks=3, cases=4, stated=False),
    Fit(9, steps=6, blocks=2, cases=3, stated=False),
    Fit(9, steps=6, blocks=2, cases=3, stated=False, explained=False),
    Fit(9, steps=5, blocks=1, cases=3, stated=False, explained=False),
    Fit(9, steps=4, blocks=1, cases=2, stated=False, explained=False),
    Fit(9, steps=3, blocks=1, cases=2, stated=False, explained=False),
    Fit(9, steps=3, blocks=0, cases=1, stated=False, explained=False),
)

# Of a withdrawn item there is one page, with nothing to leave out.
NOTICE = FITS[:5]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF to be made.

    Args:
        path: its place, from the root of the site.
        name: the name of its file outside the site.
        html: gives its HTML in one of the sizes.
        fits: the sizes, the roomiest first; the first one that has at most `most_pages` is taken.
        most_pages: how many pages it may have; 0 for any number.
    """

    path: str
    name: str
    html: Callable[[Fit], str]
    fits: Sequence[Fit] = FITS
    most_pages: int = 2
