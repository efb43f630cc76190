"""What pages say to citation managers, search engines and social networks: tags, links, structured data, cards."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

import pytest
from lxml import etree
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from PIL import Image
from tests.drawing import Tags, drawn, meta
from tests.support import ROOT, SITE
from tests.test_render import HOSTILE

from casebook import build, pictures, render
from casebook.export import linkset
from casebook.library import Library
from casebook.metadata import facts, sitemap, structured
from casebook.mkdocs_plugin import CasebookPlugin
from casebook.paths import repository
from casebook.release import Release
from casebook.render import home, items
from casebook.render.head import release_head
from casebook.render.page import Context
from casebook.security import policy
from casebook.socialcard import card, wrap
from casebook.socialcard.fonts import Fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.structure.pages import Page

    from casebook.artifact import Artifact, Site
    from casebook.model import CaseStudy, Event, Item
    from casebook.shape import Shapes

HOME = "https://casebook.example/site/"
NOWHERE = replace(SITE, url="")
CASE, PRACTICE = "cases/lost-source-2001/", "practices/keep-a-register/"
ABSTRACT = (
    "A company moved and left a gauge with a radioactive source behind. A trader bought the gauge as scrap, and it was "
    "found two weeks later at the gate of a metal works."
)
TITLE = "A lost source: Sampletown, 2001"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SUBJECTS = ["Radiological sources", "Scrap metal"]


@pytest.fixture(scope="module")
def pages(small: Library, shapes: Shapes) -> dict[str, Artifact]:
    """The generated pages of a small library, by their addresses."""
    return {one.path.removesuffix("index.md"): one for one in render.pages(small, shapes, SITE)}


@pytest.fixture(scope="module")
def heads(pages: dict[str, Artifact]) -> dict[str, Tags]:
    """What the head of each of these pages has."""
    return {address: Tags(meta(artifact)["head"]) for address, artifact in pages.items()}


def head_of(item_id: str, library: Library, site: Site = SITE) -> Tags:
    """Return what the head of the page of an item has."""
    return Tags(meta(items.page_of(library.items[item_id], Context(library, site)))["head"])


def tags(head: Tags, *names: str) -> list[tuple[str, str]]:
    """Return names and values of the tags whose names begin with one of some words."""
    pairs = [
        (str(one.get("name") or one.get("property")), str(one["content"])) for tag, one in head.tags if tag == "meta"
    ]
    return [(name, content) for name, content in pairs if name.startswith(names)]


def linked(head: Tags) -> list[tuple[str, str, str]]:
    """Return relation, address and type of each link."""
    return [(str(one["rel"]), str(one["href"]), str(one.get("type", ""))) for tag, one in head.tags if tag == "link"]


def nodes(head: Tags) -> list[dict[str, Any]]:
    """Return the structured data."""
    return [json.loads(text) for text in head.text if text.strip()]


def with_item(library: Library, item: Item, **changes: Any) -> Library:
    """Return a library with one item changed."""
    changed = [replace(one, **changes) if one is item else one for one in library.items.values()]
    return Library.of([(one, library.streams[item.id]) for one in changed], library.vocabularies)


def released(item: Item) -> Release:
    """Return the release of the version that an item has now."""
    return Release(item.kind, item.id, item.version, item.last_changed, "First publication.", "0" * 40, {}, "")


# --- tags


def test_tags_of_a_case(small: Library) -> None:
    """A citation manager finds every field of a report; a social network finds title, text and picture."""
    head = head_of("lost-source-2001", small)
    assert tags(head, "citation_") == [
        ("citation_title", TITLE),
        ("citation_author", "Casebook editors"),
        ("citation_publication_date", "2026/11/24"),
        ("citation_technical_report_institution", "Test Casebook"),
        ("citation_technical_report_number", "lost-source-2001, version 1"),
        ("citation_language", "en"),
        ("citation_abstract", ABSTRACT),
        *(("citation_keywords", subject) for subject in SUBJECTS),
        ("citation_public_url", f"{HOME}{CASE}"),
    ]
    assert tags(head, "DC.") == [
        ("DC.title", TITLE),
        ("DC.creator", "Casebook editors"),
        ("DC.date", "2026-11-24"),
        ("DC.type", "report"),
        ("DC.publisher", "Test Casebook"),
        ("DC.language", "en"),
        ("DC.rights", f"CC BY 4.0, {LICENCE}"),
        *(("DC.subject", subject) for subject in SUBJECTS),
    ]
    assert tags(head, "og:", "article:", "twitter:") == [
        ("og:type", "article"),
        ("og:site_name", "Test Casebook"),
        ("og:title", TITLE),
        ("og:description", ABSTRACT),
        ("og:url", f"{HOME}{CASE}"),
        ("og:image", f"{HOME}{CASE}card.png"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", f"Case study: {TITLE}"),
        ("article:published_time", "2026-11-24"),
        ("article:modified_time", "2026-11-24"),
        ("twitter:card", "summary_large_image"),
    ]


def test_what_needs_an_address_waits_for_one(small: Library) -> None:
    """Without an address no host is made up: what must be a full address is left out, and the rest is the same."""
    for name in small.items:
        here, there = head_of(name, small), head_of(name, small, NOWHERE)
        missing = set(tags(here, "")) - set(tags(there, ""))
        names = {name for name, _ in missing}
        assert names == {name for name, _ in tags(here, "og:image")} | {"og:url", "citation_public_url", "twitter:card"}
        assert not re.search(r"\bhttps?://(?!creativecommons|schema\.org|example|purl)", str(tags(there, "")))


def test_a_handout_is_named_when_the_build_makes_it(small: Library) -> None:
    """The PDF is named where it exists, and nowhere else."""
    address = f"{HOME}{PRACTICE}handout.pdf"
    head = head_of("keep-a-register", small, replace(SITE, handouts=True))
    assert tags(head, "citation_pdf") == [("citation_pdf_url", address)]
    assert ("item", address, "application/pdf") in linked(head)
    assert nodes(head)[0]["encoding"]["contentUrl"] == address
    assert "handout" not in str(head_of("keep-a-register", small).tags)
    assert tags(head_of("keep-a-register", small, replace(NOWHERE, handouts=True)), "citation_pdf") == []


def test_a_released_version_says_what_it_was(small: Library) -> None:
    """The page of a version is saved with the words of that time, whatever the vocabularies say today."""
    data = {"title": "A <b>title</b>", "summary": "Text[^s1].", "topics": ["scrap-metal", "gone"], "language": "fr"}
    old = replace(released(small.cases[0]), data=data, labels={"topics": {"scrap-metal": "Old metal"}}, version=3)
    head = Tags(release_head(Context(small, SITE).page(old.address), old))
    assert tags(head, "citation_") == [
        ("citation_title", "A <b>title</b>"),
        ("citation_author", "Casebook editors"),
        ("citation_publication_date", "2026/11/24"),
        ("citation_technical_report_institution", "Test Casebook"),
        ("citation_technical_report_number", "lost-source-2001, version 3"),
        ("citation_language", "fr"),
        ("citation_abstract", "Text."),
        ("citation_keywords", "Old metal"),
        ("citation_keywords", "gone"),
        ("citation_public_url", f"{HOME}{CASE}v/3/"),
    ]
    assert dict(tags(head, "DC."))["DC.title"] == "A <b>title</b>"
    assert linked(head)[1:] == [("cite-as", f"{HOME}{CASE}v/3/", "")]


def test_each_author_is_named_once(small: Library) -> None:
    """Authors are those whom the item names; a person is not made a group."""
    case = small.cases[0]
    names = ("Aung Min", "Casebook editors", "Aung Min")
    given = tuple(replace(case.contributors[0], name=name) for name in names)
    head = head_of(case.id, with_item(small, case, contributors=given))
    assert [value for _, value in tags(head, "citation_author")] == ["Aung Min", "Casebook editors"]
    assert [value for _, value in tags(head, "DC.creator")] == ["Aung Min", "Casebook editors"]
    assert [one["@type"] for one in nodes(head)[0]["author"]] == ["Person", "Organization"]


def test_other_pages_have_no_citation(small: Library, heads: dict[str, Tags]) -> None:
    """Lists, terms and withdrawn items say what they are, and are no reports."""
    withdrawn = with_item(small, small.cases[0], status="withdrawn", withdrawn_reason="The source was wrong.")
    made = heads | {CASE: head_of("lost-source-2001", withdrawn)}
    for address in ("", "cases/", "topics/scrap-metal/", CASE):
        assert tags(made[address], "citation_", "DC.", "og:image") == []
        assert dict(tags(made[address], "og:"))["og:type"] == "website"
        assert dict(tags(made[address], "og:"))["og:url"] == f"{HOME}{address}"
    assert {rel for rel, _, _ in linked(made[CASE])} == {"alternate feed"}


def test_nothing_is_said_twice(heads: dict[str, Tags]) -> None:
    """What the theme writes into each page is left to it, and no name that stands for one value stands twice."""
    many = {"citation_author", "citation_keywords", "DC.creator", "DC.subject"}
    for address, head in heads.items():
        names = [name for name, _ in tags(head, "") if name not in many]
        assert len(names) == len(set(names)), address
        assert not {"description", "author", "generator"} & set(names), address
        assert not {"canonical", "icon"} & {rel for rel, _, _ in linked(head)}, address
        assert "title" not in {tag for tag, _ in head.tags}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str, small: Library) -> None:
    """A title, a name or a summary cannot leave its attribute or its block of data, and no policy has to let it run."""
    case = small.cases[0]
    author = replace(case.contributors[0], name=text)
    changes = {"title": text, "summary": text, "contributors": (author,)}
    library = with_item(small, case, **changes)
    html = meta(items.page_of(library.items[case.id], Context(library, SITE)))["head"]
    head, flat = Tags(html), " ".join(text.split())
    assert {tag for tag, _ in head.tags} == {"meta", "link", "script"}
    assert {name for _, names in head.tags for name in names} <= {
        "name",
        "property",
        "content",
        "rel",
        "href",
        "type",
        "title",
    }
    assert dict(tags(head, "citation_"))["citation_title"] == dict(tags(head, "og:"))["og:title"] == flat
    assert nodes(head)[0]["name"] == text
    assert nodes(head)[0]["author"] == [{"@type": "Person", "name": text}]
    assert len(re.findall("<script", html)) == len(re.findall("</script>", html)) == 2
    assert policy(html) == policy("")


# --- links


def test_links_of_an_item(small: Library) -> None:
    """A machine is led to what describes an item, what it consists of, how to cite it, and who answers for it."""
    record = "api/v1/case-study/lost-source-2001.json"
    expected = [
        ("schema.DC", "http://purl.org/dc/elements/1.1/", ""),
        ("cite-as", CASE, ""),
        ("describedby", f"{CASE}cite.csl.json", "application/vnd.citationstyles.csl+json"),
        ("describedby", record, "application/json"),
        ("item", CASE, "text/html"),
        ("license", LICENCE, ""),
        ("author", "about/", "text/html"),
        ("linkset", f"{CASE}linkset.json", "application/linkset+json"),
        ("alternate oembed", "embed/case-study/lost-source-2001/oembed.json", "application/json+oembed"),
        ("alternate feed", "feeds/library.atom", "application/atom+xml"),
        ("alternate feed", "feeds/library.json", "application/feed+json"),
    ]

    def below(start: str) -> list[tuple[str, str, str]]:
        return [(rel, to if to.startswith("http") else f"{start}{to}", kind) for rel, to, kind in expected]

    assert linked(head_of("lost-source-2001", small)) == below(HOME)
    page = Context(small, NOWHERE).page(CASE)
    relative = [(rel, to if to.startswith("http") else page.href(to), kind) for rel, to, kind in expected]
    assert linked(head_of("lost-source-2001", small, NOWHERE)) == relative


def test_a_released_version_is_what_to_cite(small: Library) -> None:
    """As soon as a version is released, a citation names its own address; one of another version does not count."""
    case = small.cases[0]
    address = f"{HOME}{CASE}v/1/"
    library = dataclasses.replace(small, releases={case.id: [released(case)]})
    head = head_of(case.id, library)
    assert ("cite-as", address, "") in linked(head)
    assert tags(head, "citation_public_") == [("citation_public_url", address)]
    older = dataclasses.replace(small, releases={case.id: [replace(released(case), version=7)]})
    assert ("cite-as", f"{HOME}{CASE}", "") in linked(head_of(case.id, older))


@pytest.mark.parametrize(
    ("address", "stems"),
    [
        ("", ["feeds/library"]),
        ("cases/", ["feeds/kinds/case-study", "feeds/library"]),
        ("practices/", ["feeds/kinds/best-practice", "feeds/library"]),
        ("topics/", ["feeds/library"]),
        ("topics/scrap-metal/", ["feeds/topics/scrap-metal", "feeds/library"]),
        ("factors/no-tracking/", ["feeds/library"]),
    ],
)
def test_feeds(address: str, stems: list[str], heads: dict[str, Tags]) -> None:
    """Each page names the feeds of the library; a topic and the list of a kind name their own first."""
    found = [to for rel, to, _ in linked(heads[address]) if rel.startswith("alternate")]
    assert found == [f"{HOME}{stem}.{kind}" for stem in stems for kind in ("atom", "json")]


def test_linkset(small: Library, shapes: Shapes) -> None:
    """The link set has the links of the page, and those that lead back to it, as RFC 9264 writes them."""
    library = dataclasses.replace(small, releases={small.cases[0].id: [released(small.cases[0])]})
    made = {one.path: one.content for one in linkset.files(library, shapes, replace(SITE, handouts=True))}
    page = f"{HOME}{CASE}"
    csl, record = f"{page}cite.csl.json", f"{HOME}api/v1/case-study/lost-source-2001.json"
    back = [{"href": page, "type": "text/html"}]
    assert json.loads(made[f"{CASE}linkset.json"]) == {
        "linkset": [
            {
                "anchor": page,
                "cite-as": [{"href": f"{page}v/1/"}],
                "describedby": [
                    {"href": csl, "type": "application/vnd.citationstyles.csl+json"},
                    {"href": record, "type": "application/json"},
                ],
                "item": [
                    {"href": f"{page}v/1/", "type": "text/html"},
                    {"href": f"{page}handout.pdf", "type": "application/pdf"},
                ],
                "license": [{"href": LICENCE}],
                "author": [{"href": f"{HOME}about/", "type": "text/html", "title": "Casebook editors"}],
                "type": [
                    {"href": f"https://schema.org/{name}"} for name in ("AboutPage", "Report", "LearningResource")
                ],
            },
            {"anchor": csl, "describes": back},
            {"anchor": record, "describes": back},
            {"anchor": f"{page}v/1/", "collection": back},
            {"anchor": f"{page}handout.pdf", "collection": back},
        ]
    }
    plain = {one.path: str(one.content) for one in linkset.files(small, shapes, NOWHERE)}[f"{PRACTICE}linkset.json"]
    assert {one["anchor"] for one in json.loads(plain)["linkset"]} == {
        f"/{PRACTICE}",
        f"/{PRACTICE}cite.csl.json",
        "/api/v1/best-practice/keep-a-register.json",
    }


# --- structured data


def test_a_case_as_learning_resource(small: Library) -> None:
    """A case is a report and a learning resource about an event, with what a catalogue of courses asks for."""
    node = nodes(head_of("lost-source-2001", small))[0]
    assert {key: value for key, value in node.items() if key not in ("abstract", "isBasedOn", "about", "teaches")} == {
        "@context": "https://schema.org",
        "@type": ["Report", "LearningResource"],
        "@id": f"{HOME}{CASE}",
        "url": f"{HOME}{CASE}",
        "name": TITLE,
        "headline": TITLE,
        "identifier": "lost-source-2001",
        "version": 1,
        "datePublished": "2026-11-24",
        "dateModified": "2026-11-24",
        "inLanguage": "en",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "author": [{"@type": "Organization", "name": "Casebook editors"}],
        "publisher": {"@type": "Organization", "name": "Test Casebook", "url": HOME},
        "isPartOf": {"@type": "WebSite", "name": "Test Casebook", "url": HOME},
        "keywords": [*SUBJECTS, "No end-of-life provision", "No tracking or monitoring", "Norway"],
        "learningResourceType": "case study",
        "image": f"{HOME}{CASE}card.png",
        "reportNumber": "lost-source-2001, version 1",
        "educationalLevel": "Introductory",
        "educationalUse": "discussion",
        "timeRequired": f"PT{_case(small).teaching.minutes}M",  # type: ignore[union-attr]  # the base has it
        "audience": [{"@type": "EducationalAudience", "educationalRole": "Regulator or inspector"}],
    }
    assert node["about"][0] == {
        "@type": "Event",
        "name": TITLE,
        "startDate": "2001-03-05",
        "endDate": "2001-03-19",
        "location": [
            {"@type": "Place", "name": "Sampletown", "address": {"@type": "PostalAddress", "addressCountry": "NO"}}
        ],
    }
    assert [one["termCode"] for one in node["about"][1:]] == ["radiological-sources", "scrap-metal"]
    with_address = [source.url for source in _case(small).sources if source.url]
    assert [one["url"] for one in node["isBasedOn"]] == with_address
    assert "[^" not in json.dumps(node["teaches"])


def test_a_practice_as_learning_resource(small: Library) -> None:
    """A practice is an article that teaches its statement; it has no event and no minutes."""
    node = nodes(head_of("keep-a-register", small))[0]
    assert node["@type"] == ["Article", "LearningResource"]
    assert node["teaches"] == small.practices[0].statement
    assert node["learningResourceType"] == "best practice"
    assert {one["@type"] for one in node["about"]} == {"DefinedTerm"}
    assert not {"timeRequired", "educationalLevel", "reportNumber"} & set(node)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2001-03-05", "", ("2001-03-05", None)),
        ("2001-03", "2002", ("2001-03", "2002")),
        ("1987", "1987-10~", ("1987", None)),
        ("1985~", "", None),
        ("2023-02?", "2024", None),
    ],
)
def test_dates_of_events(start: str, end: str, expected: tuple[str, str | None] | None, small: Library) -> None:
    """A date is as precise as it is known; one that is uncertain is not said, and without a beginning no event is."""
    event = replace(cast("Event", _case(small).event), start=start, end=end)
    node = structured.event(event, "x", small.vocabularies)
    assert ((node["startDate"], node.get("endDate")) if node else None) == expected


def test_places_of_events(small: Library) -> None:
    """The place belongs to the first country, and the others are named by themselves."""
    event = replace(cast("Event", _case(small).event), countries=("NO", "SE"))
    assert [one["name"] for one in structured.event(event, "x", small.vocabularies)["location"]] == [
        "Sampletown",
        "Sweden",
    ]


def test_structured_data_without_address(small: Library) -> None:
    """Without an address the data name pages relative to their own, and no picture and no search."""
    node, trail = nodes(head_of("lost-source-2001", small, NOWHERE))
    assert (node["url"], node["publisher"]["url"]) == ("./", "../../")
    assert "image" not in node
    assert "potentialAction" not in _home(small, NOWHERE)
    assert [one.get("item") for one in trail["itemListElement"]] == ["../../", "../", None]


def _home(library: Library, site: Site) -> dict[str, Any]:
    [page] = home.pages(Context(library, site))
    return nodes(Tags(meta(page)["head"]))[0]


_TYPES = {
    "Report": "MergeLeafTypes<[ReportLeaf, LearningResourceLeaf]>",
    "Article": "MergeLeafTypes<[ArticleLeaf, LearningResourceLeaf]>",
}
_IMPORTS = (
    "import type { ArticleLeaf, BreadcrumbList, Dataset, LearningResourceLeaf, MergeLeafTypes, ReportLeaf, "
    'SearchActionLeaf, WebSite, WithActionConstraints, WithContext } from "schema-dts";'
)


def judged(given: Mapping[str, dict[str, Any]], folder: Path) -> dict[str, str]:
    """Return what TypeScript says against some structured data, by their names; each stands on a line of its own.

    The package schema-dts has the types of schema.org. It joins several types of one thing with MergeLeafTypes.
    """
    lines = [_IMPORTS, *(_declared(f"n{number}", node) for number, node in enumerate(given.values()))]
    (folder / "given.ts").write_text("\n".join(lines), encoding="utf-8")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    node = Path(sys.executable).with_name("node")
    compiler = str(ROOT / "node_modules" / "typescript" / "bin" / "tsc")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler"]
    command = [str(node) if node.exists() else "node", compiler, *options, "given.ts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    said = re.findall(r"^given\.ts\((\d+),\d+\): error TS\d+: (.*)", done.stdout, re.MULTILINE)
    assert bool(said) == bool(done.returncode), done.stdout + done.stderr
    return {list(given)[int(line) - 2]: words for line, words in said}


def _declared(name: str, node: dict[str, Any]) -> str:
    kind = node["@type"] if isinstance(node["@type"], str) else _TYPES[node["@type"][0]]
    # The types of `query-input` are those of an action with constraints, which stand beside those of the site.
    action = node.get("potentialAction")
    other = {key: value for key, value in node.items() if key != "potentialAction"}
    line = f"export const {name}: WithContext<{kind}> = {json.dumps(other)};"
    if action:
        line += f" export const {name}a: WithActionConstraints<SearchActionLeaf> = {json.dumps(action)};"
    return line


def test_structured_data_are_what_schema_org_says(small: Library, heads: dict[str, Tags], tmp_path: Path) -> None:
    """An independent judge finds every property and its type in schema.org, and finds each fault that is put in."""
    handouts = replace(SITE, handouts=True)
    made = heads | {f"{name} with handout": head_of(name, small, handouts) for name in small.items}
    pages = ("", CASE, PRACTICE, "cases/", "topics/scrap-metal/", "years/2000s/", *list(made)[-2:])
    good = {f"{page} {number}": node for page in pages for number, node in enumerate(nodes(made[page]))}
    good |= {"data": structured.dataset(small, SITE, SITE.address)}
    good |= {"home nowhere": _home(small, NOWHERE)}
    good |= {f"{name} nowhere": nodes(head_of(name, small, NOWHERE))[0] for name in small.items}
    assert len(good) == 16, sorted(good)
    case = good[f"{CASE} 0"]
    bad = {
        "no such property": {**case, "educationLevel": "Introductory"},
        "wrong type": {**case, "isAccessibleForFree": {"@type": "Event"}},
        "wrong number": {**case, "author": 7},
        "no such part": {**case, "about": [{**case["about"][0], "locations": []}]},
        "property of another": {**good[f"{PRACTICE} 0"], "reportNumber": "1"},
        "type of a list": {**good["cases/ 0"], "itemListElement": [{"@type": "ListItems"}]},
        "search": {**good[" 0"], "potentialAction": {"@type": "SearchAction", "query-inputs": "q"}},
    }
    said = judged({**good, **bad}, tmp_path)
    assert {name: words for name, words in said.items() if name in good} == {}
    assert set(said) == set(bad)
    assert "educationLevel" in said["no such property"]


# --- lists, robots and the engine


def test_a_list_offers_its_items(small: Library, pages: dict[str, Artifact]) -> None:
    """A citation manager can take each item from the lists of the kinds and from a topic, and only there."""

    def offered(address: str) -> list[dict[str, str]]:
        spans = (one for tag, one in Tags(drawn(pages[address])).tags if tag == "span" and one.get("class") == "Z3988")
        return [dict(parse_qsl(str(one["title"]), strict_parsing=True)) for one in spans]

    assert (
        offered("cases/")
        == offered("topics/scrap-metal/")
        == [
            {
                "ctx_ver": "Z39.88-2004",
                "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
                "rft.genre": "report",
                "rft.btitle": TITLE,
                "rft.au": "Casebook editors",
                "rft.date": "2026-11-24",
                "rft.pub": "Test Casebook",
                "rft_id": f"{HOME}{CASE}",
            }
        ]
    )
    assert [one["rft.btitle"] for one in offered("practices/")] == [small.practices[0].title]
    assert offered("years/2000s/") == offered("factors/no-tracking/") == offered(CASE) == []
    assert "rft_id" not in str(Context(small, NOWHERE).page("cases/").context_object(small.cases[0]))


def test_sitemap(small: Library, pages: dict[str, Artifact]) -> None:
    """Each page stands in it once; an item has the day of its last change, and others claim none."""
    made = {one.path: str(one.content) for one in _crawled(small, pages)}
    root = etree.fromstring(made["sitemap.xml"].encode())
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    entries = {
        entry.findtext("s:loc", namespaces=space): entry.findtext("s:lastmod", namespaces=space)
        for entry in root.findall("s:url", space)
    }
    assert {address: day for address, day in entries.items() if day} == {
        f"{HOME}{CASE}": "2026-11-24",
        f"{HOME}{PRACTICE}": "2026-11-24",
    }
    assert {HOME, f"{HOME}cases/", f"{HOME}about/data/", f"{HOME}topics/scrap-metal/"} <= set(entries)
    assert len(entries) == made["sitemap.xml"].count("<url>")
    assert not [address for address in entries if "/c/" in str(address) or "/embed/" in str(address)]
    assert made["robots.txt"].splitlines()[-1] == f"Sitemap: {HOME}sitemap.xml"
    gone = with_item(small, small.cases[0], status="withdrawn", withdrawn_reason="The source was wrong.")
    assert CASE not in str(next(_crawled(gone, pages)).content)


def test_sitemap_is_the_same_in_any_order() -> None:
    """The order of the pages does not matter; an address is written as XML wants it; no address, no files."""
    one, other = (
        list(sitemap.files(given, {"b/": "2026-01-02"}, SITE)) for given in (["a/", "b/"], ["b/", "a/", "a/"])
    )
    assert one == other
    assert "<loc>https://casebook.example/site/a&amp;b/</loc>" in str(next(sitemap.files(["a&b/"], {}, SITE)).content)
    assert list(sitemap.files(["a/"], {}, NOWHERE)) == []


def _crawled(library: Library, pages: dict[str, Artifact]) -> Iterator[Artifact]:
    return build.crawled(pages.values(), library, repository(ROOT), SITE)


def test_the_engine_makes_no_sitemap(tmp_path: Path) -> None:
    """Neither what MkDocs fills in nor the empty form of the theme comes into a site; the rest of the theme does."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\ntheme: {name: material}\nplugins: []\n", encoding="utf-8")
    config, plugin = load_config(str(tmp_path / "mkdocs.yml")), CasebookPlugin()
    plugin.load_config({})
    plugin.on_config(config)
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    assert files.get_file_from_path("sitemap.xml")
    with pytest.raises(PluginError, match="has no folder"):
        plugin.on_files(files, config=config)
    assert files.get_file_from_path("sitemap.xml") is None
    assert "sitemap.xml" not in config.theme.static_templates
    assert [one for one in files if one.src_uri.endswith(".css")]


