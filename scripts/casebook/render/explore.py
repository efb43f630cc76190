"""Ways in for the eye: the library as a timeline, a map and two tables of counts, with the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.model import CaseStudy
from casebook.render.drawings import matrix, timeline, worldmap
from casebook.render.lists import Card, CardGroup
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Artifact
    from casebook.model import Item
    from casebook.render.page import Context
    from casebook.vocabulary import Term

TITLE = "Explore"
# A table behind a drawing names so many cases; the lists by decade have all.
MOST_ROWS = 1000
_WAYS = (
    ("timeline", "Timeline", "All cases by decade and year. Sign and colour show the main topic."),
    ("map", "Map", "Cases by country on a map of land. It draws no borders."),
    ("factors-by-setting", "Factors by setting", "What went wrong, or had to be overcome, in what kind of place."),
    ("topics-by-outcome", "Topics by outcome", "How the cases of each topic ended, successes among them."),
)


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the pages."""
    lead = "The whole library at one look. Each mark and each number leads to the cases behind it."
    counts = _counts(context)
    cards = [Card(title, f"explore/{name}/", 1, counts[name], text) for name, title, text in _WAYS]
    values: dict[str, Any] = {"lead": lead, "groups": [CardGroup(cards)], "trail": [(TITLE, "")]}
    yield context.page("explore/").artifact("index.md.j2", TITLE, lead, **values)
    yield _timeline(context)
    yield _map(context)
    yield _factors_by_setting(context)
    yield _topics_by_outcome(context)


def _counts(context: Context) -> dict[str, str]:
    library = context.library
    settings, outcomes = (plural(len(library.by_facet[name]), name) for name in ("setting", "outcome"))
    return {
        "timeline": plural(len(library.cases), "case"),
        "map": plural(len(library.by_facet["country"]), "country", "countries"),
        "factors-by-setting": f"{plural(len(library.by_factor), 'factor')}, {settings}",
        "topics-by-outcome": f"{plural(len(library.by_topic), 'topic')}, {outcomes}",
    }


def _timeline(context: Context) -> Artifact:
    page, cases = context.page("explore/timeline/"), [case for case in context.library.cases if case.event]
    lead = "Look for the years that are full, the years that are empty, and the topics that return."
    rows = [(case, timeline.main_topic(case, page)) for case in cases[:MOST_ROWS]]
    values = {"drawing": timeline.all_cases(cases, page), "rows": rows, "more": len(cases) - len(rows)}
    decades = sorted(context.library.by_facet["decade"], reverse=True)
    return page.artifact("timeline.md.j2", "Timeline of all cases", lead, lead=lead, decades=decades, **values)


def _map(context: Context) -> Artifact:
    page, by_country = context.page("explore/map/"), context.library.by_facet["country"]
    lead = "Look for the countries with many cases, and for the regions from which the library has none."
    countries = context.library.vocabularies["countries"]
    ranked = sorted(by_country.items(), key=lambda pair: (-len(pair[1]), countries.label(pair[0])))
    rows = [(countries[code], len(cases)) for code, cases in ranked if code in countries]
    drawing = worldmap.map_of(by_country, page)
    return page.artifact("map.md.j2", "Map of cases", lead, lead=lead, drawing=drawing, rows=rows)


def _factors_by_setting(context: Context) -> Artifact:
    page, library = context.page("explore/factors-by-setting/"), context.library
    factors = library.vocabularies["factors"]
    groups = [
        matrix.Group(
            label, [_row("factors", factor, library.by_factor, "setting") for factor in factors if factor.group == key]
        )
        for key, label in factors.groups.items()
    ]
    drawing = matrix.table(
        f"{plural(len(library.cases), 'case')}. A case counts once for each of its factors.",
        "Contributing factor and setting",
        _columns("settings", library.by_facet["setting"], context),
        groups,
        page,
    )
    lead = "Look for the dark fields: there a factor and a kind of place often come together."
    return page.artifact("matrix.md.j2", "Factors by setting", lead, lead=lead, drawing=drawing, narrow=False)


def _topics_by_outcome(context: Context) -> Artifact:
    page, library = context.page("explore/topics-by-outcome/"), context.library
    topics = library.vocabularies["topics"]
    mains = [topic for topic in topics if not topic.parent]
    rows = [
        _row("topics", topic, library.by_topic, "outcome")
        for main in mains
        for topic in (main, *topics.children(main.id))
    ]
    drawing = matrix.table(
        f"{plural(len(library.cases), 'case')}. A case counts for each of its topics, and for the main topic of each.",
        "Topic and outcome",
        _columns("outcomes", library.by_facet["outcome"], context),
        [matrix.Group("", rows)],
        page,
    )
    lead = "Look for the topics without a case that was prevented or a success: there is something to contribute."
    return page.artifact("matrix.md.j2", "Topics by outcome", lead, lead=lead, drawing=drawing, narrow=True)


def _row(register: str, term: Term, by_term: Mapping[str, Sequence[Item]], field: str) -> matrix.Row:
    cases = [item for item in by_term.get(term.id, ()) if isinstance(item, CaseStudy)]
    address = f"{register}/{term.id}/"
    return matrix.Row(term.label, address, field, matrix.counts(cases, field), len(cases), child=bool(term.parent))


def _columns(name: str, by_term: Mapping[str, Sequence[Item]], context: Context) -> list[matrix.Column]:
    counted = [(term, len(by_term.get(term.id, ()))) for term in context.library.vocabularies[name]]
    return [matrix.Column(term.id, term.label, f"{name}/{term.id}/" if count else "", count) for term, count in counted]
