"""The chain of one item as a network: event, factors, lessons, practices and guidance, with a line for each link."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.render.drawings.svg import number, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Of each column: a letter for its marks, left edge, width, letters in a line, lines at most.
_COLUMNS = (
    ("e", 0, 118, 15, 7),
    ("f", 148, 146, 19, 3),
    ("l", 324, 226, 31, 5),
    ("p", 580, 164, 22, 4),
    ("g", 774, 144, 19, 3),
)
_WIDTH, _LINE, _PAD, _GAP, _HEAD = 918, 16, 7, 9, 26
_LESSONS = 2


@dataclass(frozen=True, slots=True)
class Node:
    """A step of the chain: a key that links name, its words, its address, and its name inside a sentence."""

    key: str
    text: str
    href: str
    short: str


@dataclass(frozen=True, slots=True)
class Column:
    """The steps of one kind; `more` says how many are left out."""

    title: str
    nodes: Sequence[Node]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Five columns from left to right, and links as pairs of keys of nodes in neighbouring columns."""

    columns: Sequence[Column]
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    mark: str
    lines: Sequence[str]
    x: int
    width: int
    y: float = 0

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + 2 * _PAD


def network(chain: Chain) -> Markup:
    """Return the chain as a network for wide pages, and as a list for narrow ones and for those who listen.

    The network is hidden from screen readers and left out of the order of keys, because the list says the same: it
    appears when a key reaches it. Nothing is read twice.
    """
    links = _known(chain)
    columns = _untangled(chain.columns, links)
    boxes = [_boxes(column, index) for index, column in enumerate(columns)]
    total = _HEAD + max(sum(box.height + _GAP for box in column) for column in boxes)
    placed = {box.node.key: box for column in boxes for box in _spread(column, total)}
    lines = "".join(_line(placed[left], placed[right]) for left, right in links)
    heads = "".join(_head(column, index) for index, column in enumerate(columns))
    drawn = "".join(_box(box) for box in placed.values())
    return Markup(  # noqa: S704  # all text is escaped
        f'<div class="chain-box"><svg class="chain-net" viewBox="-1 0 {_WIDTH + 2} {number(total)}" aria-hidden="true">'
        f'{heads}<g class="lines">{lines}</g>{drawn}</svg>{_list(chain, links)}</div>'
    )


def _known(chain: Chain) -> list[tuple[str, str]]:
    """Return the links between nodes that are shown, each once."""
    order = {node.key: index for index, column in enumerate(chain.columns) for node in column.nodes}
    there = [link for link in dict.fromkeys(chain.links) if link[0] in order and link[1] in order]
    return [link for link in there if order[link[1]] == order[link[0]] + 1]


def _untangled(columns: Sequence[Column], links: Sequence[tuple[str, str]]) -> list[Column]:
    """Return the columns with the nodes beside those that they are linked with; lessons keep their order."""
    made = list(columns)
    both = defaultdict(set)
    for left, right in links:
        both[left].add(right)
        both[right].add(left)
    outwards = [(index, index - 1) for index in range(_LESSONS + 1, len(made))]
    outwards += [(index, index + 1) for index in range(_LESSONS - 1, -1, -1)]
    for index, beside in outwards:
        rank = {node.key: place for place, node in enumerate(made[beside].nodes)}
        made[index] = replace(made[index], nodes=sorted(made[index].nodes, key=lambda one: _mean(one, rank, both)))
    return made


def _mean(node: Node, rank: Mapping[str, int], both: Mapping[str, set[str]]) -> float:
    places = [rank[key] for key in both[node.key] if key in rank]
    return sum(places) / len(places) if places else len(rank)


def _boxes(column: Column, index: int) -> list[_Box]:
    mark, x, width, letters, lines = _COLUMNS[index]
    return [
        _Box(node, f"{mark}{place}", wrapped(node.text, letters, lines), x, width)
        for place, node in enumerate(column.nodes)
    ]


def _spread(boxes: Sequence[_Box], total: float) -> list[_Box]:
    """Return the boxes of a column spread evenly over the height of the drawing."""
    room = total - _HEAD - sum(box.height for box in boxes)
    y, found = _HEAD + room / (len(boxes) + 1), []
    for box in boxes:
        found.append(replace(box, y=y))
        y += box.height + room / (len(boxes) + 1)
    return found


def _head(column: Column, index: int) -> str:
    shown = len(column.nodes)
    rest = f' <tspan class="rest">{shown:,} of {shown + column.more:,}</tspan>' if column.more else ""
    return f'<text class="head" x="{_COLUMNS[index][1]}" y="12">{escape(column.title)}{rest}</text>'


def _line(left: _Box, right: _Box) -> str:
    start, end = left.x + left.width, right.x
    bend = (start + end) // 2
    y, other = round(left.y + left.height / 2), round(right.y + right.height / 2)
    return f'<path class="{left.mark} {right.mark}" d="M{start} {y}C{bend} {y} {bend} {other} {end} {other}"/>'


def _box(box: _Box) -> str:
    title = f"<title>{escape(box.node.text)}</title>" if box.lines[-1].endswith("…") else ""
    words = "".join(f'<tspan x="8" dy="{_LINE}">{escape(line)}</tspan>' for line in box.lines)
    return (
        f'<a href="{escape(box.node.href)}" tabindex="-1" class="{box.mark}" '
        f'transform="translate({box.x} {round(box.y)})">{title}'
        f'<rect width="{box.width}" height="{box.height}" rx="4"/><text y="3">{words}</text></a>'
    )


def _list(chain: Chain, links: Sequence[tuple[str, str]]) -> str:
    short = {node.key: node.short for column in chain.columns for node in column.nodes}
    follows = defaultdict(list)
    for left, right in links:
        follows[left].append(short[right])
    columns = "".join(_list_column(column, follows) for column in chain.columns if column.nodes)
    return f'<ol class="chain-list">{columns}</ol>'


def _list_column(column: Column, follows: Mapping[str, Sequence[str]]) -> str:
    entries = "".join(_list_entry(node, follows.get(node.key, ())) for node in column.nodes)
    rest = f"<li>and {column.more:,} more</li>" if column.more else ""
    return f"<li><strong>{escape(column.title)}</strong><ul>{entries}{rest}</ul></li>"


def _list_entry(node: Node, follows: Sequence[str]) -> str:
    onward = f" <span>leads to {escape('; '.join(follows))}</span>" if follows else ""
    return f'<li><a href="{escape(node.href)}">{escape(node.text)}</a>{onward}</li>'
