"""Two ways to divide the cases, one against the other, as a table: each count leads to its list."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, sqrt
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.model import CaseStudy
    from casebook.render.page import Page

_TINTS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, its page, its cases by the id of a column, and how many cases it has in all.

    `cells` is the beginning of the anchors of its lists; a `child` is indented below its parent.
    """

    label: str
    address: str
    cells: str
    counts: Mapping[str, int]
    total: int
    child: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id, its label, the address of its list, and how many cases it has in all."""

    id: str
    label: str
    address: str
    total: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own, or without one."""

    label: str
    rows: Sequence[Row]


def table(caption: str, corner: str, columns: Sequence[Column], groups: Sequence[Group], page: Page) -> Markup:
    """Return the table in a box that scrolls; its first row and first column stay in sight."""
    most = max((count for group in groups for row in group.rows for count in row.counts.values()), default=1)
    body = "".join(_group(group, columns, most, page) for group in groups)
    heads = "".join(f'<th scope="col"><span>{_link(one.label, one.address, page)}</span></th>' for one in columns)
    sums = "".join(f"<td>{total:,}</td>" for total in (*(one.total for one in columns), len(page.library.cases)))
    foot = f'<tfoot><tr><th scope="row">All cases</th>{sums}</tr></tfoot>'
    return Markup(  # noqa: S704  # all text is escaped
        f'<div class="matrix" tabindex="0" role="region" aria-label="{escape(corner)}"><table class="counted">'
        f"<caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col" class="corner">{escape(corner)}</th>{heads}<th scope="col">All cases</th></tr>'
        f"</thead>{body}{foot}</table></div>"
    )


def counts(cases: Sequence[CaseStudy], field: str) -> dict[str, int]:
    """Return how many cases have each value of a field of their event."""
    found: dict[str, int] = {}
    for case in cases:
        if case.event:
            value = str(getattr(case.event, field))
            found[value] = found.get(value, 0) + 1
    return found


def _group(group: Group, columns: Sequence[Column], most: int, page: Page) -> str:
    span = len(columns) + 2
    head = (
        f'<tr class="group"><th scope="rowgroup" colspan="{span}"><span>{escape(group.label)}</span></th></tr>'
        if group.label
        else ""
    )
    return f"<tbody>{head}{''.join(_row(row, columns, most, page) for row in group.rows)}</tbody>"


def _row(row: Row, columns: Sequence[Column], most: int, page: Page) -> str:
    css = ' class="child"' if row.child else ""
    cells = "".join(_cells(row, columns, most, page))
    label = _link(row.label, row.address, page)
    return f'<tr><th scope="row"{css}>{label}</th>{cells}<td class="total">{row.total:,}</td></tr>'


def _cells(row: Row, columns: Sequence[Column], most: int, page: Page) -> Iterator[str]:
    for column in columns:
        count = row.counts.get(column.id, 0)
        if not count:
            yield "<td></td>"
            continue
        tint = ceil(_TINTS * sqrt(count / most))
        title = escape(f"{row.label}, {column.label}")
        target = page.href(f"{row.address}#{row.cells}-{column.id}")
        yield f'<td class="heat-{tint}"><a href="{target}" title="{title}">{count:,}</a></td>'


def _link(label: str, address: str, page: Page) -> str:
    return f'<a href="{page.href(address)}">{escape(label)}</a>' if address else escape(label)
