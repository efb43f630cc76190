"""Citations: one record, and what programs that read the formats find in each of them."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import rispy
import yaml
from lxml import html
from pybtex.database import parse_string
from tests.drawing import Tags, drawn
from tests.support import ROOT, SITE, real

from casebook import build, load
from casebook.artifact import Site
from casebook.citation import FILES, Citation, bibtex, plain, record, ris, styled
from casebook.citation._reduction import full, reduced, rendered
from casebook.export import citations
from casebook.library import Library
from casebook.model import Contributor
from casebook.paths import repository
from casebook.registry import CASE_STUDY
from casebook.release import Release
from casebook.render import items
from casebook.render.page import Context

if TYPE_CHECKING:
    from pybtex.database import Entry

    from casebook.citation.record import Record
    from casebook.model import Item
    from casebook.shape import Shapes

ADDRESS = "https://casebook.example/site/cases/lost-source-2001/"
SUMMARY = (
    "A company moved and left a gauge with a radioactive source behind. A trader bought the gauge as scrap, and it was "
    "found two weeks later at the gate of a metal works."
)
CASE = {
    "id": "lost-source-2001-v1",
    "type": "report",
    "title": "A lost source: Sampletown, 2001",
    "author": [{"literal": "Casebook editors"}],
    "issued": {"date-parts": [[2026, 11, 24]]},
    "publisher": "Test Casebook",
    "genre": "Case study",
    "number": "lost-source-2001",
    "version": "1",
    "URL": ADDRESS,
    "language": "en",
    "abstract": SUMMARY,
    "keyword": "Radiological sources, Scrap metal",
}
LIBRARY = {
    "id": "test-casebook",
    "type": "report",
    "title": "Test Casebook: lessons learned and best practices in nuclear security",
    "author": [{"literal": "Test Casebook contributors"}],
    "issued": {"date-parts": [[2026, 11, 24]]},
    "URL": "https://casebook.example/site/",
    "language": "en",
}
HOSTILE = [
    "{",
    "}} , year = {1066",
    "ends with \\",
    r"\input{/etc/passwd} \write18",
    "100% of $5 & #1_x ~ a~b ^",
    "<b>bold</b> & \"quoted\" 'too' &amp;",
    "</p></div><script>alert(1)</script>",
    "one line\nER  - \r\nTY  - JOUR\u2028TI  - two\x00\x02",
    "@comment{x} @string(a = b)",
    "Ж 日本の監視カメラ ไทย",
    "تجربة في الأمن النووي אבג",
    "5 km) and 3 kg",
    "1987",
    '<span class="nocase">x',
    "{{ 7*7 }}{% raw %}{#cite}",
]
WORDS_OF_TEX = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
TEX = re.compile(r"\\(?P<word>\w+)\{\}|\\textasciitilde(?P<space>\\ | ?)|\\(?P<sign>[%&#$_])")


def from_tex(value: str) -> str:
    """Return a text as LaTeX prints it."""

    def sign(match: re.Match[str]) -> str:
        if match["word"]:
            return WORDS_OF_TEX[match["word"]]
        return match["sign"] or "~" + match["space"].strip("\\" if match["space"] == "\\ " else " ")

    return TEX.sub(sign, value)


def entry(text: str) -> Entry:
    """Return the one entry of a BibTeX file."""
    ((key, found),) = parse_string(text, "bibtex").entries.items()
    assert re.fullmatch(r"[\w-]+", key)
    return found


@cache
def item(path: str) -> tuple[Item, Library]:
    """Return an item of this repository, alone in a library."""
    vocabularies, shapes = real()
    found = build.Entry.of(load.load(ROOT / path, repository(ROOT)), shapes)
    library = Library.of([(build._item(found), found.stream)], vocabularies)
    return next(iter(library.items.values())), library


def lone(one: Item, small: Library, *releases: Release) -> Library:
    """Return a library of one item, with its released versions."""
    return Library.of([(one, ())], small.vocabularies, releases)


def release(version: int = 1, **data: Any) -> Release:
    """Return a released version of the case of the small library."""
    words = {"topics": {"scrap-metal": "Metal for scrap"}}
    return Release(CASE_STUDY, "lost-source-2001", version, "2026-11-24", "First.", "c0ffee", data, "", words)


def withdrawn(small: Library) -> Item:
    """Return the case of the small library, withdrawn."""
    return replace(small.cases[0], status="withdrawn", withdrawn_reason="The source was wrong.")


def cited(small: Library, **changes: Any) -> Record:
    """Return the record of the case of the small library, with other values in some fields."""
    return {**record.of_item(small.cases[0], small, SITE), **changes}


# --- the record


def test_record_of_an_item(small: Library) -> None:
    """It says who, when, what, where and which version; a site without an address of its own makes none up."""
    assert cited(small) == CASE
    without = record.of_item(small.cases[0], small, Site("Test Casebook"))
    assert without == {key: value for key, value in CASE.items() if key != "URL"}


def test_record_of_a_released_version(small: Library) -> None:
    """A released version has the address that never changes, and so has the item that stands at this version."""
    old = release(1, title="Before", summary="What it was [^s1].", topics=["scrap-metal"], contributors=[{"name": "A"}])
    case = replace(small.cases[0], version=2)
    assert record.of_release(old, SITE, case) == {
        **CASE,
        "title": "Before",
        "author": [{"literal": "A"}],
        "URL": f"{ADDRESS}v/1/",
        "abstract": "What it was.",
        "keyword": "Metal for scrap",
    }
    for releases, address in (((old,), ADDRESS), ((old, release(2)), f"{ADDRESS}v/2/")):
        found = record.of_item(case, lone(case, small, *releases), SITE)
        assert (found["URL"], found["id"]) == (address, "lost-source-2001-v2")


def test_record_of_what_is_withdrawn(small: Library) -> None:
    """What is withdrawn is cited with this word and the reason, and without the words that were withdrawn."""
    kept = {key: value for key, value in CASE.items() if key not in ("abstract", "keyword")}
    expected = {**kept, "status": "withdrawn", "note": "Withdrawn: The source was wrong."}
    item, old = withdrawn(small), release(1, title=CASE["title"], summary=SUMMARY)
    assert record.of_item(item, lone(item, small, old), SITE) == expected
    assert record.of_release(old, SITE, item) == {**expected, "URL": f"{ADDRESS}v/1/"}
    for text in (plain.line, bibtex.text, ris.text, record.text, *(styled_by(name) for name in STYLES)):
        one = text(expected) if text is plain.line else text([expected])
        assert "withdrawn" in one.lower(), text


def test_record_of_the_library(small: Library) -> None:
    """The library has its own record: its contributors, and the day of the newest version of an item."""
    assert record.of_library(small, SITE) == LIBRARY
    empty = record.of_library(Library.of([], small.vocabularies), Site("核の教訓"))
    assert (empty["id"], empty.get("issued")) == ("casebook", None)


def test_names_stay_as_they_are_written(small: Library) -> None:
    """Each name stands once, in one piece; where there is none, the editors are the authors."""
    names = ("Maria de la Cruz", "Kim, Lee and Sons", "Maria de la Cruz", " ")
    people = tuple(Contributor(name, "author") for name in names)
    case = replace(small.cases[0], contributors=people)
    found = record.of_item(case, lone(case, small), SITE)
    assert found["author"] == [{"literal": "Maria de la Cruz"}, {"literal": "Kim, Lee and Sons"}]
    assert [str(one) for one in entry(bibtex.text([found])).persons["author"]] == [
        "{Maria de la Cruz}",
        "{Kim, Lee and Sons}",
    ]
    nobody = replace(case, contributors=())
    assert record.of_item(nobody, lone(nobody, small), SITE)["author"] == [{"literal": "Casebook editors"}]


# --- the formats


@pytest.mark.parametrize("words", HOSTILE)
def test_each_format_gives_back_what_it_was_given(words: str, small: Library) -> None:
    """Whatever stands in a title, a name or a summary, each reader of a format finds the same, and nothing else."""
    case = replace(small.cases[0], title=words, summary=words, contributors=(Contributor(words, "author"),))
    site = Site(words, SITE.url)
    found = record.of_item(case, lone(case, small), site)
    title = " ".join(re.sub(r"[\x00-\x1f\u2028]", " ", words).split())
    assert (found["title"], found["author"], found["publisher"]) == (title, [{"literal": title}], title)
    assert json.loads(record.text([found])) == [found]
    assert in_bibtex(found) == found
    assert in_ris(found) == found
    for style in STYLES:
        text = styled.text(style, found)
        assert title.casefold() in text.casefold()
        shown = Tags(styled.html(style, found))
        assert "".join(shown.text) == text
        assert {tag for tag, _ in shown.tags} == {"i"}
        assert (shown.open, shown.unbalanced) == ([], [])


def in_bibtex(of: Record) -> Record:
    """Return what a reader of BibTeX finds of a record, under the names of CSL."""
    found = entry(bibtex.text([of]))
    assert (found.type, list(found.persons)) == ("techreport", ["author"])
    fields = {key: from_tex(value) for key, value in found.fields.items() if key != "url"}
    version, _, day = fields["note"].removeprefix("Version ").partition(", ")
    assert (fields["title"][0], fields["title"][-1], day) == ("{", "}", "24 November 2026")
    names = {"publisher": "institution", "genre": "type", "keyword": "keywords"}
    same = ("publisher", "genre", "number", "language", "abstract", "keyword")
    return {
        "id": found.key,
        "type": "report",
        "title": fields["title"][1:-1],
        "author": [{"literal": from_tex(str(one)[1:-1])} for one in found.persons["author"]],
        "issued": {"date-parts": [[int(fields["year"]), 11, 24]]},
        "version": version,
        "URL": found.fields["url"],
        **{key: fields[names.get(key, key)] for key in same},
    }


def in_ris(of: Record) -> Record:
    """Return what a reader of RIS finds of a record, under the names of CSL."""
    (found,) = rispy.loads(ris.text([of]))
    assert (found.pop("type_of_reference"), found.pop("year")) == ("RPRT", "2026")
    names = {"genre": "type_of_work", "number": "issn"}
    same = ("id", "title", "publisher", "genre", "number", "language", "abstract")
    record_of = {
        "type": "report",
        "author": [{"literal": one.removesuffix(",")} for one in found.pop("authors")],
        "issued": {"date-parts": [[int(part) for part in found.pop("date").split("/")]]},
        "version": found.pop("notes")[0].removeprefix("Version "),
        "URL": found.pop("urls")[0],
        "keyword": ", ".join(found.pop("keywords")),
        **{key: found.pop(names.get(key, key)) for key in same},
    }
    assert found == {}
    return record_of


def test_an_address_in_bibtex_is_not_escaped(small: Library) -> None:
    r"""Styles set addresses with `\url`, which takes each sign as it is."""
    address = "https://people.example/~a_b/100%25/cases/x/?a=1&b=2#c"
    assert f'url = "{address}"' in bibtex.text([cited(small, URL=address)])
    assert 'url = "https://a.example/%7B%22%5C/"' in bibtex.text([cited(small, URL='https://a.example/{"\\/')])


STYLES = (styled.APA, styled.CHICAGO)


def styled_by(style: str) -> Any:
    """Return the function that sets the one record of a list in a style."""
    return lambda records: styled.text(style, records[0])


LORRY = """
Casebook editors. (2026). <i>A gauge source falls from a lorry and is found on a 1,400 km road: Western Australia,
2023</i> (Case Study western-australia-2023; Version 1). Test Casebook.
https://casebook.example/site/cases/western-australia-2023/

