"""Drawings: every mark leads to what it shows, nothing breaks out of them, they stay small, and words say the same."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.drawing import Tags, body, drawn
from tests.support import ROOT, SITE, library_of, published
from tests.test_render import HOSTILE, dated, library_of_cases

from casebook import pictures
from casebook.paths import repository
from casebook.render import explore, home, terms
from casebook.render.chains import of_case, of_practice
from casebook.render.drawings import chain, svg, timeline, worldmap
from casebook.render.drawings.places import Box, Circle, labelled, parted
from casebook.render.page import Context

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.artifact import Artifact
    from casebook.library import Library
    from casebook.model import CaseStudy
    from casebook.render.page import Page
    from casebook.vocabulary import Vocabularies

MOST_BYTES = 60_000
WAYS = ("timeline", "map", "factors-by-setting", "topics-by-outcome")
COUNTRIES = ("JP", "KR", "CN", "DE", "FR", "BE", "NL", "CH", "AT", "US")
OUTCOMES = ("harm", "loss", "prevented", "success")


def page_of(library: Library, address: str = "") -> Page:
    """Return the page at an address of a library, with the pictures of this repository."""
    return Context(library, SITE, pictures.load(repository(ROOT))).page(address)


def figure(library: Library, most: int = timeline.MOST) -> str:
    """Return the timeline of a library."""
    return str(timeline.all_cases(library.cases, page_of(library), most))


def many(small: Library, count: int) -> Library:
    """Return a library of made-up cases: many years, countries, topics, outcomes, factors and settings."""
    case, vocabularies = small.cases[0], small.vocabularies
    topics, factors, settings = (list(vocabularies[name].terms) for name in ("topics", "factors", "settings"))
    cases = []
    for number in range(count):
        one = dated(case, number, str(1955 + number * 7 % 70))
        assert one.event
        event = replace(
            one.event,
            countries=(COUNTRIES[number % len(COUNTRIES)],),
            setting=settings[number % len(settings)],
            outcome=OUTCOMES[number % len(OUTCOMES)],
        )
        factor = replace(case.factors[0], factor=factors[number % len(factors)])
        topic = topics[number % len(topics)]
        title = f"A source of {number * 7919 % 10007} parts, lost at place {number * 104729 % 99991}"
        cases.append(replace(one, event=event, factors=(factor,), topics=(topic,), title=title))
    return library_of_cases(small, cases)


def pages(library: Library) -> dict[str, Artifact]:
    """Return the pages with drawings of all items, and those of the terms to which they lead, by their addresses.

    The pages of the items are not drawn: of hundreds of made-up cases they would take most of the time.
    """
    context = Context(library, SITE)
    made = [*home.pages(context), *explore.pages(context), *terms.pages(context)]
    return {artifact.path.removesuffix("index.md"): artifact for artifact in made}


def compressed(artifact: Artifact) -> int:
    """Return the size of a page as it goes over the line, without the frame of the theme."""
    return len(gzip.compress(drawn(artifact).encode("utf-8")))


# --- timeline


def test_timeline(small: Library) -> None:
    """Each case is a sign that leads to it; of a full year the rest is counted and leads to the list."""
    cases = [dated(small.cases[0], number, "1987-09") for number in range(10)]
    cases += [dated(small.cases[0], 10, "2001"), dated(small.cases[0], 11, "2024-02-29")]
    library = library_of_cases(small, cases)
    tags = Tags(figure(library, 8))
    assert len([link for link in tags.values("href") if link.startswith("cases/")]) == 8 + 2
    assert "+2" in tags.text
    assert "years/1980s/" in tags.values("href")
    assert {"1987", "2001", "2024"} <= set(tags.text)
    assert "1990s: no case" in tags.text
    places = [(one.get("x"), one.get("y")) for tag, one in tags.tags if tag == "use"]
    assert len(set(places[:8])) == 8
    assert len([link for link in Tags(figure(library)).values("href") if link.startswith("cases/")]) == 12


def test_timeline_without_dates(small: Library) -> None:
    """Where no case has a date there is nothing to draw."""
    assert figure(library_of_cases(small, [replace(small.cases[0], event=None)])) == ""


def test_a_sign_is_never_colour_alone(small: Library, vocabularies: Vocabularies) -> None:
    """Each main topic has a sign of its own, the one that the style sheet shows elsewhere, and its name stands by."""
    signs = pictures.load(repository(ROOT)).signs
    mains = [term.id for term in vocabularies["topics"] if not term.parent]
    assert set(mains) == set(signs)
    assert len(set(signs.values())) == len(mains)
    html = figure(many(small, 60))
    symbols = set(re.findall(r'<symbol id="(sign-[a-z-]+)"', html))
    assert set(re.findall(r'<use href="#(sign-[a-z-]+)"', html)) == symbols
    legend = html[html.index('<ul class="legend"') :]
    assert all(vocabularies["topics"].label(symbol.removeprefix("sign-")) in legend for symbol in symbols)


def test_timeline_table(small: Library) -> None:
    """The table behind the timeline has every case, with its outcome as a word."""
    library = many(small, 120)
    html = body(pages(library)["explore/timeline/"])
    table = html[html.index("<table") :]
    assert all(f'href="../../{case.address}"' in table for case in library.cases)
    assert "Loss of control" in table


def test_a_long_table_leads_to_the_lists(small: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of cases the table names the newest, and the lists of the decades have the others."""
    monkeypatch.setattr(explore, "MOST_ROWS", 10)
    html = body(pages(many(small, 30))["explore/timeline/"])
    table = html[html.index("<table") :]
    assert table.count("<tr>") == 1 + 10
    assert "20 older cases" in table
    assert 'href="../../years/1960s/"' in table


