"""The first page: a question, three doors, and the library at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.render import terms
from casebook.render.drawings import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.render.page import Context

QUESTIONS = (
    "old radiotherapy source left behind",
    "sleeping guards",
    "borrowed access card",
    "sabotage of a turbine",
)
NEWEST = 3


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the first page."""
    library = context.library
    lead = "Lessons learned and best practices in nuclear security: cases, lessons, practices and guidance, linked."
    yield context.page("").artifact(
        "home.md.j2",
        context.site.name,
        lead,
        questions=QUESTIONS,
        figures=_figures(context),
        drawing=timeline.all_cases(library.cases, context.page(""), timeline.MOST_COMPACT),
        cards=terms.topic_cards(context),
        newest=library.newest(NEWEST),
        meta={"hide": ["navigation", "toc"]},
    )


def _figures(context: Context) -> list[tuple[int, str, str]]:
    library = context.library
    items = library.shown
    return [
        (len(library.cases), "case studies", "cases/"),
        (len(library.practices), "best practices", "practices/"),
        (sum(len(case.lessons) for case in library.cases), "lessons", "factors/"),
        (sum(len(item.sources) for item in items), "cited sources", "about/editorial-policy/"),
        (len(library.by_facet["country"]), "countries", "countries/"),
        (len(library.by_guidance), "guidance documents in use", "guidance/"),
    ]
