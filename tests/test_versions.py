"""Released versions: pages that stay as they were, and what changed between two of them."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
import yaml
from tests.drawing import Tags
from tests.support import CASE, DATA, PRACTICE, ROOT, SITE, base, library_of, published, replaced, write

from casebook import build, comparison, parts, release, security
from casebook.library import Library
from casebook.load import parse
from casebook.registry import BEST_PRACTICE, CASE_STUDY, KIND_BY_NAME
from casebook.release import Release
from casebook.render import items, versions
from casebook.render.page import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebook.artifact import Site
    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies

KINDS = {"case-study": (CASE_STUDY, CASE), "best-practice": (BEST_PRACTICE, PRACTICE)}
SHORT = "## What happened\n\nA company moved.[^s1]\n"
TITLES = {"lost-source-2001": "A lost source: Sampletown, 2001", "keep-a-register": "Keep a register of sources"}


class Press:
    """Makes releases from the text of an item, as `casebook release` does."""

    def __init__(self, vocabularies: Vocabularies, shapes: Shapes) -> None:
        """Keep the words of the terms."""
        self.vocabularies = vocabularies
        self.shapes = shapes

    def of(self, name: str = "case-study", changes: Any = (), version: int = 1, **more: Any) -> Release:
        """Return a release of a base, with parts of it replaced and fields of its front matter set."""
        kind, path = KINDS[name]
        entry = build.Entry.of(parse(replaced(base(name), changes).encode(), path, kind), self.shapes)
        history = [
            {"version": number, "date": f"2026-11-{23 + number}", "change": f"Change {number}."}
            for number in range(1, version + 1)
        ]
        data = {**copy.deepcopy(entry.data), "version": version, "history": history, **more}
        item_id = more.get("id", entry.document.stem)
        given = (data, entry.document.body, kind, item_id, version, "a1b2c3d", self.vocabularies, TITLES)
        return release.frozen(*given)


@pytest.fixture(scope="module")
def press(vocabularies: Vocabularies, shapes: Shapes) -> Press:
    """What makes releases."""
    return Press(vocabularies, shapes)


def site_of(library: Library, *releases: Release, site: Site = SITE) -> dict[str, str]:
    """Return the pages and records of releases beside a library, by their paths."""
    context = Context(replace(library, releases=release.by_item(releases)), site)
    made = list(versions.pages(context))
    assert len({one.path for one in made}) == len(made)
    return {one.path: str(one.content) for one in made}


def page_of(library: Library, *releases: Release) -> str:
    """Return the page of the first of some releases."""
    return site_of(library, *releases)[f"{releases[0].address}index.html"]


def sound(html: str) -> Tags:
    """Return the tags of a page that is sound: balanced, each id once, no script, nothing that acts on its own."""
    tags = Tags(html)
    assert tags.unbalanced == []
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert not [tag for tag, _ in tags.tags if tag in ("script", "iframe", "form", "img")]
    assert security.active_part(html.partition("<body>")[2]) == ""
    targets = [value[1:] for value in tags.values("href") if value.startswith("#")]
    assert set(targets) <= set(tags.ids), "a link to a place that is not there"
    return tags


def words(html: str) -> str:
    """Return the text of a page on one line."""
    return " ".join("".join(Tags(html.partition("<body>")[2]).text).split())


# --- what a release keeps


def vocabulary_paths(schema: Any, files: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Yield each place of a schema that names a vocabulary, with its name."""
    reference = schema.get("$ref", "")
    if reference.startswith("vocabulary:"):
        yield at, reference.removeprefix("vocabulary:")
    elif reference:
        name = reference.rpartition("/")[2]
        yield from vocabulary_paths(files["common"]["$defs"][name], files, at)
    for key, value in schema.get("properties", {}).items():
        yield from vocabulary_paths(value, files, f"{at}.{key}".lstrip("."))
    if isinstance(schema.get("items"), dict):
        yield from vocabulary_paths(schema["items"], files, at)