Casebook editors. 2026. <i>A Gauge Source Falls from a Lorry and Is Found on a 1,400 km Road: Western Australia,
2023</i>. Case Study western-australia-2023. Version 1. Test Casebook.
https://casebook.example/site/cases/western-australia-2023/.
"""
IPPAS = """
Casebook editors. (2026). <i>Inviting an international review of physical protection (IPPAS), and inviting it
again</i> (Best Practice ippas-peer-review; Version 1). Test Casebook.
https://casebook.example/site/practices/ippas-peer-review/

Casebook editors. 2026. <i>Inviting an International Review of Physical Protection (IPPAS), and Inviting It Again</i>.
Best Practice ippas-peer-review. Version 1. Test Casebook. https://casebook.example/site/practices/ippas-peer-review/.
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("cases/case-studies/western-australia-2023.md", LORRY),
        ("cases/best-practices/ippas-peer-review.md", IPPAS),
    ],
)
def test_styles(path: str, expected: str) -> None:
    """APA keeps the title as it is, Chicago gives each word a capital, and no sign of a unit or id changes."""
    one, library = item(path)
    # The items may have reached a later version since.
    found = {**record.of_item(one, library, SITE), "version": "1", "issued": {"date-parts": [[2026, 11, 24]]}}
    apa, chicago = (" ".join(lines.split()) for lines in expected.split("\n\n"))
    assert (styled.html(styled.APA, found), styled.html(styled.CHICAGO, found)) == (apa, chicago)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"number": "y12"},
        {"title": "1987"},
        {"status": "withdrawn"},
        {"language": "fr"},
        {"title": "Is it? Yes."},
        *({"author": [{"literal": f"Name {number}"} for number in range(count)]} for count in (2, 3, 9, 25)),
        *({gone: None} for gone in ("URL", "issued", "publisher", "genre", "version")),
        {"issued": None, "URL": None, "publisher": None},
        dict.fromkeys(("publisher", "genre", "number", "version")),
    ],
    ids=str,
)
def test_a_reduced_style_says_the_same_as_the_full_one(style: str, changes: Record, small: Library) -> None:
    """What is taken out of a style for speed changes no word of what it sets."""
    found = {key: value for key, value in cited(small, abstract=None, keyword=None, **changes).items() if value}
    assert styled.text(style, found) == rendered(full(style), styled.printed(found))