# --- map


def test_every_country_has_a_point(vocabularies: Vocabularies) -> None:
    """A point is a latitude and a longitude in whole or half degrees."""
    for country in vocabularies["countries"]:
        latitude, longitude = (float(value) for value in country.more["at"])
        assert -90 <= latitude <= 90, country.id
        assert -180 < longitude <= 180, country.id
        assert latitude * 2 == int(latitude * 2), country.id
        assert longitude * 2 == int(longitude * 2), country.id


@pytest.mark.parametrize(
    ("code", "box"),
    [
        ("US", (30, 48, -120, -75)),
        ("JP", (31, 45, 130, 145)),
        ("NO", (58, 71, 5, 30)),
        ("AU", (-38, -12, 114, 153)),
    ],
)
def test_some_points_lie_in_their_country(
    code: str, box: tuple[float, float, float, float], vocabularies: Vocabularies
) -> None:
    """Latitude comes first, and south and west are negative."""
    latitude, longitude = (float(value) for value in vocabularies["countries"][code].more["at"])
    south, north, west, east = box
    assert south < latitude < north
    assert west < longitude < east


def test_map(small: Library) -> None:
    """Each country with cases has a circle with their number that leads to its list, and a row in the table."""
    library = many(small, 100)
    html = body(pages(library)["explore/map/"])
    figures, table = html[: html.index("<table")], html[html.index("<table") :]
    for code in COUNTRIES:
        link = f'href="../../countries/{code.lower()}/"'
        assert link in figures
        assert link in table
    assert "draws no borders" in html
    assert "takes no position" in html


def test_no_circle_covers_another(small: Library) -> None:
    """Circles that would overlap are parted, stay inside, and always come to the same places."""
    frame = Box(0, 0, 400, 300)
    circles = [Circle(number, 200 + number % 3, 150 - number % 2, 11.0) for number in range(24)]
    moved = parted(circles, frame)
    for index, one in enumerate(moved):
        assert one.box.within(frame)
        for other in moved[index + 1 :]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > 20**2
    assert parted(circles, frame) == moved
    spots = labelled(moved, ["Some country"] * len(moved), frame)
    assert any(spots)
    html = str(worldmap.map_of(many(small, 100).by_facet["country"], page_of(small)))
    assert 'class="threads"' in html


def test_land(small: Library) -> None:
    """The map has land on every continent but Antarctica, inside its frame, and no line across the whole."""
    html = str(worldmap.map_of(small.by_facet["country"], page_of(small)))
    found = re.search(r'class="land" d="([^"]+)"', html)
    assert found
    starts = [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)l", found[1])]
    assert len(starts) > 80
    assert all(-100 <= x <= 10100 and 0 <= y <= 4400 for x, y in starts)
    steps = [int(one) for one in re.findall(r"-?\d+", re.sub(r"M-?\d+ -?\d+l", "", found[1]))]
    assert max(map(abs, steps)) < 1000