def test_every_field_of_terms_is_frozen() -> None:
    """Each field of the schemas that names a vocabulary keeps its words, but for the status and the reviews."""
    names = ("common", *KIND_BY_NAME)
    files = {name: json.loads((ROOT / "schema" / f"{name}.schema.json").read_text("utf-8")) for name in names}
    found = {place: name for kind in KIND_BY_NAME for place, name in vocabulary_paths(files[kind], files)}
    left = {place: name for place, name in found.items() if place != "status" and not place.startswith("reviews.")}
    assert left == release.TERMS


def test_a_release_holds_exactly_what_its_page_needs(press: Press) -> None:
    """The words of the terms that it uses and the titles that it shows, and no others."""
    made = press.of("best-practice", version=2)
    assert (made.version, made.date, made.change, made.commit) == (2, "2026-11-25", "Change 2.", "a1b2c3d")
    assert made.titles == {"lost-source-2001": TITLES["lost-source-2001"]}
    assert made.labels["topics"] == {"source-register": press.vocabularies["topics"].label("source-register")}
    assert set(made.labels) == {
        "capacities", "clearance-bases", "contributor-roles", "evidence-strengths", "guidance", "languages",
        "obligation-types", "organisations", "reliability-grades", "source-types", "state-profiles", "topics",
    }  # fmt: skip
    assert Release.of(json.loads(release.text_of(made))) == made


def test_every_field_is_shown_or_left_out_on_purpose(press: Press) -> None:
    """No field of an item is forgotten by the page: a mark in each of its texts is seen."""
    left_out = ("id", "status", "version", "history", "aliases", "reviews", "language", "superseded_by")
    for name in KINDS:
        made = press.of(name)
        for key in set(made.data) - set(left_out):
            without = {field: value for field, value in made.data.items() if field != key}
            assert parts.of_release(replace(made, data=without)) != parts.of_release(made), key


# --- the page


def test_a_page_is_whole(press: Press, small: Library) -> None:
    """It shows every part in order, with anchors, numbers of sources, citation and licence, and no script or menu."""
    html = page_of(small, press.of())
    tags = sound(html)
    assert {"ask-before-moving", "source-s1", "factor-no-tracking", "timeline", "what-happened", "cite"} <= set(
        tags.ids
    )
    assert '<a class="self" href="#ask-before-moving" aria-label="Link to lesson 1">#</a>' in html
    text = words(html)
    for expected in (
        "Version 1 of 24 November 2026, as it was released.",
        "When5 to 19 March 2001", "Where Sampletown, Norway", "Cs-137, 1.10 GBq", "Loss of control",
        "Drawn by: Inquiry of the authority (2002)2", "Because of: No end-of-life provision",
        "Grade: A, Primary or official", "Language: Norwegian", "Notes for the instructor",
        "Casebook editors (author)", "Public sources only, decided on 24 November 2026",
        "Test Casebook, case study lost-source-2001, version 1. https://casebook.example/site/cases/lost-source-2001/v/1/",
        "CC BY 4.0", "Reviews of this version stand on the page of the item",
    ):  # fmt: skip
        assert re.sub(r"\s", "", expected) in re.sub(r"\s", "", text), expected


def test_a_practice_is_whole(press: Press, small: Library) -> None:
    """It shows the statement, how binding it is, its evidence, for whom it is, and what argues against it."""
    html = page_of(small, press.of("best-practice", version=2))
    tags, text = sound(html), words(html)
    assert {"claims", "pitfalls", "culture", "indicators", "counter-cases"} <= set(tags.ids)
    for expected in (
        "Companies should keep one list",
        "International guidance",
        "Nobody has measured the effect",
        "Newcomer",
    ):
        assert expected in text
    assert "../../../../cases/lost-source-2001/index.html#ask-before-moving" in html


def test_words_stay_when_a_vocabulary_changes(press: Press, small: Library) -> None:
    """The page says what the terms were called then."""
    made = press.of()
    later = {
        name: replace(one, terms={key: replace(term, label="OTHER WORDS") for key, term in one.terms.items()})
        for name, one in small.vocabularies.items()
    }
    assert page_of(replace(small, vocabularies=later), made) == page_of(small, made)
    assert "Industrial use" in page_of(replace(small, vocabularies={}), made)