def test_a_hand_written_page_has_a_head_too(small: Library) -> None:
    """MkDocs is given what to print for a page of docs/, and keeps what a generated page has."""
    plugin = CasebookPlugin()
    plugin.context = Context(small, SITE)
    written = SimpleNamespace(meta={"title": "Data", "description": "For machines"}, url="about/data/", title="Data")
    plugin.on_page_context({}, page=cast("Page", written))
    head = Tags(written.meta["head"])
    assert dict(tags(head, "og:"))["og:title"] == "Data"
    assert nodes(head)[0]["@type"] == "Dataset"
    generated = SimpleNamespace(meta={"head": "<meta>"}, url="cases/", title="Cases")
    plugin.on_page_context({}, page=cast("Page", generated))
    assert generated.meta["head"] == "<meta>"


def test_data_of_a_page_are_no_script() -> None:
    """JSON-LD needs no hash in the policy of a page; a script does, whatever else it says."""
    for kind in (
        'type="application/ld+json"',
        "type=application/ld+json",
        'TYPE="application/json"',
        'id="x" type="application/json"',
    ):
        assert policy(f"<script {kind}>{{}}</script>") == policy("")
    for kind in ("", 'type="module"', 'data-type="application/json"', 'type="text/javascript" id="application/json"'):
        assert policy(f"<script {kind}>run()</script>") != policy("")