def test_without_land_there_are_circles(small: Library) -> None:
    """Where the package with the land is not installed, circles and names stand on an empty ground."""
    html = str(worldmap.map_of(small.by_facet["country"], Context(small, SITE).page("")))
    assert "Norway" in html
    assert 'd=""' in html


def test_a_ring_goes_on_beyond_the_date_line() -> None:
    """Arcs are joined, backwards where the index is negative, and a ring that crosses 180 degrees is one piece."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[170, 0], [9, 5], [-358, 5]], [[170, 0], [-349, 20], [0, -10]]],
        "objects": {"land": {"type": "Polygon", "arcs": [[0, -2]]}},
    }
    (ring,) = pictures.rings(topology, "land")
    assert ring == ((170, 0), (179, 5), (181, 10), (181, 20), (170, 0))


# --- tables of counts


def test_each_count_opens_its_list(small: Library) -> None:
    """A number in a table of counts leads to a heading on the page of its factor or topic, with as many cases."""
    made = pages(many(small, 300))
    for name in ("factors-by-setting", "topics-by-outcome"):
        html = body(made[f"explore/{name}/"])
        cells = re.findall(r'<td class="heat-[1-5]"><a href="../../([a-z/-]+)#([a-z-]+)"[^>]*>(\d+)</a>', html)
        assert cells
        for address, anchor, count in cells:
            part = body(made[address]).split(f'<h3 id="{anchor}">')[1].split("</section>")[0]
            more = re.search(r"and (\d+) more", part)
            assert part.count("<li>") + int(more[1] if more else 0) == int(count), (address, anchor)
            assert part.count("<li>") <= 12


def test_more_than_a_dozen_lead_to_the_search(small: Library) -> None:
    """What a page does not list, the search lists with the same filters."""
    cases = [dated(small.cases[0], number, "2001") for number in range(15)]
    html = body(pages(library_of_cases(small, cases))["factors/no-tracking/"])
    assert (
        'href="../../search/?kind=case-study&amp;factor=no-tracking&amp;setting=industrial-use">and 3 more</a>' in html
    )


# --- the chain of an item


def test_chain_of_a_case(small: Library) -> None:
    """Event, factors, lessons, practices and guidance are there, and each link of the front matter is a line."""
    case = small.cases[0]
    page = page_of(small, case.address)
    page.item = case
    tags = Tags(str(of_case(case, page)))
    links = set(tags.values("href"))
    assert {"#what-happened", "../../practices/keep-a-register/"} <= links
    assert {f"#factor-{factor.factor}" for factor in case.factors} <= links
    assert {f"#{lesson.id}" for lesson in case.lessons} <= links
    wanted = len(case.factors) + sum(len(lesson.factors) + len(lesson.practices) for lesson in case.lessons)
    assert len([1 for tag, one in tags.tags if tag == "path" and "d" in one]) >= wanted
    assert sorted(set(tags.ids)) == sorted(tags.ids)


def test_chain_of_a_practice(small: Library) -> None:
    """From cases over factors and lessons to the practice and its guidance."""
    practice = small.practices[0]
    page = page_of(small, practice.address)
    page.item = practice
    html = str(of_practice(practice, page))
    assert "../../cases/lost-source-2001/" in html
    assert "#how-to-do-it" in html
    assert all(f"../../guidance/{document}/" in html for document in practice.guidance)


def test_a_chain_is_read_once(small: Library) -> None:
    """The network is hidden from screen readers and keys, and the list beside it has each of its links."""
    case = small.cases[0]
    page = page_of(small, case.address)
    page.item = case
    html = str(of_case(case, page))
    drawing, words = html[: html.index("</svg>")], html[html.index("</svg>") :]
    assert 'aria-hidden="true"' in drawing
    assert drawing.count("<a ") == drawing.count('tabindex="-1"') == words.count("<a ")
    assert set(re.findall(r'href="([^"]+)"', drawing)) == set(re.findall(r'href="([^"]+)"', words))


def test_a_chain_without_lessons_is_not_drawn(small: Library) -> None:
    """An item that has no chain shows none."""
    page = page_of(small)
    assert str(of_case(replace(small.cases[0], lessons=()), page)) == ""
    assert str(of_practice(replace(small.practices[0], id="other"), page)) == ""


def test_a_long_chain_says_how_much_it_leaves_out(small: Library) -> None:
    """A column shows eight steps at most and says how many there are."""
    case = small.cases[0]
    lessons = tuple(replace(case.lessons[0], id=f"lesson-{number}") for number in range(12))
    page = page_of(small)
    html = str(of_case(replace(case, lessons=lessons), page))
    assert "8 of 12" in html
    assert "and 4 more" in html


def test_a_step_never_hangs_over_the_edge() -> None:
    """Links to steps that are not shown, or that jump over a column, are no lines."""
    columns = [chain.Column(name, [chain.Node(name, name, "#", name)]) for name in "abcde"]
    html = str(chain.network(chain.Chain(columns, [("a", "b"), ("a", "c"), ("b", "missing"), ("a", "b")])))
    assert html.count("<path") == 1


# --- all of them


@pytest.mark.parametrize("count", [1, 5, 800])
def test_drawings_are_small(count: int, small: Library) -> None:
    """Each page with a drawing goes over a slow line in less than 60 kB, however many cases there are."""
    made = pages(many(small, count))
    for name in WAYS:
        assert compressed(made[f"explore/{name}/"]) < MOST_BYTES, name
    assert compressed(made[""]) < MOST_BYTES


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_text(text: str, small: Library) -> None:
    """A title cannot break out of a drawing."""
    case = small.cases[0]
    shown: list[CaseStudy] = [replace(case, title="Plain"), replace(case, title=text)]
    drawings = []
    for one in shown:
        library = library_of_cases(small, [one])
        page = page_of(library, one.address)
        page.item = one
        html = f"{timeline.all_cases([one], page)}{of_case(one, page)}"
        tags = Tags(html)
        assert (tags.open, tags.unbalanced) == ([], [])
        drawings.append(
            [tag for tag in tags.tags if tag[0] not in ("tspan", "title", "rect", "path", "svg", "a", "text")]
        )
    assert drawings[0] == drawings[1]


def test_nothing_comes_from_elsewhere(small: Library) -> None:
    """A drawing asks no other site for anything, has no script and no style of its own."""
    made = pages(many(small, 200))
    for name in WAYS:
        html = body(made[f"explore/{name}/"])
        assert not re.search(r"https?:|//[a-z]|<script|<style|style=|<image|<iframe", html), name


def test_the_same_cases_make_the_same_drawings(small: Library, tmp_path: Path) -> None:
    """Nothing depends on the time, on chance, or on the order of a set."""
    again = library_of(tmp_path, published())
    first, second = many(small, 90), many(again, 90)
    assert figure(first) == figure(second)
    assert str(worldmap.map_of(first.by_facet["country"], page_of(first))) == str(
        worldmap.map_of(second.by_facet["country"], page_of(second))
    )


@pytest.mark.parametrize(
    ("text", "letters", "lines", "expected"),
    [
        ("one two three", 7, 3, ["one two", "three"]),
        ("one two three four", 7, 2, ["one two", "three…"]),
        ("Kashiwazaki-Kariwa", 14, 3, ["Kashiwazaki-", "Kariwa"]),
        ("監視カメラの記録", 8, 3, ["監視カメ", "ラの記録"]),
        ("x" * 25, 10, 2, ["x" * 10, "x" * 9 + "…"]),
    ],
)
def test_words_are_wrapped(text: str, letters: int, lines: int, expected: list[str]) -> None:
    """Words fit into their lines; a long one is cut, after its hyphen if it has one."""
    assert svg.wrapped(text, letters, lines) == expected


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (-0.01, "0"), (12.34, "12.3"), (-7.25, "-7.2"), (1000.0, "1000")]
)
def test_numbers_are_short(value: float, text: str) -> None:
    """A coordinate has one decimal at most, and no sign before nothing."""
    assert svg.number(value) == text
