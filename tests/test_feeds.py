"""The change log and the feeds made from it, validated against the standards by tools that are not ours."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from tests.support import DATA, SITE

from casebook import changelog, load
from casebook.artifact import Site
from casebook.export import feeds
from casebook.library import Library
from casebook.model import Version
from casebook.registry import KINDS
from casebook.release import Release
from casebook.render import changes
from casebook.render.page import Context

if TYPE_CHECKING:
    from casebook.changelog import Change
    from casebook.model import Item

NO_ADDRESS = Site("Test Casebook")
NAMES = {"a": "http://www.w3.org/2005/Atom"}
CASE, PRACTICE = "lost-source-2001", "keep-a-register"
LINK = "https://casebook.example/site/cases/lost-source-2001/"
SECOND = Version(2, "2026-12-02", "A second source was added.")
THIRD = Version(3, "2026-12-02", "A date was corrected.")


def with_items(library: Library, *items: Item, released: tuple[int, ...] = ()) -> Library:
    """Return a library with some items in the place of those with their ids, and versions of the case released."""
    known = {**library.items, **{item.id: item for item in items}}
    stream = library.streams[CASE]
    releases = [Release(known[CASE].kind, CASE, number, "2026-12-02", "", "", {}, "") for number in released]
    entries = [(item, library.streams.get(item.id, stream)) for item in known.values()]
    return Library.of(entries, library.vocabularies, releases)


def changed(library: Library, **fields: Any) -> Item:
    """Return the case of a library with two versions more, and with other fields."""
    case = library.items[CASE]
    return replace(case, **{"version": 3, "history": (*case.history, SECOND, THIRD), **fields})


def made(library: Library, site: Site = SITE) -> dict[str, str | bytes]:
    """Return the feeds of a library by their paths."""
    return {artifact.path: artifact.content for artifact in feeds.files(library, {}, site)}


@cache
def schema_of_atom() -> etree.RelaxNG:
    """Return the schema of RFC 4287."""
    return etree.RelaxNG(etree.parse(DATA / "feeds" / "atom.rng"))


@cache
def schema_of_json_feed() -> Draft202012Validator:
    """Return the schema of JSON Feed 1.1."""
    schema = json.loads((DATA / "feeds" / "json-feed.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def faults_of_atom(content: bytes) -> list[str]:
    """Return what RFC 4287 forbids in a feed: by its schema, and by two rules that it has in Schematron."""
    feed = etree.fromstring(content)
    found = [] if schema_of_atom().validate(feed) else [str(one) for one in schema_of_atom().error_log]
    entries = feed.findall("a:entry", NAMES)
    if feed.find("a:author", NAMES) is None and not all(one.find("a:author", NAMES) is not None for one in entries):
        found.append("a feed has an author, or each entry has one")
    needed = ("a:content", "a:link[@rel='alternate']")
    empty = [one for one in entries if all(one.find(path, NAMES) is None for path in needed)]
    return [*found, *["an entry without content has a link"] * len(empty)]


def faults_of_json(content: str) -> list[str]:
    """Return what JSON Feed 1.1 forbids in a feed."""
    return [error.message for error in schema_of_json_feed().iter_errors(json.loads(content))]


def entries(library: Library, path: str = "feeds/library.atom") -> list[Any]:
    """Return the entries of an Atom feed as a feed reader sees them."""
    parsed = feedparser.parse(made(library)[path])
    assert parsed.bozo == 0
    return list(parsed.entries)


def told(changes: list[Change]) -> list[tuple[str, str, str]]:
    """Return day, headline and words of changes."""
    return [(one.date, one.headline, one.words) for one in changes]


# --- the change log


def test_every_version_is_a_change_the_newest_first(small: Library) -> None:
    """The log has each entry of each history with its words; of one day the newest version comes first."""
    title = small.items[CASE].title
    assert told(changelog.changes(with_items(small, changed(small))))[:2] == [
        ("2026-12-02", f"Version 3: {title}", "A date was corrected."),
        ("2026-12-02", f"Version 2: {title}", "A second source was added."),
    ]
    practice = small.items[PRACTICE].title
    assert told(changelog.changes(small)) == [
        ("2026-11-24", f"Version 2: {practice}", "A pitfall was added."),
        ("2026-11-24", f"New: {title}", "First publication."),
        ("2026-10-01", f"New: {practice}", "First publication."),
    ]


def test_a_withdrawal_is_a_change_of_its_own(small: Library) -> None:
    """It comes before the versions, with the reason and without citations."""
    gone = changed(small, status="withdrawn", withdrawn_reason="The source was wrong.[^s1]")
    log = changelog.changes(with_items(small, gone))
    assert told(log)[0] == ("2026-12-02", f"Withdrawn: {gone.title}", "The source was wrong.")
    assert [one.is_withdrawal for one in log] == [True, *[False] * 5]


def test_drafts_are_no_changes(small: Library) -> None:
    """What is not published has not changed for anybody, in a preview neither."""
    log = changelog.changes(
        with_items(small, changed(small, status="draft"), changed(small, id="x", status="in-review"))
    )
    assert [one.item.id for one in log] == [PRACTICE, PRACTICE]


@pytest.mark.parametrize(("released", "compared"), [((1, 2, 3), [3, 2]), ((1, 3), []), ((2, 3), [3]), ((), [])])
def test_a_comparison_needs_both_versions(small: Library, released: tuple[int, ...], compared: list[int]) -> None:
    """Only where a version and the one before it are released is there a page that compares them."""
    log = changelog.changes(with_items(small, changed(small), released=released))
    found = [(one.version, one.comparison) for one in log if one.comparison]
    assert found == [(number, f"cases/{CASE}/v/{number}/changes/") for number in compared]


def test_channels(small: Library) -> None:
    """There is a channel for the library, each kind and each topic; a topic has the changes of its subtopics."""
    gone = changed(small, status="withdrawn", withdrawn_reason="It was wrong.", topics=("scrap-metal",))
    library = with_items(small, gone)
    found = {one.address: one for one in changelog.channels(library, changelog.changes(library))}
    topics = library.vocabularies["topics"]
    parent = topics["scrap-metal"].parent
    assert parent
    assert len(found) == 1 + len(KINDS) + len(topics.terms)
    counts = {name: sum(change.item.id == CASE for change in one.changes) for name, one in found.items()}
    assert {name for name, count in counts.items() if count} == {
        *("feeds/library", "feeds/kinds/case-study", "feeds/topics/scrap-metal", f"feeds/topics/{parent}")
    }
    assert {count for count in counts.values() if count} == {4}


# --- both formats are valid


@pytest.mark.parametrize("site", [SITE, NO_ADDRESS], ids=["address", "none"])
def test_every_feed_is_valid(small: Library, site: Site) -> None:
    """Each feed fits its standard, also one that is empty, with and without an address of the site."""
    library = with_items(
        small, changed(small, status="withdrawn", withdrawn_reason="It was wrong."), released=(1, 2, 3)
    )
    found = made(library, site)
    assert len(found) == 2 * (1 + len(KINDS) + len(library.vocabularies["topics"].terms))
    for path, content in found.items():
        if isinstance(content, bytes):
            assert faults_of_atom(content) == [], path
            parsed = feedparser.parse(content)
            assert parsed.bozo == 0, path
            assert len(parsed.entries) == len(json.loads(found[path.replace(".atom", ".json")])["items"]), path
        else:
            assert faults_of_json(content) == [], path


HOSTILE = """<script>alert(1)</script> & ]]> <![CDATA[ "x" 'y' &#0; %s {{ x }} 日本語 \U0001f512 ﷽"""


def test_hostile_texts_stay_texts(small: Library) -> None:
    """Whatever the words are, a reader gets exactly these words, as text and not as markup."""
    words = Version(2, "2026-12-02", HOSTILE)
    case = small.items[CASE]
    hostile = replace(case, title=HOSTILE, version=2, history=(*case.history, words))
    contents = made(with_items(small, hostile))
    atom = contents["feeds/library.atom"]
    assert isinstance(atom, bytes)
    assert faults_of_atom(atom) == []
    entry = etree.fromstring(atom).find("a:entry", NAMES)
    assert entry is not None
    assert entry.findtext("a:title", None, NAMES) == f"Version 2: {HOSTILE}"
    assert entry.findtext("a:summary", None, NAMES) == HOSTILE
    assert json.loads(contents["feeds/library.json"])["items"][0]["content_text"] == HOSTILE


def test_the_checker_refuses_what_xml_forbids() -> None:
    """No character that XML 1.0 cannot hold comes through the check, so that no feed can be broken by one."""
    allowed = ((0x9, 0x9), (0xA, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    forbidden = [code for code in range(0x10000) if not any(first <= code <= last for first, last in allowed)]
    # Halves of characters cannot stand in a file of UTF-8.
    forbidden = [code for code in forbidden if not 0xD800 <= code <= 0xDFFF]
    assert len(forbidden) == 31
    assert all(load._CONTROL.match(chr(code)) for code in forbidden)


# --- the validators see faults


ATOM_FAULTS = {
    "no id": [("<id>", "<guid>"), ("</id>", "</guid>")],
    "no title": [("<title>", "<name>"), ("</title>", "</name>")],
    "a day is no instant": [("T00:00:00Z", "")],
    "no updated": [("updated>", "modified>")],
    "nobody wrote it": [
        ("<author>\n<name>Test Casebook contributors</name>\n</author>\n", ""),
        ("<author>\n<name>Casebook editors</name>\n</author>\n", ""),
    ],
    "a link without target": [("href=", "to=")],
    "a category without term": [("term=", "name=")],
    "an author without name": [("<name>", "<label>"), ("</name>", "</label>")],
    "a language that is none": [('xml:lang="en"', 'xml:lang="English (UK)"')],
    "a summary twice": [("<summary>", "<summary>x</summary><summary>")],
    "no link to the page": [('rel="alternate"', 'rel="related"')],
    "another name space": [("2005/Atom", "2004/Atom")],
}


@pytest.mark.parametrize("fault", ATOM_FAULTS)
def test_a_fault_in_atom_is_seen(small: Library, fault: str) -> None:
    """A change that breaks the standard is found."""
    content = made(with_items(small, changed(small, contributors=())))["feeds/kinds/case-study.atom"]
    assert isinstance(content, bytes)
    assert faults_of_atom(content) == []
    text = content.decode()
    for old, new in ATOM_FAULTS[fault]:
        assert old in text
        text = text.replace(old, new)
    assert faults_of_atom(text.encode()) != []


JSON_FAULTS: dict[str, tuple[str, Any]] = {
    "another version": ("version", "https://jsonfeed.org/version/1"),
    "no title": ("title", None),
    "a misspelt name": ("home_page_uri", "https://x.example/"),
    "a relative address": ("feed_url", "/feeds/library.json"),
    "an author as text": ("authors", ["A"]),
    "items by id": ("items", {}),
    "a number as id": ("items", [{"id": 3, "content_text": "x"}]),
    "no content": ("items", [{"id": "x"}]),
    "no id": ("items", [{"content_text": "x"}]),
    "a day is no instant": ("items", [{"id": "x", "content_text": "x", "date_published": "2026-12-02"}]),
    "a day that is none": ("items", [{"id": "x", "content_text": "x", "date_published": "2026-13-02T00:00:00"}]),
    "a tag as text": ("items", [{"id": "x", "content_text": "x", "tags": "scrap-metal"}]),
}


@pytest.mark.parametrize("fault", JSON_FAULTS)
def test_a_fault_in_json_feed_is_seen(small: Library, fault: str) -> None:
    """A change that breaks the specification is found."""
    name, value = JSON_FAULTS[fault]
    feed = json.loads(made(small)["feeds/library.json"])
    assert faults_of_json(json.dumps(feed)) == []
    broken = {**feed, name: value} if value is not None else {key: feed[key] for key in feed if key != name}
    assert faults_of_json(json.dumps(broken)) != []


# --- what a reader of feeds gets


def test_what_an_entry_says(small: Library) -> None:
    """Title, day, words, link, authors and topics arrive in a feed reader."""
    item = changed(small)
    found = entries(with_items(small, item, released=(1, 2, 3)))
    assert len(found) == 5
    entry = found[0]
    assert entry.title == f"Version 3: {item.title}"
    assert entry.summary == "A date was corrected."
    assert entry.link == LINK
    assert {link.rel: link.href for link in entry.links} == {"alternate": LINK, "related": f"{LINK}v/3/changes/"}
    assert tuple(entry.updated_parsed)[:6] == (2026, 12, 2, 0, 0, 0)
    assert [tag.term for tag in entry.tags] == list(item.topics)
    assert [author.name for author in entry.authors] == [one.name for one in item.contributors]
    assert found[3].summary == f"{item.history[0].change}\n\n{item.summary}"
    parsed = feedparser.parse(made(small)["feeds/topics/scrap-metal.atom"])
    assert parsed.feed.title == "Test Casebook: Scrap metal"
    assert parsed.feed.link == "https://casebook.example/site/topics/scrap-metal/"
    assert "CC BY 4.0" in parsed.feed.rights
    assert {link.rel: link.href for link in parsed.feed.links}["self"] == (
        "https://casebook.example/site/feeds/topics/scrap-metal.atom"
    )


def test_json_feed_says_the_same(small: Library) -> None:
    """The JSON feed has the same entries in the same order, with the same ids."""
    contents = made(with_items(small, changed(small)))
    feed = json.loads(contents["feeds/library.json"])
    assert feed["feed_url"] == "https://casebook.example/site/feeds/library.json"
    assert feed["home_page_url"] == "https://casebook.example/site/changes/"
    parsed = feedparser.parse(contents["feeds/library.atom"])
    assert [(one["id"], one["title"], one["url"], one["date_modified"]) for one in feed["items"]] == [
        (one.id, one.title, one.link, one.updated) for one in parsed.entries
    ]
    assert feed["items"][0]["_casebook"] == {
        "kind": "case-study",
        "id": CASE,
        "version": 3,
        "withdrawn": False,
        "page": f"cases/{CASE}/",
        "comparison": "",
    }


def test_a_withdrawn_item_says_so_and_why(small: Library) -> None:
    """Its entry comes first; those of its versions stay, without the summary, which is no longer published."""
    gone = changed(small, status="withdrawn", withdrawn_reason="The source was wrong.")
    found = [one for one in entries(with_items(small, gone)) if one.link == LINK]
    assert (found[0].title, found[0].summary) == (f"Withdrawn: {gone.title}", "The source was wrong.")
    assert len({one.id for one in found}) == len(found) == 4
    assert not any(gone.summary in one.summary for one in found)


def test_an_id_stays_for_ever(small: Library) -> None:
    """It depends on kind, first id and version alone: not on the address, the words, the title, or a new id.

    If this test fails, every feed reader would show everything once more: do not change the ids, change the code.
    """
    first = "urn:uuid:fb3ce7f6-cbe7-5f8f-8b41-e097460b6394"
    renamed = replace(small.items[CASE], id="found-source-2001", aliases=(CASE,), title="Another title", related=())
    other = Library.of([(renamed, small.streams[CASE])], small.vocabularies)
    assert first in [one.id for one in entries(small)]
    assert [one["id"] for one in json.loads(made(small, NO_ADDRESS)["feeds/library.json"])["items"]].count(first) == 1
    assert [one.id for one in entries(other)] == [first]
    assert [one.id for one in entries(with_items(small, changed(small)))].count(first) == 1


def test_a_feed_has_the_newest_fifty(small: Library) -> None:
    """However much changes, a feed stays small, and says that it has a limit."""
    history = tuple(Version(number, f"2027-01-{number // 3 + 1:02}", "A change.") for number in range(1, 81))
    found = entries(with_items(small, replace(small.items[CASE], version=80, history=history)))
    assert [one.title.split(":")[0] for one in found] == [f"Version {number}" for number in range(80, 30, -1)]
    assert "the newest 50 at most" in feedparser.parse(made(small)["feeds/library.atom"]).feed.subtitle


def test_without_an_address_no_address_is_made_up(small: Library) -> None:
    """Atom has links relative to the feed, which lead to the pages from wherever it stands; JSON Feed has none."""
    found = made(with_items(small, changed(small), released=(1, 2, 3)), NO_ADDRESS)
    for path, prefix in {"feeds/library.atom": "../", "feeds/topics/scrap-metal.atom": "../../"}.items():
        feed = etree.fromstring(found[path])
        links = {str(one.get("href")) for one in feed.iterfind(".//a:link", NAMES) if one.get("rel") != "license"}
        assert all(link.startswith(prefix) for link in links)
        assert f"{prefix}cases/{CASE}/" in links
        assert f"{prefix}cases/{CASE}/v/3/changes/" in links
        assert feed.find("a:link[@rel='self']", NAMES) is None
    feed_of_json = json.loads(found["feeds/library.json"])
    assert not {"feed_url", "home_page_url"} & set(feed_of_json)
    assert not any("url" in one for one in feed_of_json["items"])


# --- the pages


def drawn(library: Library, site: Site = SITE) -> dict[str, str]:
    """Return the pages about changes, as Markdown, by their paths."""
    return {artifact.path: str(artifact.content) for artifact in changes.pages(Context(library, site))}


def test_the_page_of_changes(small: Library) -> None:
    """It has the changes by month, each with its words and, where there is one, a comparison; and all feeds."""
    item = changed(small, title="A <b>lost</b> source")
    page = drawn(with_items(small, item, released=(2, 3)))["changes/index.md"]
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## December 2026 {#m2026-12}",
        "## November 2026 {#m2026-11}",
        "## October 2026 {#m2026-10}",
        "## By year {#years}",
        "## Feeds {#feeds}",
    ]
    assert "5 changes" in page
    assert "A &lt;b&gt;lost&lt;/b&gt; source" in page
    assert "<b>" not in page
    assert page.count('class="comparison"') == 1
    assert f'href="../cases/{CASE}/v/3/changes/"' in page
    for path in made(small):
        assert f'href="../{path}"' in page, path
    assert "does not know an address of its own" not in page
    assert "does not know an address of its own" in drawn(small, NO_ADDRESS)["changes/index.md"]
    gone = changed(small, status="withdrawn", withdrawn_reason="It was wrong.")
    assert (
        'Case study, withdrawn</span><span class="why">It was wrong.'
        in drawn(with_items(small, gone))["changes/index.md"]
    )


def test_however_many_changes_the_page_stays_readable(small: Library) -> None:
    """The page has the newest two hundred; the others stand on the pages of their years, two hundred on each."""
    days = [f"{year}-01-{day:02}" for year in (2030, 2031) for day in range(1, 26) for _ in range(9)]
    history = tuple(Version(number, day, f"Change {number}.") for number, day in enumerate(days, 1))
    pages = drawn(Library.of([(replace(small.items[CASE], history=history), ())], small.vocabularies))
    assert list(pages) == [
        "changes/index.md",
        "changed-since/index.md",
        *("changes/2031/index.md", "changes/2031/page/2/index.md"),
        *("changes/2030/index.md", "changes/2030/page/2/index.md"),
    ]
    counts = {path: page.count('<span class="why">') for path, page in pages.items()}
    assert list(counts.values()) == [200, 0, 200, 25, 200, 25]
    assert "200 of 450 changes on this page" in pages["changes/index.md"]
    assert 'title: "What changed in 2031, page 2"' in pages["changes/2031/page/2/index.md"]
    assert "Change 226." in pages["changes/2031/page/2/index.md"]


def test_a_library_without_items_has_its_pages(small: Library) -> None:
    """Nothing published yet is no error."""
    empty = Library.of((), small.vocabularies)
    assert "Nothing is published yet." in drawn(empty)["changes/index.md"]
    assert [
        path for path, content in made(empty).items() if isinstance(content, bytes) and faults_of_atom(content)
    ] == []
