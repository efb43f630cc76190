"""All cases by decade and year, one sign a case: the sign and the colour of its main topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.render.drawings.svg import link
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.model import CaseStudy
    from casebook.render.page import Page

MOST, MOST_COMPACT = 12, 6
# Half a decade is a drawing of its own: two stand side by side, and on a phone one below the other.
_HALF, _YEAR, _PITCH, _SIGN, _HEAD, _ABREAST = 5, 70, 30, 26, 28, 2
_BOOKMARK = '<path d="M5 3h14v18l-7-5-7 5z"/>'
_TILE = '<rect class="sign-tile" x="-5" y="-5" width="34" height="34" rx="7"/>'
ByYear = dict[int, list["CaseStudy"]]


def all_cases(cases: Sequence[CaseStudy], page: Page, most: int = MOST) -> Markup:
    """Return a figure of all cases, one sign a case; nothing where no case has a date.

    Args:
        cases: the cases.
        page: the page on which the figure stands.
        most: how many cases of one year are drawn; the others are counted, with a link to the list of their decade.
    """
    by_year = _by_year(cases)
    if not by_year:
        return Markup()
    count = sum(map(len, by_year.values()))
    span = f"{min(by_year)} to {max(by_year)}"
    topics = Counter(main_topic(case, page) for group in by_year.values() for case in group)
    rows = "".join(_rows(by_year, page, most))
    return Markup(  # noqa: S704  # all text is escaped below
        '<figure class="drawing"><figcaption><strong>All cases by year.</strong> '
        f"{plural(count, 'case')}, {span}. Each sign is a case and leads to it; sign and colour show its main topic. "
        f'<a href="{page.href("years/")}">The same as lists</a></figcaption>'
        f'{_symbols(topics, page)}<ol class="decades">{rows}</ol>{_legend(topics, page)}</figure>'
    )


def main_topic(case: CaseStudy, page: Page) -> str:
    """Return the main topic to which the first topic of a case belongs."""
    term = page.term("topics", case.topics[0]) if case.topics else None
    return (term.parent or term.id) if term else ""


def _by_year(cases: Sequence[CaseStudy]) -> ByYear:
    by_year: ByYear = defaultdict(list)
    for case in reversed(cases):
        if case.event:
            by_year[case.event.period.first.year].append(case)
    return dict(by_year)


def _symbols(topics: Mapping[str, int], page: Page) -> str:
    signs = page.context.pictures.signs
    symbols = (
        f'<symbol id="sign-{escape(topic)}" viewBox="-5 -5 34 34">{_TILE}{signs.get(topic, _BOOKMARK)}</symbol>'
        for topic in sorted(topics)
    )
    return f'<svg class="symbols" aria-hidden="true">{"".join(symbols)}</svg>'


def _rows(by_year: ByYear, page: Page, most: int) -> Iterator[str]:
    last = min(by_year) // 10 * 10
    for decade in sorted({year // 10 * 10 for year in by_year}):
        if decade > last + 10:
            span = f"{last + 10}s to {decade - 10}s" if decade > last + 20 else f"{last + 10}s"
            yield f'<li class="decade-gap">{span}: no case</li>'
        last = decade
        count = sum(len(by_year.get(year, ())) for year in range(decade, decade + 10))
        halves = "".join(_half(first, by_year, page, most) for first in (decade, decade + _HALF))
        words = f'<a href="{page.href(f"years/{decade}s/")}">{decade}s</a> <span>{plural(count, "case")}</span>'
        yield f'<li><p class="decade">{words}</p>{halves}</li>'


def _half(first: int, by_year: ByYear, page: Page, most: int) -> str:
    years = range(first, first + _HALF)
    height = _HEAD + _PITCH * max(_lines(len(by_year.get(year, ())), most) for year in years)
    inner = "".join(_column(year, index * _YEAR, by_year.get(year, []), page, most) for index, year in enumerate(years))
    label = f"{first} to {first + _HALF - 1}"
    return f'<svg viewBox="0 0 {_HALF * _YEAR} {height}" role="group" aria-label="{label}">{inner}</svg>'


def _lines(count: int, most: int) -> int:
    return -(-min(count, most) // _ABREAST) + (count > most)


def _column(year: int, x: int, group: Sequence[CaseStudy], page: Page, most: int) -> str:
    quiet = "" if group else ' class="quiet"'
    head = f'<text x="{x}" y="14"{quiet}>{year}</text><path class="axis" d="M{x} 20h{_YEAR - 6}"/>'
    shown, rest = group[:most], len(group) - most
    marks = "".join(_mark(case, x, index, page) for index, case in enumerate(shown))
    if rest <= 0:
        return head + marks
    y = _HEAD + _PITCH * _lines(most, most) + 18
    address = page.href(f"years/{year // 10 * 10}s/")
    words = f"{plural(rest, 'more case')} of {year}, in the list of the {year // 10 * 10}s"
    return head + marks + link(address, words, f'<text x="{x}" y="{y}">+{rest:,}</text>', "rest")


def _mark(case: CaseStudy, x: int, index: int, page: Page) -> str:
    topic = main_topic(case, page)
    title = f"{case.title} ({page.label('topics', topic)})" if topic else case.title
    left, top = x + index % _ABREAST * _PITCH, _HEAD + index // _ABREAST * _PITCH
    sign = f'<use href="#sign-{escape(topic)}" x="{left}" y="{top}" width="{_SIGN}" height="{_SIGN}"/>'
    return link(page.to_item(case), title, sign, f"mark topic-{escape(topic)}")


def _legend(topics: Mapping[str, int], page: Page) -> str:
    known = [(term.id, term.label) for term in page.library.vocabularies["topics"] if term.id in topics]
    entries = "".join(
        f'<li><a class="topic topic-{escape(topic)}" href="{page.href(f"topics/{topic}/")}">{escape(label)}</a> '
        f"{topics[topic]:,}</li>"
        for topic, label in known
    )
    return f'<ul class="legend" aria-label="Topics by sign">{entries}</ul>'
