"""Drawings as SVG that share the palette of the page, link to what they show, and have a table behind them."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.model import CaseStudy
    from casebook.render.page import Page

WIDTH, ROW, BASE, MARGIN = 960, 22, 34, 28
HIGHEST = 8
_STEP = 10
_ANY = '<circle r="6"/>'
_SHAPES = {
    "harm": '<path d="M0-9 9 7H-9Z"/>',
    "loss": '<circle r="7"/>',
    "attempt": '<path d="M-7-7H7V7H-7Z"/>',
    "near-miss": '<path d="M0-9 9 0 0 9-9 0Z"/>',
    "prevented": '<path d="M-8-8H8V1Q8 6 0 9-8 6-8 1Z"/>',
    "success": '<circle r="8"/>',
    "audit": '<path d="M-6-8H6V8H-6Z"/>',
}


def all_cases(cases: Sequence[CaseStudy], page: Page) -> Markup:
    """Return a figure of all cases on an axis of years, one mark a case, with a table behind it.

    A year with more than eight cases shows the first ones and how many follow.
    """
    by_year: dict[int, list[CaseStudy]] = defaultdict(list)
    for case in cases:
        if case.event:
            by_year[case.event.period.first.year].append(case)
    if not by_year:
        return Markup()
    first, last = min(by_year) // _STEP * _STEP, max(max(by_year) + 1, min(by_year) + _STEP)
    height = BASE + ROW * min(max(len(group) for group in by_year.values()), HIGHEST) + 12
    scale = (WIDTH - 2 * MARGIN) / (last - first)
    parts = [_axis(first, last, scale, height)]
    for year, group in sorted(by_year.items()):
        parts.append(_column(group, MARGIN + (year - first) * scale, height, page))
    span = f"{min(by_year)} to {max(by_year)}"
    present = {case.event.outcome for case in cases if case.event}
    outcomes = [term.id for term in page.library.vocabularies["outcomes"] if term.id in present]
    return Markup(  # noqa: S704  # all text is escaped below
        '<figure class="drawing"><figcaption><strong>All cases by year.</strong> '
        f"{plural(len(cases), 'case')}, {span}; each mark leads to one. "
        f'<a href="{page.href("years/")}">The same as a list</a></figcaption>'
        f'<div class="drawing-scroll"><svg viewBox="0 0 {WIDTH} {height}" role="group" '
        f'aria-label="Cases by year, {span}">{"".join(parts)}</svg></div>{_legend(outcomes, page)}</figure>'
    )


def _axis(first: int, last: int, scale: float, height: int) -> str:
    y = height - BASE + 8
    places = ((year, f"{MARGIN + (year - first) * scale:.1f}") for year in range(first, last + 1, _STEP))
    ticks = "".join(
        f'<line x1="{x}" y1="{y}" x2="{x}" y2="{y + 6}"/><text x="{x}" y="{y + 22}" text-anchor="middle">{year}</text>'
        for year, x in places
    )
    return f'<g class="axis"><line x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}"/>{ticks}</g>'


def _column(group: Sequence[CaseStudy], x: float, height: int, page: Page) -> str:
    shown = group[:HIGHEST]
    marks = "".join(_mark(case, x, height - BASE - 8 - row * ROW, page) for row, case in enumerate(shown))
    rest = len(group) - len(shown)
    y = height - BASE - 8 - len(shown) * ROW + 6
    return marks + (f'<text x="{x:.1f}" y="{y}" text-anchor="middle">+{rest}</text>' if rest else "")


def _mark(case: CaseStudy, x: float, y: float, page: Page) -> str:
    outcome = case.event.outcome if case.event else ""
    words = escape(f"{case.title} ({page.label('outcomes', outcome).lower()})")
    return (
        f'<a href="{page.to_item(case)}" aria-label="{words}"><title>{words}</title>'
        f'<g class="dot dot-{outcome}" transform="translate({x:.1f} {y:.1f})">{_SHAPES.get(outcome, _ANY)}</g></a>'
    )


def _legend(outcomes: Sequence[str], page: Page) -> str:
    entries = "".join(
        f'<li><svg viewBox="-12 -12 24 24" aria-hidden="true"><g class="dot dot-{one}">{_SHAPES.get(one, _ANY)}'
        "</g></svg>"
        f"{escape(page.label('outcomes', one))}</li>"
        for one in outcomes
    )
    return f'<ul class="legend">{entries}</ul>'
