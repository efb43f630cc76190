"""Cards for other sites: what they say, the code that shows them, their oEmbed records, and the QR code beside."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import escape, unescape
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from tests.drawing import Tags, drawn
from tests.support import DATA, ROOT, SITE, base, library_of, published, replaced

from casebook import embed, qr, render
from casebook.artifact import Site
from casebook.export import oembed, qr_codes
from casebook.render import items
from casebook.render.page import Context

if TYPE_CHECKING:
    from casebook.library import Library
    from casebook.model import Item
    from casebook.shape import Shapes

NOWHERE = Site("Test Casebook")
HEAVIEST = 12_000
CASE_ID, PRACTICE_ID, OLD_ID = "lost-source-2001", "keep-a-register", "old-practice"
HOSTILE = [
    '</h1></main></body><script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "' onload='alert(1) {{ 7*7 }}{% raw %} </textarea></details> src=\"/embed/",
    "</title></style><!-- &lt;b&gt; ]]> \\ \u202e",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with a case, a practice, and a withdrawn practice with what to read instead."""
    gone = "status: withdrawn\nwithdrawn_reason: The source was wrong.\nsuperseded_by: keep-a-register"
    old = replaced(base("best-practice"), [("id: keep-a-register", f"id: {OLD_ID}"), ("status: published", gone)])
    files = published() | {f"cases/best-practices/{OLD_ID}.md": old}
    return library_of(tmp_path_factory.mktemp("cards"), files)


def cards(library: Library, site: Site = SITE) -> dict[str, str]:
    """Return the HTML of the cards by the ids of their items."""
    made = {artifact.path: str(artifact.content) for artifact in render.leaves(library, site)}
    return {item.id: made[f"{item.embed_address}index.html"] for item in library.items.values()}


def words(html: str) -> str:
    """Return the text of a page, without what its style and scripts say."""
    text = "".join(Tags(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)).text)
    return " ".join(text.split())


def with_item(library: Library, item: Item) -> Library:
    """Return a library with one item in place of the one with its id."""
    return replace(library, items={**library.items, item.id: item})


SAID = {
    CASE_ID: [
        "Case study Norway 2001",
        "A lost source: Sampletown, 2001",
        "A company moved and left a gauge with a radioactive source behind.",
        "Ask where each source goes before a company moves.",
        "Compare the list with the store once a year.",
        "Radiological sources",
        "2 sources: ",
        "not yet peer-reviewed; version 1 of 24 November 2026",
        "Read the case (opens in a new tab) with 1 more lesson",
        "https://casebook.example/site/c/lost-source-2001/",
        "text under CC BY 4.0",
    ],
    PRACTICE_ID: [
        "Best practice Keep a register of sources",
        "Companies should keep one list of all sources and compare it with the store every year.",
        "If you are five people, start here Write down what is in the store today.",
        "review recorded; version 2 of 24 November 2026",
        "Read the practice (opens in a new tab)",
        "https://casebook.example/site/c/keep-a-register/",
        "text under CC BY 4.0",
    ],
    OLD_ID: [
        "Withdrawn. The source was wrong.",
        "Read instead: Keep a register of sources (opens in a new tab)",
        "The text is no longer published.",
        "https://casebook.example/site/c/old-practice/",
    ],
}
NOT_SAID = {
    CASE_ID: ["A monitor at the gate", "Withdrawn", "Draft"],
    PRACTICE_ID: ["not yet peer-reviewed", "Lessons"],
    OLD_ID: ["Companies should keep", "Write down what", "CC BY", "Read the practice"],
}


@pytest.mark.parametrize("item_id", SAID)
def test_a_card_says_what_the_item_is(library: Library, item_id: str) -> None:
    """A card has title, place, first lessons or first step, evidence, version, links and licence, or why it is gone."""
    text = words(cards(library)[item_id])
    assert [one for one in SAID[item_id] if one not in text] == []
    assert [one for one in NOT_SAID[item_id] if one in text] == []


def test_a_card_stands_alone(library: Library) -> None:
    """A card loads nothing but its small script, is light, leads out of the frame, and says where its item stands."""
    for item_id, html in cards(library).items():
        item, tags = library.items[item_id], Tags(html)
        loaded = [value for tag, names in tags.tags if tag != "a" for name, value in names.items() if name == "src"]
        assert loaded == ["../../../assets/casebook/js/card.js"]
        assert [names for tag, names in tags.tags if tag == "link" and names["rel"] == "stylesheet"] == []
        assert "url(" not in html
        links = [names for tag, names in tags.tags if tag == "a"]
        assert all(one["target"] == "_blank" and "noopener" in str(one["rel"]) for one in links)
        assert f"../../../{item.address if item.is_shown else item.short_address}index.html" in [
            one["href"] for one in links
        ]
        assert f'<link rel="canonical" href="{SITE.address(item.address)}">' in html
        assert f'type="application/json+oembed" href="{SITE.address(item.embed_address)}oembed.json"' in html
        assert "frame-ancestors" not in html
        assert len(gzip.compress(html.encode())) < HEAVIEST / 3