def test_a_style_is_reduced_once_for_all_items_that_are_alike(small: Library) -> None:
    """Items that differ only in their words share one reduced style: that is what makes it fast."""
    reduced.cache_clear()
    for number in range(5):
        styled.text(styled.APA, cited(small, id=f"a-v{number}", title=f"Case {number}", number=f"case-{number}"))
    assert reduced.cache_info().misses == 1


def test_plain(small: Library) -> None:
    """One line of text has it all."""
    assert plain.line(CASE) == (
        "Casebook editors (2026). A lost source: Sampletown, 2001. Test Casebook, case study lost-source-2001, "
        f"version 1. {ADDRESS}"
    )
    bare = {key: value for key, value in CASE.items() if key not in ("URL", "issued")}
    assert plain.line(bare).startswith("Casebook editors. A lost")
    assert plain.line(bare).endswith("version 1.")
    assert plain.line(LIBRARY) == f"Test Casebook contributors (2026). {LIBRARY['title']}. {LIBRARY['URL']}"
    assert plain.line(cited(small, status="withdrawn")).endswith(f"version 1, withdrawn. {ADDRESS}")


# --- the files


def test_files(small: Library, shapes: Shapes) -> None:
    """Each item and each released version has its files, and those of the library hold it and all of its items."""
    case, practice = small.cases[0], small.practices[0]
    pairs = [(case, small.streams[case.id]), (practice, small.streams[practice.id])]
    library = Library.of(pairs, small.vocabularies, [release(1, title="Before")])
    found = {one.path: str(one.content) for one in citations.files(library, shapes, SITE)}
    bases = ("cases/lost-source-2001/cite", "practices/keep-a-register/cite", "cases/lost-source-2001/v/1/cite")
    for base in (*bases, "api/v1/library"):
        assert all(f"{base}.{ending}" in found for ending in FILES), base
    keys = ["test-casebook", "keep-a-register-v2", "lost-source-2001-v1"]
    assert list(parse_string(found["api/v1/library.bib"], "bibtex").entries) == keys
    assert [one["id"] for one in rispy.loads(found["api/v1/library.ris"])] == keys
    assert [one["id"] for one in json.loads(found["api/v1/library.csl.json"])] == keys
    assert json.loads(found["cases/lost-source-2001/v/1/cite.csl.json"])[0]["title"] == "Before"