def test_titles_stay_when_an_item_is_gone(press: Press, small: Library) -> None:
    """The words of a link stay; they lead to the page of today, and nowhere when there is none."""
    made = press.of()
    today = page_of(small, made)
    assert (
        '<a href="../../../../practices/keep-a-register/index.html" rel="noopener">Keep a register of sources</a>'
        in today
    )
    assert '<a href="../../../../practices/keep-a-register/index.html">the practice</a>' in today
    gone = page_of(replace(small, items={}), made)
    sound(gone)
    assert "practices/keep-a-register" not in gone
    assert "Keep a register of sources" in words(gone)
    assert "See the practice" in words(gone)


def test_a_link_finds_an_item_under_its_new_id(press: Press, small: Library) -> None:
    """An item that was given another id is found by the one that it had."""
    practice = replace(small.items["keep-a-register"], id="keep-a-list", aliases=("keep-a-register",))
    html = page_of(replace(small, items={"keep-a-list": practice}), press.of())
    assert html.count("../../../../practices/keep-a-list/index.html") > 1


STANDINGS = {
    "newest": ({}, "This is the newest version. The page of the item has it too"),
    "older": ({"version": 3}, "The newest version is 3 of 24 November 2026: read it."),
    "withdrawn": (
        {"status": "withdrawn", "withdrawn_reason": "a source [^s1] was <wrong>.", "superseded_by": "keep-a-register"},
        "The item was withdrawn since, because: a source was <wrong>. Read instead: Keep a register of sources.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("today", "expected"), STANDINGS.values(), ids=STANDINGS)
def test_the_banner_says_what_became_of_it(press: Press, small: Library, today: Any, expected: str) -> None:
    """At the top stands how the version stands today, in words."""
    item = replace(small.items["lost-source-2001"], **today)
    html = page_of(replace(small, items={**small.items, item.id: item}), press.of())
    sound(html)
    assert expected in words(html)


def test_the_banner_leads_to_what_changed(press: Press, small: Library) -> None:
    """Of an item that is gone the newest release is named; of each other version, what changed since."""
    pages = site_of(replace(small, items={}), press.of(), press.of(version=2))
    first, second = (pages[f"cases/lost-source-2001/v/{number}/index.html"] for number in (1, 2))
    assert "The library does not show this item today. The newest released version is 2" in words(first)
    assert 'href="../2/changes/index.html">see what changed' in first
    assert "No newer version was released" in words(second)
    assert '<link rel="successor-version" href="../2/index.html">' in first
    assert '<link rel="predecessor-version" href="../1/index.html">' in second


def test_an_item_with_a_new_id_keeps_its_versions(press: Press, small: Library) -> None:
    """Versions stay at the id under which they were released, and the line of versions goes on under the new one."""
    old, new = press.of(id="old-name"), press.of(version=2, aliases=["old-name"])
    item = replace(small.items["lost-source-2001"], version=2, aliases=("old-name",))
    pages = site_of(replace(small, items={item.id: item}), old, new)
    assert "The newest version is 2" in words(pages["cases/old-name/v/1/index.html"])
    assert "cases/lost-source-2001/v/2/changes/index.html" in pages
    assert "Version 1 of 24 November 2026, under the id old-name" in words(pages["cases/lost-source-2001/v/index.html"])
    # What is compared is what the release knew, also when the item is gone.
    alone = site_of(replace(small, items={}), old, new)
    path = "cases/lost-source-2001/v/2/changes/index.html"
    assert words(alone[path]).partition("In words")[2] == words(pages[path]).partition("In words")[2]


def test_the_page_of_the_item_leads_to_its_versions(press: Press, small: Library) -> None:
    """Each entry of the history that was released leads to its page and to what changed."""
    history = items.pages(Context(replace(small, releases=release.by_item([press.of()])), SITE))
    html = next(str(one.content) for one in history if one.path == "cases/lost-source-2001/index.md")
    assert '<a href="v/1/">Read version 1</a>' in html
    both = release.by_item([press.of("best-practice"), press.of("best-practice", version=2)])
    drawn = items.page_of(small.items["keep-a-register"], Context(replace(small, releases=both), SITE))
    assert '<a href="v/2/changes/">what changed in version 2</a>' in str(drawn.content)
    assert "v/1/changes/" not in str(drawn.content)


# --- which comparisons there are


def test_pages_that_were_there_stay(press: Press, small: Library) -> None:
    """A newer version adds pages and takes none away; each is compared with five before it and the first."""
    line = [replace(press.of(version=number), body=f"{SHORT}{number}") for number in range(1, 10)]
    before: set[str] = set()
    for count in (1, 2, 9):
        now = set(site_of(small, *line[:count]))
        assert before <= now
        before = now
    changes = sorted(path for path in before if "/v/9/changes/" in path)
    numbers = ["1/", "4/", "5/", "6/", "7/", ""]
    assert changes == sorted(f"cases/lost-source-2001/v/9/changes/{number}index.html" for number in numbers)
    pages = site_of(small, *line)
    for html in (html for path, html in pages.items() if path.endswith(".html")):
        tags = sound(html)
        for href in tags.values("href"):
            address = re.match(r"(?:\.\./)*(\d+/(?:changes/(?:\d+/)?)?index\.html)$", href)
            assert not address or f"cases/lost-source-2001/v/{address[1]}" in pages or "changes" in href


def test_first_versions_have_a_page_of_changes_too(press: Press, small: Library) -> None:
    """The address never fails, and says that there is nothing to compare."""
    pages = site_of(small, press.of())
    assert "This is the first version that was released" in words(
        pages["cases/lost-source-2001/v/1/changes/index.html"]
    )


# --- what changed

CHANGES = yaml.safe_load((DATA / "version_changes.yml").read_text(encoding="utf-8"))


def told(html: str) -> list[str]:
    """Return what a comparison shows: its headings, and each change with its kind, name and fields."""
    shown = html.partition("<h2>Word by word</h2>")[2].partition("<nav")[0].partition("<p>Text under")[0]
    shown = re.sub(r'<sup class="cite"><a [^>]*>(\d+)</a></sup>', r" ^\1 ", shown)
    shown = re.sub(r'<span class="hidden">[^<]*</span>', "", shown)
    for sign, start, end in (("ins", " {+", "+} "), ("del", " [-", "-] ")):
        shown = shown.replace(f"<{sign}>", start).replace(f"</{sign}>", end)
    found = []
    for block in re.finditer(r"<h3>(.*?)</h3>|<div class=\"change change-(\w+)\">(.*?)</div>", shown, re.DOTALL):
        if block[1]:
            found.append(block[1])
            continue
        how, *fields = (
            " ".join("".join(Tags(one).text).split()) for one in re.findall(r"<p.*?</p>", block[3], re.DOTALL)
        )
        name = how.partition(": ")[2].partition(", to another")[0].partition(", from")[0].partition(";")[0]
        origin = f" from {one[1]}" if (one := re.search(", from .(.*?).; the words", how)) else ""
        found.append(f"{block[2]}{f' {name}' if name else ''}{origin} | " + " | ".join(fields))
    return [re.sub(r"([\[{][-+]) | ([-+][\]}])", r"\1\2", one) for one in found]


@pytest.mark.parametrize("case", CHANGES, ids=[case["about"] for case in CHANGES])
def test_what_changed(press: Press, small: Library, case: dict[str, Any]) -> None:
    """Each kind of change is shown with its heading, word by word, and nothing else is."""
    html = site_of(small, press.of(), press.of(changes=case["replace"], version=2))[
        "cases/lost-source-2001/v/2/changes/index.html"
    ]
    sound(html)
    assert told(html) == case["shows"]
    assert ("No word that readers see is different" in html) == (not case["shows"])


def test_changes_in_words_come_first(press: Press, small: Library) -> None:
    """The entries of the history since the version before stand above, the newest first, with a count below."""
    later = press.of(changes=[("asked for lists", "asked for all lists")], version=3)
    pages = site_of(small, press.of(), later)
    text = words(pages["cases/lost-source-2001/v/3/changes/index.html"])
    assert "Version 3, 26 November 2026: Change 3. Version 2, 25 November 2026: Change 2. Word by word 1 of" in text
    total = sum(len(one.entries) for one in parts.of_release(later))
    assert f"1 of {total} paragraphs and entries changed" in text


def test_changes_are_heard_and_seen(press: Press, small: Library) -> None:
    """A change is marked for those who hear the page, not by colour alone."""
    later = press.of(changes=[("asked for lists", "asked for rolls")], version=2)
    html = site_of(small, press.of(), later)["cases/lost-source-2001/v/2/changes/index.html"]
    assert '<del><span class="hidden">removed: </span>lists.' in html
    assert '<ins><span class="hidden">added: </span>rolls.' in html
    assert html.count('<span class="hidden"> end</span>') == 2  # one for each


def test_new_words_of_a_term_are_no_change(press: Press) -> None:
    """When a vocabulary or the title of another item changes, nobody has touched this item."""
    before, after = press.of(), press.of(version=2)
    labels = {name: dict.fromkeys(one, "Other words") for name, one in after.labels.items()}
    renamed = replace(after, labels=labels, titles=dict.fromkeys(after.titles, "Another title"))
    assert comparison.compare(before, renamed).parts == ()


def test_long_texts_are_not_compared_for_ever(press: Press) -> None:
    """Beyond a bound the whole text stands as removed and added, with what both have at their ends."""
    one = [comparison.Word(f"{number % 7}") for number in range(1000)]
    other = [comparison.Word("first"), *(comparison.Word(f"{number % 5}") for number in range(1000)), one[-1]]
    assert [piece.how for piece in comparison.pieces(one, other)] == ["removed", "added", "same"]
    japanese, later = (list(comparison.words(parts.Field(text=text))) for text in ("記録を毎日見る", "記録を毎週見る"))
    assert ["".join(word.text for word in one.words) for one in comparison.pieces(japanese, later)] == [
        "記録を毎",
        "日",
        "週",
        "見る",
    ]
    near = [*one[:500], comparison.Word("new"), *one[500:]]
    assert [piece.how for piece in comparison.pieces(one, near)] == ["same", "added", "same"]
    # Paragraphs beyond number are found by their words alone.
    bodies = ["\n\n".join(f"{start} {number} of many words" for number in range(300)) for start in ("One", "Two")]
    before, after = (replace(press.of(), body=body) for body in bodies)
    found = comparison.compare(before, after)
    assert {entry.how for part in found.parts for entry in part.entries} == {"added", "removed"}


# --- data, and files that somebody has touched


def test_the_record(press: Press, small: Library) -> None:
    """The record beside the page is the file of the release with licence and address, as the documentation says."""
    made = press.of()
    record = json.loads(site_of(small, made)["cases/lost-source-2001/v/1/item.json"])
    assert record["address"] == "https://casebook.example/site/cases/lost-source-2001/v/1/"
    assert record["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {key: value for key, value in record.items() if key not in ("address", "licence")} == made.record()
    page = (ROOT / "docs" / "about" / "data.md").read_text("utf-8").partition("## A released version")[2]
    named = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page.partition("\n## ")[0], re.MULTILINE)
    assert re.findall(r"\w+", " ".join(named)) == list(record)


HOSTILE: list[Any] = [
    "", " ", None, 0, True, [], {}, [[]], [None, {}], {"id": {"id": []}}, [{"id": "x y\"'><script>alert(1)</script>"}],
    "</article><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7*7 }}",
    "[link](javascript:alert(1)) ![image](x.png) [^s1][^none]", "9999-99-99/0000", "ask-before-moving",
]  # fmt: skip


TURNS = 5


def spoilt(value: Any, hostile: Any, turn: int, path: str = "") -> Any:
    """Return a value with every part whose turn it is replaced by a hostile one: in all turns together, each part."""
    if path and crc32(path.encode()) % TURNS == turn:
        return hostile
    if isinstance(value, dict):
        return {key: spoilt(one, hostile, turn, f"{path}/{key}") for key, one in value.items()}
    if isinstance(value, list):
        return [spoilt(one, hostile, turn, f"{path}/{number}") for number, one in enumerate(value)]
    return value


@pytest.mark.parametrize("name", KINDS)
def test_hostile_fields_break_nothing(press: Press, small: Library, name: str) -> None:
    """Every field may be missing, of another type or hostile: the page stays sound, and nothing acts on its own."""
    made = replace(press.of(name), body=SHORT)
    shelf = versions.Shelf(Context(replace(small, releases={made.id: [made]}), SITE))
    for hostile in HOSTILE:
        for turn in range(TURNS):
            data = spoilt(dict(made.data), hostile, turn)
            assert data != made.data
            sound(str(versions.version_page(replace(made, data=data), shelf).content))


@pytest.mark.parametrize("hostile", [one for one in HOSTILE if isinstance(one, str)])
def test_hostile_words_are_shown_as_words(press: Press, small: Library, hostile: str) -> None:
    """Text that looks like markup is text, everywhere at once: on the page, in the comparison, in the list."""

    def every(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: every(one) for key, one in value.items()}
        return [every(one) for one in value] if isinstance(value, list) else hostile

    made = press.of(version=2)
    labels = {name: dict.fromkeys(one, hostile) for name, one in made.labels.items()}
    titles = dict.fromkeys(made.titles, hostile)
    body = f"{hostile}\n\n## {hostile}\n\n{hostile}\n\n## {hostile}\n\n- {hostile}\n\n```\n{hostile}\n```\n"
    spoiled = replace(
        made, data=every(made.data), body=body, labels=labels, titles=titles, change=hostile, date=hostile
    )
    kept = replace(made, labels=labels, titles=titles, body=body)
    for later in (spoiled, kept):
        for path, text in site_of(small, press.of(), later).items():
            if path.endswith(".html"):
                sound(text)


def test_old_and_empty_items_have_a_page(press: Press, small: Library) -> None:
    """An item of another time, with other sections and fields, or with nothing, is shown as far as it goes."""
    made = press.of()
    body = "First words.\n\n## Background\n\nMore words.[^s1]\n\n## Background\n\nAgain ![a gauge](gauge.png).\n"
    html = page_of(small, replace(made, data={**made.data, "severity": "high", "sources": ["a text"]}, body=body))
    tags = sound(html)
    assert "background" in tags.ids
    assert "First words." in words(html)
    assert "[s1]" in words(html)
    assert "Again [Picture: a gauge]." in words(html)
    twice = page_of(small, replace(made, body="## Sources\n\nOf it.[^s2]\n\n## Lessons\n\nNone.\n"))
    sound(twice)
    assert '<a href="#source-s2" aria-label="Source 2">2</a>' in twice
    empty = page_of(small, replace(made, data={}, body="", labels={}, titles={}, change="", commit=""))
    sound(empty)
    assert "What changed in it: not said" in words(empty)


TOUCHED: dict[str, Any] = {
    "no JSON": "{",
    "a list": "[]",
    "half a character": ("body", "\ud800"),
    "a number without end": ("titles", {"x": float("inf")}),
    "another version": ("version", 2),
    "a version that is no number": ("version", "1"),
    "another id": ("id", "../../x"),
    "data of another type": ("data", []),
    "labels of another type": ("labels", {"topics": "x"}),
    "an unknown kind": ("kind", "memo"),
    "a format to come": ("format", 2),
    "a field more": ("more", 1),
    "very deep": "[" * 100_000,
}


@pytest.mark.parametrize("change", TOUCHED.values(), ids=TOUCHED)
def test_a_file_that_was_touched_is_named(press: Press, tmp_path: Path, change: Any) -> None:
    """A release that `casebook release` did not write is a finding that names the file and what to do."""
    text = change if isinstance(change, str) else json.dumps({**press.of().record(), change[0]: change[1]})
    paths = write(tmp_path, {"releases/case-studies/lost-source-2001/1.json": text})
    path = release.path_of(press.of(), paths)
    found, findings = release.load_releases(paths)
    assert found == []
    assert [(one.location.path, one.code) for one in findings] == [(paths.relative(path), "release-file")]


def test_the_library_has_what_was_released(press: Press, tmp_path: Path) -> None:
    """What is written is read again, and comes into the library by its id."""
    made = press.of()
    paths = write(tmp_path, {**published(), "releases/case-studies/lost-source-2001/1.json": release.text_of(made)})
    assert build.Reader(paths).corpus().releases == [made]
    assert library_of(tmp_path / "other", published()).releases == {}
    assert Library.of([], press.vocabularies, [made]).releases == {"lost-source-2001": [made]}