def test_the_colours_are_those_of_the_site() -> None:
    """The card has its own style, and each colour in it is the one of the site, light and dark."""
    style = ROOT / "docs" / "assets" / "css"
    card = (ROOT / "scripts/casebook/render/templates/card.css").read_text(encoding="utf-8")
    palettes = [
        dict(re.findall(r"--([\w-]+): (#\w{6});", (style / f"{name}.css").read_text(encoding="utf-8")))
        for name in ("tokens", "dark")
    ]
    assert palettes[0].keys() == palettes[1].keys()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", card)
    assert found
    assert all([light, dark] == [palette[name] for palette in palettes] for name, light, dark in found)
    plain = re.findall(r"--([\w-]+): (#\w{6});", card)
    assert dict(plain) == {name: light for name, light, _ in found}


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("item_id", [CASE_ID, PRACTICE_ID, OLD_ID])
def test_a_title_stays_text(library: Library, title: str, item_id: str) -> None:
    """Whatever the title is, card, code and box have the same elements, and the title comes back as it was."""
    item = replace(library.items[item_id], title=title)
    changed = with_item(library, item)
    assert words(cards(changed)[item_id]).count(" ".join(title.split())) >= 1
    expected, found = Tags(cards(library)[item_id]), Tags(cards(changed)[item_id])
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in expected.tags]
    code = embed.code(embed.card(item, changed), SITE)
    [(tag, names)] = Tags(code).tags
    assert (tag, names["title"]) == ("iframe", f"{title} - Test Casebook")
    assert code.count(escape(SITE.address(item.embed_address))) == 1
    if item.is_shown:
        box = re.search(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', drawn(_page(item, changed)), re.DOTALL)
        assert box
        assert unescape(box[1]) == code


def _page(item: Item, library: Library) -> Any:
    return items.page_of(item, Context(library, SITE))


def test_the_code_in_two_forms(library: Library) -> None:
    """One form is a frame alone; the other brings the script of the same site. Without an address it is the path."""
    shown = embed.card(library.items[CASE_ID], library)
    frame = embed.code(shown, SITE)
    address = "https://casebook.example/site/embed/case-study/lost-source-2001/"
    assert frame == (
        f'<iframe src="{address}" title="A lost source: Sampletown, 2001 - Test Casebook" width="100%" '
        f'height="{shown.height}" style="border: 0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
    script = '<script async src="https://casebook.example/site/assets/casebook/js/embed.js"></script>'
    assert embed.code(shown, SITE, resizing=True) == f"{frame}\n{script}"
    assert 'src="/embed/case-study/lost-source-2001/"' in embed.code(shown, NOWHERE)


def test_the_height_follows_the_text(library: Library) -> None:
    """More text needs more height, a Chinese letter takes the room of two, and a withdrawn item needs little."""
    item = library.items[CASE_ID]
    heights = [
        embed.card(replace(item, title=title), library).height
        for title in ("One", "word " * 40, "核安全经验教训 " * 40)
    ]
    assert heights == sorted(set(heights))
    assert embed.card(library.items[OLD_ID], library).height < heights[0]


def test_oembed_records(library: Library, shapes: Shapes) -> None:
    """Each item has a record that fits the standard, made of the same code as the box on its page."""
    schema = json.loads((DATA / "oembed.schema.json").read_text(encoding="utf-8"))
    made = {artifact.path: json.loads(artifact.content) for artifact in oembed.files(library, shapes, SITE)}
    assert set(made) == {f"{item.embed_address}oembed.json" for item in library.items.values()}
    for item in library.items.values():
        record = made[f"{item.embed_address}oembed.json"]
        assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(record)] == []
        assert record["html"] == embed.code(embed.card(item, library), SITE)
        assert record["title"] == item.title
        assert ("thumbnail_url" in record) == item.is_shown
    record = made["embed/case-study/lost-source-2001/oembed.json"]
    assert (record["author_name"], record["provider_name"]) == ("Casebook editors", "Test Casebook")
    assert record["provider_url"] == "https://casebook.example/site/"
    assert record["thumbnail_url"] == "https://casebook.example/site/cases/lost-source-2001/card.png"


def test_without_an_address(library: Library, shapes: Shapes) -> None:
    """A site that does not know its address makes no records and codes that lead nowhere, and the page says so."""
    assert [*oembed.files(library, shapes, NOWHERE), *qr_codes.files(library, shapes, NOWHERE)] == []
    html = cards(library, NOWHERE)[CASE_ID]
    assert "oembed" not in html
    assert "canonical" not in html
    page = drawn(items.page_of(library.items[CASE_ID], Context(library, NOWHERE)))
    assert "does not know its own address" in page
    assert "QR code" not in page
    assert "qr.svg" not in page


def test_qr_codes(library: Library, shapes: Shapes) -> None:
    """The QR code has a name, works in the dark, is small, and is the same file on the page and for slides."""
    made = {artifact.path: str(artifact.content) for artifact in qr_codes.files(library, shapes, SITE)}
    assert set(made) == {"cases/lost-source-2001/qr.svg", "practices/keep-a-register/qr.svg"}
    svg = made["cases/lost-source-2001/qr.svg"]
    root = ET.fromstring(svg)  # noqa: S314  # our own
    assert root.get("aria-label") == "QR code of https://casebook.example/site/c/lost-source-2001/"
    assert 'fill="#fff"' in svg
    assert len(gzip.compress(svg.encode())) < 1200
    assert svg in drawn(_page(library.items[CASE_ID], library))
    assert "<script" not in qr.drawing('https://casebook.example/"><script>alert(1)</script>')