# --- the page


def page_of(one: Item, library: Library) -> Any:
    """Return the page of an item as a tree."""
    return html.document_fromstring(drawn(items.page_of(one, Context(library, SITE))))


def test_the_page_shows_what_the_files_hold(small: Library, shapes: Shapes) -> None:
    """Each format stands on the page, escaped once, with a button that copies it, and with the files beside it."""
    case = replace(small.cases[0], title='R&D <b>"x"</b> \\ {', summary="A & B")
    library = Library.of([(case, small.streams[case.id])], small.vocabularies)
    page = page_of(case, library)
    expected = Citation.of(record.of_item(case, library, SITE))
    shown = {one.get("data-copy"): one for one in page.xpath("//div[@class='citation']//button")}
    names = ("plain", "apa", "chicago", "bibtex", "ris", "csl")
    for target, name in zip(shown, names, strict=True):
        text = page.get_element_by_id(target).text_content()
        words = getattr(expected, name)
        assert text == ("".join(Tags(words).text) if "<i>" in words else words.strip())
    files = {one.path for one in citations.files(library, shapes, SITE)}
    for link in page.xpath("//p[@class='citation-files']/a/@href"):
        assert posixpath.normpath(posixpath.join(case.address, link)) in files
    assert page.xpath("//p[@class='evidence']/a[@class='cite-link']/@href") == ["#cite"]
    assert page.get_element_by_id("cite").tag == "h2"


