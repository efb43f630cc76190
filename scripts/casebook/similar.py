"""What an editor wants to know of a changed item: its topics, and which items share most with it, and why."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING

from casebook.finding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebook.library import Library
    from casebook.model import Item

MOST_TITLES = 3
# A word shared with one title in this many is rare enough to say something.
_RARE = 20
_SHORTEST_WORD = 4


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


def by_title(title: str, titles: Mapping[str, str]) -> list[str]:
    """Return the keys of the titles that share rare words with a title, those that share most first."""
    words = {key: _words(one) for key, one in titles.items()}
    holders = Counter(word for one in words.values() for word in one)
    most, wanted = max(len(titles) / _RARE, 1), _words(title)
    shared = {key: [word for word in one & wanted if holders[word] <= most] for key, one in words.items()}
    weights = {key: sum(log(1 + len(titles) / holders[word]) for word in one) for key, one in shared.items() if one}
    return heapq.nsmallest(MOST_TITLES, weights, key=lambda key: (-weights[key], key))


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) >= _SHORTEST_WORD}


def _items(library: Library, paths: Iterable[str]) -> list[Item]:
    wanted = set(paths)
    return [item for item in library.items.values() if item.path in wanted]
