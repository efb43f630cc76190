"""Handouts as accessible PDF, in two editions: two pages for an item, an exercise on paper, a reader for a topic.

Their addresses hold for ever: a handout of an item that was withdrawn says so, and so does a reader without items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.artifact import Artifact
from casebook.handout import exercise, items, reader
from casebook.handout.page import context
from casebook.handout.pdf import Printed, is_handout, needs
from casebook.handout.press import Press
from casebook.handout.sheet import EDITIONS, INSTRUCTOR, TRAINEE, Sheet
from casebook.model import Exercise, LearningPath
from casebook.render import former

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.moved import Move

__all__ = [
    "EDITIONS",
    "INSTRUCTOR",
    "TRAINEE",
    "Press",
    "Printed",
    "Sheet",
    "addresses",
    "handouts",
    "is_handout",
    "needs",
    "on_paper",
    "readers",
    "sheets",
]


def handouts(library: Library, site: Site, ids: Iterable[str], editions: Iterable[str] = EDITIONS) -> Iterator[Sheet]:
    """Yield the handouts of items in the editions."""
    shared, chosen = context(library, site), list(editions)
    for item_id in ids:
        item = library.items[item_id]
        made = exercise.sheet if isinstance(item, Exercise) and item.is_shown else items.sheet
        yield from (made(item, edition, shared) for edition in chosen)


def readers(library: Library, site: Site, ids: Iterable[str], editions: Iterable[str] = EDITIONS) -> Iterator[Sheet]:
    """Yield the readers of topics in the editions."""
    shared, chosen = context(library, site), list(editions)
    for topic_id in ids:
        yield from (reader.sheet(library.vocabularies["topics"][topic_id], edition, shared) for edition in chosen)


def sheets(library: Library, site: Site, editions: Iterable[str] = EDITIONS) -> Iterator[Sheet]:
    """Yield what a site holds: the handouts of all items, withdrawn ones too, and the readers of all topics."""
    chosen = list(editions)
    yield from handouts(library, site, on_paper(library), chosen)
    yield from readers(library, site, library.vocabularies["topics"].terms, chosen)


def on_paper(library: Library) -> list[str]:
    """Return the ids of the items of which there are handouts: all but learning paths, which are links."""
    return [item.id for item in library.items.values() if not isinstance(item, LearningPath)]


def addresses(library: Library, site: Site, moves: Iterable[Move]) -> set[str]:
    """Return the addresses of all handouts and readers of a site, former ones too. None is drawn for it."""
    planned = (Artifact(sheet.path, b"") for sheet in sheets(library, site))
    return {one.path for one in former(planned, library, site, moves) if one.path.endswith(".pdf")}
