"""Addresses that moved, other than those of items: `releases/moved.yml`, written by hand.

An item that is renamed keeps its former id in its own file. This list is for everything else: a term that was divided,
a page that has another place, a file with another name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook import yamltree
from casebook.finding import Finding, Location, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.paths import Paths

MOVED = Rule(
    "moved",
    """An entry of `releases/moved.yml` has `from`, `to` and `why`.

    `from` is an address that was published and no longer has a page or file of its own; `to` is the one that takes its
    place. Both are counted from the root of the site, for example `factors/no-tracking/`. `why` tells readers in a few
    words. An address moves once.

    **Mend it:** give the entry the three fields, each once.
    """,
)
NAME = "moved.yml"
_FIELDS = ("from", "to", "why")
_ADDRESS = re.compile(r"(?:[a-z0-9_.-]+/)*(?:[A-Za-z0-9_.-]+)?(?:#[a-z0-9-]+)?")


@dataclass(frozen=True, slots=True)
class Move:
    """An address that leads to another one, both from the root of the site, and why."""

    old: str
    new: str
    why: str


def load_moves(paths: Paths) -> tuple[list[Move], list[Finding]]:
    """Return what moved, with what is wrong in the list; nothing where there is no list."""
    path = paths.releases / NAME
    name = paths.relative(path)
    if not path.is_file():
        return [], []
    text = path.read_bytes().decode("utf-8", errors="replace")
    tree, findings = yamltree.read(text, name)
    data = tree.plain() if tree else None
    if data is None:
        return [], findings
    if not isinstance(data, list) or tree is None:
        return [], [*findings, MOVED.at(Location(name), "the file must be a list", "write `- from: …`")]
    moves: dict[str, Move] = {}
    for index, entry in enumerate(data):
        where = Location(name, *tree.place(index))
        faults = list(_faults(entry, moves, where))
        findings += faults
        if not faults:
            moves[entry["from"]] = Move(*(entry[one] for one in _FIELDS))
    return list(moves.values()), findings


def _faults(entry: Any, moves: dict[str, Move], where: Location) -> Iterator[Finding]:
    if not isinstance(entry, dict) or sorted(entry) != sorted(_FIELDS):
        yield MOVED.at(where, "an entry has the fields `from`, `to` and `why`, and no other")
        return
    for name in ("from", "to"):
        if not isinstance(entry[name], str) or not _ADDRESS.fullmatch(entry[name]):
            yield MOVED.at(
                where, f"`{name}` is no address from the root of the site", "write it as `factors/no-tracking/`"
            )
    if not isinstance(entry["why"], str) or not entry["why"].strip():
        yield MOVED.at(where, "`why` is empty", "say in a few words why the address moved")
    if isinstance(entry["from"], str) and entry["from"] in moves:
        yield MOVED.at(where, f"`{entry['from']}` has moved already in an entry above", "delete one of the two")
    elif entry["from"] == entry["to"]:
        yield MOVED.at(where, "an address cannot lead to itself", "correct `to`")
    elif isinstance(entry["from"], str) and ("#" in entry["from"] or not entry["from"]):
        yield MOVED.at(
            where, "a part of a page cannot move by itself", "give the part of the page its former name again"
        )