# --- cards


@pytest.fixture(scope="module")
def studio() -> card.Studio:
    """What draws cards, with the pictures of this repository."""
    paths = repository(ROOT)
    made = card.studio(paths.node_modules, pictures.load(paths))
    assert made
    return made


def test_a_card(small: Library, studio: card.Studio) -> None:
    """A card is a PNG of the size that its page says, in the colour of its topic, and the same each time."""
    case = small.cases[0]
    words = card.words_of(case, small, "Test Casebook")
    assert words == card.Words(
        "Case study · Radiological sources", TITLE, case.id, "5 to 19 March 2001 · Norway", "Test Casebook"
    )
    drawn_once = studio.card(words, card.main_topic(case, small))
    picture = Image.open(io.BytesIO(drawn_once))
    assert (picture.format, picture.size) == ("PNG", facts.CARD_SIZE)
    assert picture.convert("RGB").getpixel((5, 5)) == (0x7A, 0x5A, 0x00)
    again = card.studio(repository(ROOT).node_modules, studio.pictures)
    assert again
    assert again.card(words, card.main_topic(case, small)) == drawn_once
    assert studio.card(replace(words, title="Another"), "") != drawn_once
    practice = small.practices[0]
    assert card.words_of(practice, small, "").below == practice.statement


@pytest.mark.parametrize("title", [*HOSTILE, "W" * 300, "word " * 60, "漢" * 120, "a\u0301" * 200, "", "\x00\u202e"])
def test_no_title_leaves_the_card(title: str, studio: card.Studio) -> None:
    """A title of any length stays within its margins: the paper around it is as it was."""
    words = card.Words("Case study", title, "an-id", title, "Test Casebook")
    picture = Image.open(io.BytesIO(studio.card(words, ""))).convert("RGB")
    paper = (0xFC, 0xFB, 0xF8)
    for box in ((1140, 150, 1200, 630), (24, 150, 80, 630), (24, 612, 1200, 630), (24, 0, 1200, 50)):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), paper)], box


