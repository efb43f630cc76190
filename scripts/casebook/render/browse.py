"""The page that shows every way through the library, for readers who would rather look than search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.facet import FACETS
from casebook.render.lists import Card, CardGroup
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.facet import Facet
    from casebook.render.page import Context

TITLE = "Browse"
LEAD = "Every way through the library. Each leads to a plain list that needs no scripts and no search."
GROUPS = (
    ("about", "By what happened", ("case", "topic", "factor", "setting", "material", "outcome")),
    ("place", "By place and time", ("region", "country", "decade")),
    ("answer", "By what to do", ("practice", "guidance", "organisation", "state")),
    ("reader", "By reader and course", ("exercise", "path", "training", "audience", "level", "language", "review")),
)
_PRACTICES = "Who should do what, each with how binding it is and what shows that it works."
_EXERCISES = "Table-top exercises on fictional sites, ready to be led."
_PATHS = "What to read in which order, for one kind of learner."
_GUIDANCE = "Conventions, codes and guides, each with the cases and practices that touch it."


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page."""
    cards = _whole_lists(context) | {facet.name: _card(facet, context) for facet in FACETS}
    groups = [CardGroup([cards[name] for name in names], key, label) for key, label, names in GROUPS]
    values = {"lead": LEAD, "groups": groups, "trail": [(TITLE, "")], "meta": {"search": {"exclude": True}}}
    yield context.page("browse/").artifact("index.md.j2", TITLE, LEAD, **values)


def _card(facet: Facet, context: Context) -> Card:
    library = context.library
    used = library.by_facet[facet.name]
    count = _in_use(len(used), len(facet.listed(used, library.vocabularies)), facet.label.lower(), facet.plural)
    return Card(facet.title, f"{facet.address}/", len(used), count, facet.lead)


def _whole_lists(context: Context) -> dict[str, Card]:
    library = context.library
    cases, practices = len(library.cases), len(library.practices)
    exercises, paths = len(library.exercises), len(library.paths)
    used, known = len(library.by_guidance), len(library.vocabularies["guidance"].terms)
    return {
        "case": Card("All cases", "cases/", cases, plural(cases, "case"), "Every case, the newest event first."),
        "practice": Card("All practices", "practices/", practices, plural(practices, "practice"), _PRACTICES),
        "exercise": Card("All exercises", "exercises/", exercises, plural(exercises, "exercise"), _EXERCISES),
        "path": Card("All learning paths", "paths/", paths, plural(paths, "learning path"), _PATHS),
        "guidance": Card("By guidance", "guidance/", used, _in_use(used, known, "document", "documents"), _GUIDANCE),
    }


def _in_use(used: int, known: int, one: str, many: str) -> str:
    return plural(used, one, many) if used == known else f"{used:,} of {plural(known, one, many)} in use"
