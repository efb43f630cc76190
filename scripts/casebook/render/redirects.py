"""Addresses that lead to another page: the short ones, those of former ids, and those that moved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from casebook.model import short_address
from casebook.render.leaf import redirect
from casebook.render.page import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.artifact import Artifact, Site
    from casebook.library import Library
    from casebook.model import Item
    from casebook.moved import Move

INDEX = "index.html"
_PAGES = ("index.md", INDEX)


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page at the short address of every item."""
    for item in context.library.items.values():
        yield redirect(context, item.short_address, item.address, item.title)


def former(artifacts: Iterable[Artifact], library: Library, site: Site, moves: Iterable[Move]) -> Iterator[Artifact]:
    """Yield artifacts, and what stands at the former addresses of each: a page that leads on, or the same file.

    Args:
        artifacts: the pages and files of the site.
        library: its items, which name their former ids.
        site: where the site will stand.
        moves: other addresses that moved.
    """
    context = Context(library, site)
    places, files = _places(library), defaultdict(list)
    for move in moves:
        if move.old.endswith("/"):
            yield redirect(context, move.old, move.new, move.why)
        else:
            files[move.new].append(move.old)
    for artifact in artifacts:
        yield artifact
        yield from _elsewhere(artifact, places, context)
        yield from (replace(artifact, path=old) for old in files.get(artifact.path, ()))


def _places(library: Library) -> Mapping[str, Sequence[tuple[str, Item]]]:
    """Return the former places of what stands below an address of an item, or in a file of its own."""
    found: dict[str, list[tuple[str, Item]]] = defaultdict(list)
    for item in library.items.values():
        for name in item.aliases:
            old = replace(item, id=name)
            found[item.address].append((old.address, item))
            found[item.embed_address].append((old.embed_address, item))
            found[item.short_address].append((short_address(name), item))
            found[item.data_address].append((old.data_address, item))
    return found


def _elsewhere(
    artifact: Artifact, places: Mapping[str, Sequence[tuple[str, Item]]], context: Context
) -> Iterator[Artifact]:
    parts = artifact.path.split("/")
    for place in (artifact.path, *("/".join([*parts[:depth], ""]) for depth in (2, 3))):
        rest = artifact.path.removeprefix(place)
        # Released versions stay where they were released.
        for old, item in () if rest.startswith("v/") else places.get(place, ()):
            folder, _, name = rest.rpartition("/")
            if name in _PAGES and not folder:
                target = item.address if place == item.short_address else place
                yield redirect(context, old, target, item.title)
            elif name in _PAGES:
                # A page below that of an item; its words may have to give nothing away, as those of a stage.
                below = f"{folder}/"
                yield redirect(context, f"{old}{below}", f"{place}{below}", "the same page at its new address")
            else:
                yield replace(artifact, path=f"{old}{rest}")