def test_a_script_that_no_typeface_has(studio: card.Studio) -> None:
    """A title that cannot be drawn whole is not drawn; the id of the item stands in its place, and no boxes."""
    only_inter = card.Studio(Fonts(studio.fonts.inter), studio.pictures)
    vars(only_inter.fonts)["faces"] = studio.fonts.inter
    words = card.Words("Case study", "แหล่งกำเนิดรังสี 2001", "lost-source-2001", "", "Test Casebook")
    assert only_inter.card(words, "") == only_inter.card(replace(words, title="lost-source-2001"), "")
    assert only_inter.fonts.pieces("Việt Nam, Ελλάδα, Россия, Gdańsk") is not None


def test_lines_of_a_card() -> None:
    """Lines break between words, and between characters where a script has no blanks; a sign never begins a line."""
    assert wrap.lines("one two three", 7, len) == ["one two", "three"]
    assert wrap.lines("unbreakable", 4, len) == ["unbr", "eaka", "ble"]
    assert wrap.lines("核物質。防護、事案", 4, len) == ["核物質。", "防護、事", "案"]
    assert wrap.lines("核物質防。護", 4, len) == ["核物質", "防。護"]
    assert wrap.lines("", 4, len) == []
    assert wrap.shortened(["one two", "three four", "five"], 2, 10, len) == ["one two", "three fou…"]
    assert wrap.cleaned(" a\n\x00b\u202e  c ") == "a b c"


def test_cards_need_an_address(small: Library) -> None:
    """A site without an address has no cards, because nothing could name them."""
    paths, drawn_with = repository(ROOT), pictures.load(repository(ROOT))
    assert list(build.cards(small, paths, NOWHERE, drawn_with)) == []
    assert {one.path for one in build.cards(small, paths, SITE, drawn_with)} == {
        f"{CASE}card.png",
        f"{PRACTICE}card.png",
    }
    assert list(build.cards(small, paths, SITE, pictures.NONE)) == []


def _case(library: Library) -> CaseStudy:
    return library.cases[0]
