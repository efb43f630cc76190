"""Handouts as accessible PDF, in two editions: two pages for an item, an exercise on paper, a reader for a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.handout import exercise, items, reader
from casebook.handout.page import context
from casebook.handout.pdf import Printed, is_handout, needs
from casebook.handout.press import Press
from casebook.handout.sheet import EDITIONS, INSTRUCTOR, TRAINEE, Sheet
from casebook.model import Exercise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.artifact import Site
    from casebook.library import Library

__all__ = [
    "EDITIONS",
    "INSTRUCTOR",
    "TRAINEE",
    "Press",
    "Printed",
    "Sheet",
    "handouts",
    "is_handout",
    "needs",
    "readers",
    "sheets",
]


def handouts(library: Library, site: Site, ids: Iterable[str], editions: Iterable[str] = EDITIONS) -> Iterator[Sheet]:
    """Yield the handouts of items in the editions."""
    shared, chosen = context(library, site), list(editions)
    for item_id in ids:
        item = library.items[item_id]
        made = exercise.sheet if isinstance(item, Exercise) else items.sheet
        yield from (made(item, edition, shared) for edition in chosen)


def readers(library: Library, site: Site, ids: Iterable[str], editions: Iterable[str] = EDITIONS) -> Iterator[Sheet]:
    """Yield the readers of topics in the editions."""
    shared, chosen = context(library, site), list(editions)
    for topic_id in ids:
        yield from (reader.sheet(library.vocabularies["topics"][topic_id], edition, shared) for edition in chosen)


def sheets(library: Library, site: Site, editions: Iterable[str] = EDITIONS) -> Iterator[Sheet]:
    """Yield what a site holds: the handouts of all items that are shown, and the readers of topics with items."""
    chosen = list(editions)
    shown = [item.id for item in (*library.cases, *library.practices, *library.exercises)]
    topics = [term.id for term in library.vocabularies["topics"] if library.by_topic.get(term.id)]
    yield from handouts(library, site, shown, chosen)
    yield from readers(library, site, topics, chosen)