@pytest.mark.parametrize("shown", [True, False])
def test_ids_of_the_block_are_reserved(small: Library, *, shown: bool) -> None:
    """Each id begins with `citation-`, which no heading of an author may; each choice has its label and its text."""
    case = small.cases[0] if shown else withdrawn(small)
    library = Library.of([(case, small.streams[case.id])], small.vocabularies)
    page = page_of(case, library)
    (block,) = page.xpath("//div[@class='citation']")
    ids = block.xpath(".//@id")
    assert ids
    assert all(one.startswith("citation-") for one in ids)
    choices = block.xpath("./input/@id")
    assert block.xpath("./label/@for") == choices
    style = (ROOT / "docs" / "assets" / "css" / "item.css").read_text(encoding="utf-8")
    for choice in choices:
        panel = choice.replace("citation-as-", "citation-")
        assert block.xpath(f"./div[@class='{panel}']"), choice
        assert f"#{choice}:checked ~ .{panel}" in style


# --- the repository


def test_citation_file_of_the_repository() -> None:
    """`CITATION.cff` has what CFF 1.2.0 demands, says the same as the package, and makes no identifier up."""
    cff = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"authors", "cff-version", "message", "title"} <= set(cff)
    assert set(cff) <= {*CFF, "references"}
    assert (cff["cff-version"], cff["type"]) == ("1.2.0", "software")
    assert cff["title"].lower().replace(" ", "-") == project["name"]
    assert (cff["version"], cff["license"]) == (project["version"], project["license"])
    assert cff["authors"] == [{"name": "Nuclear Security Casebook contributors"}]
    (content,) = cff["references"]
    assert {"authors", "title", "type"} <= set(content)
    assert (content["type"], content["license"]) == ("data", "CC-BY-4.0")
    assert content["title"] == f"Nuclear Security Casebook: {record.SUBJECT}"
    assert "doi" not in json.dumps(cff)


CFF = (
    *("abstract", "authors", "cff-version", "commit", "contact", "date-released", "identifiers", "keywords", "license"),
    *("license-url", "message", "repository", "repository-artifact", "repository-code", "title", "type", "url"),
    "version",
)
