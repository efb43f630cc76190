"""What an editor wants to know of a changed item: its topics, and which items share most with it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.library import Library
    from casebook.model import Item


def lines(library: Library, paths: Iterable[str]) -> Iterator[str]:
    """Yield for each item its path and topics, and below it the items that are close to it and not yet linked."""
    for item in _items(library, paths):
        yield on_one_line(f"{item.path} (topics: {', '.join(item.topics)})")
        close = library.close.get(item.id, ())
        yield from (on_one_line(f"    {one.item.path}: {one.why}") for one in close)
        if not close:
            yield "    no item that shares much"


def topics(library: Library, paths: Iterable[str]) -> list[str]:
    """Return the topics of items, each once."""
    return sorted({topic for item in _items(library, paths) for topic in item.topics})


def _items(library: Library, paths: Iterable[str]) -> list[Item]:
    wanted = set(paths)
    return [item for item in library.items.values() if item.path in wanted]
