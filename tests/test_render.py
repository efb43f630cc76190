"""The pages: each kind is drawn, author's text cannot become markup, and no link of ours leads nowhere."""

from __future__ import annotations

import dataclasses
import json
import posixpath
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
import yaml
from tests.drawing import Tags, body, drawn, meta
from tests.support import CASE, DRAFT, PNG, PRACTICE, ROOT, SITE, base, based, crowded, library_of, published, replaced

from casebook import course, export, render
from casebook.facet import FACETS
from casebook.finding import Finding, Location
from casebook.library import Library
from casebook.model import Step
from casebook.registry import CASE_STUDY, KINDS
from casebook.render import items, manual
from casebook.render.page import Context, evidence, plural
from casebook.rules import RULES, duplicate_local_id
from casebook.text import citations, first_sentence, tokens

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.artifact import Artifact, Site
    from casebook.model import CaseStudy
    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies

PREVIEW = replace(SITE, drafts=True)
WITHDRAWN = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")
CLOSE = "Also close to this one, by what they share"
HOSTILE = [
    "</h1></div></section></article><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "---\ntitle: other\n---\n\n# A heading\n\n<x-y>",
    "[link](javascript:alert(1)) ![image](x) **strong** `code` {: onclick=alert(1) }",
    "</script><!-- &lt;b&gt; ]]> \\",
    "{#anchor}\n\n## More {#what-happened}\n\n- list",
]


def pages(
    library: Library, shapes: Shapes, site: Site = SITE, findings: tuple[Finding, ...] = ()
) -> dict[str, Artifact]:
    """Return the pages of a library by their addresses."""
    made = list(render.pages(library, shapes, site, findings))
    assert all(artifact.path.endswith("index.md") for artifact in made)
    assert len({artifact.path for artifact in made}) == len(made)
    return {artifact.path.removesuffix("index.md"): artifact for artifact in made}


def full(folder: Path) -> Library:
    """Return a library with published, withdrawn and unfinished items of both kinds."""
    withdrawn = replaced(base("best-practice"), [("id: keep-a-register", "id: old-practice"), WITHDRAWN])
    files = published() | {DRAFT: base("draft"), "cases/best-practices/old-practice.md": withdrawn}
    return library_of(folder, files, drafts=True)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with published, withdrawn and unfinished items of both kinds."""
    return full(tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="module")
def safe(everything: Library, shapes: Shapes) -> dict[str, Tags]:
    """The pages of this library as they are drawn, by their addresses."""
    return {address: Tags(drawn(artifact)) for address, artifact in pages(everything, shapes, PREVIEW).items()}


@cache
def _navigation() -> frozenset[str]:
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.add(value.removesuffix("index.md").removesuffix(".md") + ("" if value.endswith("index.md") else "/"))
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(one)

    walk(config["nav"])
    return frozenset(found)


# --- every page


def test_each_kind_of_page_is_drawn(everything: Library, shapes: Shapes) -> None:
    """Items, lists, facets, terms, rules, fields, findings and the first page are there."""
    made = pages(everything, shapes, PREVIEW)
    expected = {"", "cases/", "practices/", "rules/", "schema/", "glossary/", "findings/"}
    expected |= {"cases/lost-source-2001/", "cases/unfinished-2002/", "practices/old-practice/"}
    expected |= {"years/2000s/", "regions/europe/", "countries/no/", "settings/industrial-use/", "outcomes/loss/"}
    expected |= {f"{facet.address}/" for facet in FACETS}
    expected |= {"browse/", "materials/category-4/", "organisations/operator/", "states/newcomer/", "reviews/none/"}
    expected |= {"audiences/regulator/", "levels/introductory/", "languages/en/", "reviews/reviewed/"}
    expected |= {f"rules/{rule.code}/" for rule in RULES}
    expected |= {"explore/", *(f"explore/{name}/" for name in ("timeline", "map"))}
    expected |= {f"explore/{name}/" for name in ("factors-by-setting", "topics-by-outcome")}
    for register in ("topics", "factors", "guidance"):
        expected |= {f"{register}/{term.id}/" for term in everything.vocabularies[register]} | {f"{register}/"}
    assert expected <= set(made)


def test_each_page_has_one_title(everything: Library, shapes: Shapes) -> None:
    """A page has a title and a description for search engines, and one heading of level 1."""
    for address, artifact in pages(everything, shapes, PREVIEW).items():
        assert meta(artifact)["title"], address
        assert meta(artifact)["description"], address
        assert [tag for tag, _ in Tags(drawn(artifact)).tags].count("h1") == 1, address


def test_each_page_is_sound_html(everything: Library, shapes: Shapes) -> None:
    """Tags are closed in their order, no id stands twice, and no attribute of scripts is there."""
    for address, artifact in pages(everything, shapes, PREVIEW).items():
        tags = Tags(drawn(artifact))
        assert (tags.open, tags.unbalanced) == ([], []), address
        assert sorted(set(tags.ids)) == sorted(tags.ids), address
        assert "script" not in {tag for tag, _ in tags.tags}, address
        assert not [name for _, names in tags.tags for name in names if name.startswith("on")], address


def test_each_link_leads_to_a_page(everything: Library, shapes: Shapes) -> None:
    """Every address inside the site leads to a page, a data file or a hand-written page, and every part is there."""
    made = pages(everything, shapes, PREVIEW)
    data = {artifact.path for artifact in export.files(everything, shapes, PREVIEW)}
    data |= {artifact.path for artifact in course.files(everything, PREVIEW)}
    data |= {artifact.path.removesuffix("index.html") for artifact in render.leaves(everything, PREVIEW)}
    ids = {address: set(Tags(drawn(artifact)).ids) for address, artifact in made.items()}
    for address, artifact in made.items():
        for link in Tags(drawn(artifact)).values("href", "src", "action"):
            if re.match(r"https?://|mailto:", link):
                continue
            path, _, fragment = link.partition("#")
            target = _target(address, path.partition("?")[0])
            assert target in made or target in data or target in _navigation(), f"{address or 'home'}: {link}"
            assert not fragment or target not in ids or unquote(fragment) in ids[target], f"{address}: {link}"


def _target(address: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join("/", address, path)).lstrip("/")
    return joined if not joined or "." in posixpath.basename(joined) else f"{joined}/"


def test_links_between_the_two_ends(small: Library, shapes: Shapes) -> None:
    """A case leads to its practice and factor, and each of these leads back to it."""
    made = pages(small, shapes)
    ways = {
        "cases/lost-source-2001/": {"../../practices/keep-a-register/", "../../factors/no-tracking/"},
        "practices/keep-a-register/": {"../../cases/lost-source-2001/#ask-before-moving"},
        "factors/no-tracking/": {"../../cases/lost-source-2001/", "../../practices/keep-a-register/"},
        "topics/scrap-metal/": {"../../cases/lost-source-2001/"},
        "guidance/nss-20/": {"../../cases/lost-source-2001/", "../../practices/keep-a-register/"},
        "countries/no/": {"../../cases/lost-source-2001/"},
        "cases/": {"lost-source-2001/"},
        "": {"cases/lost-source-2001/"},
    }
    for address, links in ways.items():
        found = {link.removeprefix("./") for link in Tags(drawn(made[address])).values("href")}
        assert links <= found | {posixpath.normpath(link) + "/" for link in found}, address


@pytest.mark.parametrize(
    ("address", "target", "expected"),
    [
        ("", "cases/", "cases/"),
        ("cases/a/", "", "../../"),
        ("cases/a/", "cases/b/", "../b/"),
        ("cases/a/", "cases/a/", "./"),
        ("cases/a/", "cases/a/#b", "./#b"),
        ("cases/a/", "glossary/#b", "../../glossary/#b"),
        ("schema/", "schema/a.schema.json", "a.schema.json"),
        ("", "", "./"),
    ],
)
def test_relative_addresses(address: str, target: str, expected: str, small: Library) -> None:
    """Addresses are relative, so that the site works from any folder."""
    assert Context(small, SITE).page(address).href(target) == expected


# --- single pages


def test_a_case(small: Library, shapes: Shapes) -> None:
    """The page of a case says everything that its fields say."""
    artifact = pages(small, shapes)["cases/lost-source-2001/"]
    words = " ".join(Tags(drawn(artifact)).text)
    factor = small.vocabularies["factors"].label("no-end-of-life-provision")
    for part in ("5 to 19 March 2001", "Sampletown", "Norway", "1.10 GBq", factor):
        assert part in words
    for lesson in small.cases[0].lessons:
        assert lesson.lesson in words
        assert lesson.drawn_by in words
    assert artifact.source == CASE
    assert {"casebook_kind": "case-study", "casebook_id": "lost-source-2001"}.items() <= meta(artifact).items()


def test_citations_lead_to_sources(small: Library, shapes: Shapes) -> None:
    """Each citation leads to its source on the same page, and sources are numbered in their order."""
    tags = Tags(drawn(pages(small, shapes)["cases/lost-source-2001/"]))
    assert [one for one in tags.ids if one.startswith("source-")] == ["source-s1", "source-s2"]
    assert {"#source-s1", "#source-s2"} <= set(tags.values("href"))


def test_an_item_without_review_says_so(small: Library, shapes: Shapes) -> None:
    """Review is recorded and never claimed."""
    made = pages(small, shapes)
    assert "not yet peer-reviewed" in body(made["cases/lost-source-2001/"])
    assert "not yet peer-reviewed" not in body(made["practices/keep-a-register/"])


def test_exceptions_to_the_screen_are_shown(tmp_path: Path, shapes: Shapes) -> None:
    """What may stand although the screen sees it, the page shows with the reason."""
    owned = "Nobody owned the question where the gauge would go.[^s1]"
    given = "  exceptions:\n    - {check: document-marking, text: was 대외비, reason: An old <stamp>.}\n"
    files = published(
        (owned, f"{owned} It was 대외비.[^s1]"), ("  basis: public-sources\n", f"  basis: public-sources\n{given}")
    )
    text = body(pages(library_of(tmp_path, files), shapes)["cases/lost-source-2001/"])
    assert "(document-marking): An old &lt;stamp&gt;.</li>" in text


def text_of(library: Library, item_id: str) -> str:
    """Return the page of one item as it is in Markdown; a crowd of others need not be drawn."""
    return body(items.page_of(library.items[item_id], Context(library, SITE)))


def test_items_that_are_close_to_a_case(small: Library) -> None:
    """What shares much with a case stands after what its authors name, with the reason; without any no line."""
    crowd = crowded(small)
    text = text_of(crowd, "lost-source-2001")
    named, line = text.index("It shows how to keep the list."), text.index(CLOSE)
    link, why = text.index('<a href="../lost-source-copy/">A copy</a>'), text.index("Same factors: no end-of-life")
    assert named < line < link < why
    assert CLOSE not in text_of(crowd, "crowd-7")
    assert CLOSE not in text_of(small, "lost-source-2001")


def test_items_that_are_close_to_a_practice(small: Library) -> None:
    """A practice shows them too, under the same heading as a case, and a title in a reason stays text."""
    practice = replace(small.practices[0], related=())
    copy = replace(practice, id="copy", title="A copy", guidance=("nss-20", "nss-13"))
    twin = replace(practice, id="twin", title="A twin", guidance=("nss-20", "nss-13"))
    crowd = [replace(practice, id=f"crowd-{number}", guidance=(), topics=()) for number in range(100)]
    stream = small.streams[practice.id]
    library = Library.of([(item, stream) for item in (copy, twin, *crowd)], small.vocabularies)
    text = text_of(library, "copy")
    parts = ("## Where to go next {#related}", CLOSE, '<a href="../twin/">A twin</a>', "Same guidance: NSS No. 13")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_hostile_title_in_a_reason_is_escaped(small: Library) -> None:
    """The title of a practice that two cases share cannot become a tag in the reason."""
    title = "</span><script>alert(1)</script> {0} {x}"
    case, practice = replace(small.cases[0], factors=()), replace(small.practices[0], title=title)
    entries = [(item, small.streams[small.cases[0].id]) for item in (case, practice)]
    library = crowded(Library.of(entries, small.vocabularies))
    tags = Tags(drawn(items.page_of(library.items["lost-source-2001"], Context(library, SITE))))
    assert f"leads to the same practice: '{title}'" in " ".join(tags.text)
    assert "script" not in {tag for tag, _ in tags.tags}


def test_a_practice_says_how_binding_it_is(small: Library, shapes: Shapes) -> None:
    """The statement, its obligation and the strength of its evidence stand on the page of a practice."""
    words = " ".join(Tags(drawn(pages(small, shapes)["practices/keep-a-register/"])).text)
    vocabularies = small.vocabularies
    for part in (
        small.practices[0].statement,
        vocabularies["obligation-types"].label("international-guidance"),
        vocabularies["evidence-strengths"].label("limited"),
        vocabularies["state-profiles"].label("newcomer"),
    ):
        assert part in words


def test_a_withdrawn_item(tmp_path: Path, shapes: Shapes) -> None:
    """The page of a withdrawn item says why and where to go, has none of the text, and is not searched."""
    change = (WITHDRAWN[0], f"{WITHDRAWN[1]}\nsuperseded_by: keep-a-register")
    made = pages(library_of(tmp_path, published(change)), shapes)
    artifact = made["cases/lost-source-2001/"]
    assert "The source was wrong." in body(artifact)
    assert "../../practices/keep-a-register/" in Tags(drawn(artifact)).values("href")
    assert "Nobody owned the question" not in body(artifact)
    assert meta(artifact)["search"] == {"exclude": True}
    assert "lost-source-2001" not in body(made["cases/"]) + body(made[""]) + body(made["topics/scrap-metal/"])


def test_a_withdrawn_item_whose_successor_is_a_draft(tmp_path: Path, shapes: Shapes) -> None:
    """No link leads to a successor that has no page."""
    change = (WITHDRAWN[0], f"{WITHDRAWN[1]}\nsuperseded_by: unfinished-2002")
    made = pages(library_of(tmp_path, published(change) | {DRAFT: base("draft")}), shapes)
    assert "unfinished-2002" not in body(made["cases/lost-source-2001/"])


def test_a_draft(everything: Library, shapes: Shapes) -> None:
    """A draft with nothing but its first fields is drawn, and says that it is a draft."""
    made = pages(everything, shapes, PREVIEW)
    assert "Draft" in body(made["cases/unfinished-2002/"])
    assert "It began with an alarm." in body(made["cases/unfinished-2002/"])


def test_a_link_in_the_prose_to_an_item_without_page(tmp_path: Path, shapes: Shapes) -> None:
    """Words that link to a draft stand without a link on the public site."""
    link = ("Nobody owned the question", "As in [another case](unfinished-2002.md), nobody owned the question")
    made = pages(library_of(tmp_path, published(link) | {DRAFT: base("draft")}), shapes)
    assert "another case" in body(made["cases/lost-source-2001/"])
    assert "unfinished-2002" not in body(made["cases/lost-source-2001/"])


def test_links_in_the_prose(tmp_path: Path, shapes: Shapes) -> None:
    """Links lead to the pages of items, to their parts, to the own parts, and to other sites; pictures are beside."""
    words = (
        "[One](../best-practices/keep-a-register.md#how-to-do-it), [two](#watch-the-gate), "
        "[three](https://example.org/a?b=c&d), [four](mailto:a@example.org), [five](lost-source-2001.md). "
        "![The hall](lost-source-2001/hall.png)[^s1]"
    )
    files: dict[str, str | bytes] = {
        **published(("A company moved, and the gauge stayed in the old hall.[^s1]", words)),
        "cases/case-studies/lost-source-2001/hall.png": PNG,
    }
    tags = Tags(drawn(pages(library_of(tmp_path, files), shapes)["cases/lost-source-2001/"]))
    expected = [
        "../../practices/keep-a-register/#how-to-do-it",
        "#watch-the-gate",
        "https://example.org/a?b=c&d",
        "mailto:a@example.org",
        "./",
    ]
    links = list(tags.values("href"))
    first = links.index(expected[0])
    assert links[first : first + 5] == expected
    assert [(one.get("src"), one.get("alt")) for name, one in tags.tags if name == "img"] == [("hall.png", "The hall")]


def test_glossary_terms_are_explained_once(tmp_path: Path, shapes: Shapes) -> None:
    """A term of the glossary is linked where the text of a page uses it first, with its definition."""
    prose = ("Nobody owned the question", "An adversary met another adversary, and nobody owned the question")
    library = library_of(tmp_path, published(prose))
    tags = Tags(drawn(pages(library, shapes)["cases/lost-source-2001/"]))
    terms = [one for _, one in tags.tags if one.get("class") == "term" and "adversary" in str(one.get("href"))]
    assert [one["href"] for one in terms] == ["../../glossary/#adversary"]
    assert terms[0]["data-definition"] == library.vocabularies["glossary"]["adversary"].definition


def test_findings_are_shown_in_the_preview_only(small: Library, shapes: Shapes) -> None:
    """The page of findings is part of the preview, is not searched, and leads to the rules."""
    finding = RULES[0].at(Location(CASE, 3), "a <b>message</b>", "a hint")
    assert "findings/" not in pages(small, shapes, SITE, (finding,))
    artifact = pages(small, shapes, PREVIEW, (finding,))["findings/"]
    assert "a &lt;b&gt;message&lt;/b&gt;" in body(artifact)
    assert f"../rules/{RULES[0].code}/" in Tags(drawn(artifact)).values("href")
    assert meta(artifact)["search"] == {"exclude": True}


def test_fields_are_documented(small: Library, shapes: Shapes) -> None:
    """The page of fields names every field of every kind, fields inside fields included."""
    words = " ".join(Tags(drawn(pages(small, shapes)["schema/"])).text)
    for kind in KINDS:
        assert all(name in words for name in shapes[kind.name].schema["properties"])
    assert "timeline[].date" in words


def test_an_empty_library(vocabularies: Vocabularies, shapes: Shapes) -> None:
    """A library without items has a first page, lists and registers."""
    made = pages(Library.of([], vocabularies), shapes)
    assert {"", "cases/", "practices/", "topics/", "years/"} <= set(made)


def test_a_long_list_has_several_pages(small: Library, shapes: Shapes) -> None:
    """A hundred items stand on a page, and each page leads to the others."""
    case = small.cases[0]
    entries = [(replace(case, id=f"case-{number}", related=()), small.streams[case.id]) for number in range(101)]
    made = pages(Library.of(entries, small.vocabularies), shapes)
    for address in ("cases/", "topics/scrap-metal/", "factors/no-tracking/", "countries/no/", "levels/introductory/"):
        assert f"{address}page/2/" in made
        assert f"{address}page/3/" not in made
        assert "page/2/" in Tags(drawn(made[address])).values("href")
        first, second = str(meta(made[address])["title"]), str(meta(made[f"{address}page/2/"])["title"])
        assert second == f"{first}, page 2"
    assert "cases/case-100/" in made


# --- parts of pages


def dated(case: CaseStudy, number: int, start: str) -> CaseStudy:
    """Return a case with another id and another start."""
    assert case.event
    return replace(case, id=f"case-{number}", related=(), event=replace(case.event, start=start, end=""))


def library_of_cases(small: Library, cases: list[CaseStudy]) -> Library:
    """Return a library of these cases, all with the same prose."""
    stream = small.streams[small.cases[0].id]
    return Library.of([(case, stream) for case in cases], small.vocabularies)


def test_a_long_gap_in_a_timeline(small: Library) -> None:
    """More than three years between two steps are put into words; a period is measured from its end."""
    dates = ("1990-01", "1990-06", "1993-01", "1994/1998", "2001", "2012-03")
    case = replace(small.cases[0], timeline=tuple(Step(date, "It went on.") for date in dates))
    gaps = [step.gap for step in items.drawn_steps(case)]
    assert gaps == ["", "", "", "", "", "about 11 years later"]


@pytest.mark.parametrize(
    ("count", "words", "expected"),
    [
        (1, ("case",), "1 case"),
        (0, ("case",), "0 cases"),
        (2, ("case",), "2 cases"),
        (12345, ("case study", "case studies"), "12,345 case studies"),
        (1, ("case study", "case studies"), "1 case study"),
    ],
)
def test_plural(count: int, words: tuple[str, ...], expected: str) -> None:
    """A count has the right form of its word."""
    assert plural(count, *words) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("One of 1.5 kg and U.S. law? Two.", "One of 1.5 kg and U.S. law?"),
        ("Only one", "Only one"),
        ("One.\nTwo.", "One."),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    """A list shows the first sentence of a summary; a number or an abbreviation does not end it."""
    assert first_sentence(text) == first


def test_evidence(small: Library) -> None:
    """An item says how many sources of which kind it has."""
    assert evidence(small.cases[0].sources, small.vocabularies) == "2 sources: 1 official, 1 press"
    assert evidence(small.practices[0].sources, small.vocabularies) == "1 source: 1 by institutes"


def test_marks_of_topics(small: Library, shapes: Shapes) -> None:
    """A topic has the colour of its family."""
    classes = [name for value in Tags(drawn(pages(small, shapes)["topics/"])).values("class") for name in value.split()]
    topics = small.vocabularies["topics"]
    for main in (term for term in topics if not term.parent):
        assert classes.count(f"topic-{main.id}") == 1 + len(topics.children(main.id))


def test_empty_groups_are_shown_as_gaps(small: Library, shapes: Shapes) -> None:
    """A facet shows its empty terms, so that a gap is seen; of the countries only those with cases are shown."""
    made = pages(small, shapes)
    for facet in ("regions", "settings", "outcomes"):
        words = Tags(drawn(made[f"{facet}/"])).text
        assert all(term.label in words for term in small.vocabularies[facet])
    countries = " ".join(Tags(drawn(made["countries/"])).text)
    assert "Norway" in countries
    assert "Sweden" not in countries


def test_a_facet_of_practices_lists_practices(small: Library, shapes: Shapes) -> None:
    """A list says how many of what it holds, leads to them, and opens with what its value means."""
    made = pages(small, shapes)
    lists = {
        "organisations/operator/": ("Licensee of a power plant", "1 practice", "../../practices/keep-a-register/"),
        "materials/category-4/": ("Unlikely to be dangerous", "1 case", "../../cases/lost-source-2001/"),
        "languages/en/": ("Text in English.", "1 case, 1 practice", "../../practices/keep-a-register/"),
        "reviews/none/": ("Review state: Not yet peer-reviewed.", "1 case", "../../cases/lost-source-2001/"),
    }
    for address, (lead, count, link) in lists.items():
        tags = Tags(drawn(made[address]))
        assert lead in " ".join(tags.text), address
        assert count in tags.text, address
        assert link in tags.values("href"), address
        assert meta(made[address])["search"] == {"exclude": True}
    assert "no practice yet" in Tags(drawn(made["organisations/"])).text
    assert "no item yet" in Tags(drawn(made["levels/"])).text


def test_a_list_of_practices_says_how_binding_they_are(small: Library, shapes: Shapes) -> None:
    """Practices have no time, place and outcome; a list of them alone has a column for what they have instead."""
    made = pages(small, shapes)
    columns = {address: _columns(made[address]) for address in ("practices/", "states/newcomer/", "languages/en/")}
    assert columns["practices/"] == columns["states/newcomer/"] == ["Title", "Topics", "How binding"]
    assert columns["languages/en/"] == ["Title", "When", "Where", "Topics", "Outcome"]
    binding = small.vocabularies["obligation-types"].label("international-guidance")
    assert binding in Tags(drawn(made["states/newcomer/"])).text


def _columns(artifact: Artifact) -> list[str]:
    return re.findall(r'<th scope="col">(.+?)</th>', body(artifact))


def test_lists_of_the_same_label_have_titles_of_their_own(small: Library, shapes: Shapes) -> None:
    """A kind of organisation and an audience may have the same label; the page says which of the two it is."""
    case, practice = small.cases[0], small.practices[0]
    assert case.teaching
    assert practice.applicability
    changed = [
        replace(case, teaching=replace(case.teaching, audience=("transport-staff",))),
        replace(practice, applicability=replace(practice.applicability, organisations=("carrier",))),
    ]
    made = pages(Library.of([(item, small.streams[item.id]) for item in changed], small.vocabularies), shapes)
    lists = [made["audiences/transport-staff/"], made["organisations/carrier/"]]
    assert [meta(one)["title"] for one in lists] == ["Audience: Carrier or shipper", "Organisation: Carrier or shipper"]
    for one, kind in zip(lists, ("Audience", "Organisation"), strict=True):
        assert f'<p class="kicker">{kind}</p>' in body(one)
        assert "<h1>Carrier or shipper</h1>" in body(one)


def test_the_material_of_a_case(small: Library, shapes: Shapes) -> None:
    """The category of the material leads to its list, in a line with plain words beside the small marks."""
    case = small.cases[0]
    assert case.material
    link = '<a href="../../materials/category-4/">Category 4 source</a>'
    assert f"<dd>Cs-137, 1.10 GBq, {link}<sup" in body(pages(small, shapes)["cases/lost-source-2001/"])
    bare = replace(case, material=replace(case.material, radionuclide="", activity=""))
    made = pages(Library.of([(bare, small.streams[case.id])], small.vocabularies), shapes)
    assert f"<dd>Kind: {link}<sup" in body(made["cases/lost-source-2001/"])


def test_the_way_back_from_a_list(small: Library, shapes: Shapes) -> None:
    """A list of a facet leads back to all values of the facet, and from there to all ways to browse."""
    made = pages(small, shapes)
    back = list(Tags(drawn(made["states/newcomer/"])).values("href"))[:3]
    assert back == ["../../", "../../browse/", "../"]
    assert list(Tags(drawn(made["states/"])).values("href"))[:2] == ["../", "../browse/"]


def test_browse_shows_every_way(small: Library, shapes: Shapes) -> None:
    """One page leads to every facet, to all cases, practices and guidance, and counts the values that are in use."""
    made = pages(small, shapes)
    tags = Tags(drawn(made["browse/"]))
    links = [link for link in tags.values("href") if link not in ("../", "./")]
    expected = ["cases", "practices", "exercises", "paths", "guidance", *(facet.address for facet in FACETS)]
    assert sorted(links) == sorted(f"../{name}/" for name in expected)
    words = " ".join(tags.text)
    settings = len(small.vocabularies["settings"].terms)
    for part in (
        f"1 of {settings} settings in use",
        "1 country",
        "1 case",
        "2 of 3 review states in use",
        "By State profile",
    ):
        assert part in words
    assert all(facet.lead in words for facet in FACETS)
    assert "browse/" in Tags(drawn(made[""])).values("href")


def test_an_item_leads_to_its_lists(small: Library, shapes: Shapes) -> None:
    """The facts of an item are links to the lists of the items that share them."""
    made = pages(small, shapes)
    ways = {
        "cases/lost-source-2001/": ("countries/no", "settings/industrial-use", "materials/category-4"),
        "practices/keep-a-register/": ("states/newcomer", "states/established", "organisations/operator"),
    }
    for address, lists in ways.items():
        links = set(Tags(drawn(made[address])).values("href"))
        assert {f"../../{name}/" for name in lists} <= links
    teaching = {"../../audiences/regulator/", "../../levels/introductory/"}
    assert teaching <= set(Tags(drawn(made["cases/lost-source-2001/"])).values("href"))


def test_which_fields_are_needed(shapes: Shapes) -> None:
    """The page of fields says what every item needs, and what is needed to publish."""
    needed = {field.name: field.needed for field in manual.fields(shapes["case-study"])}
    assert needed["title"] == needed["event.start"] == needed["sources[].title"] == "always"
    assert needed["event"] == needed["clearance"] == "to publish"
    assert needed["related"] == needed["event.end"] == needed["withdrawn_reason"] == ""


# --- hostile text


def hostile(value: Any, text: str, *, keep: tuple[str, ...]) -> Any:
    """Return a value in which every text that is not in the fields to keep is replaced."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: hostile(getattr(value, field.name), text, keep=keep)
            for field in dataclasses.fields(value)
            if field.name not in keep
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(hostile(one, text, keep=keep) for one in value)
    marks = "".join(f"[^{source}]" for source in citations(value)) if isinstance(value, str) else ""
    return f"{text}{marks}" if isinstance(value, str) and value else value


# Fields whose form the schema restricts: ids, terms, dates and addresses.
KEPT = (
    *("id", "type", "status", "language", "topics", "guidance", "practices", "date", "start", "end", "countries"),
    *("setting", "outcome", "category", "sources", "factor", "basis", "factors", "mode", "verdict", "region", "role"),
    *("audience", "level", "strength", "states", "organisations", "capacity", "superseded_by", "path", "images", "url"),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_escaped(text: str, everything: Library, safe: dict[str, Tags], shapes: Shapes) -> None:
    """Text of authors cannot become a tag, an attribute, a template, a heading or front matter on any page."""
    entries = [
        (_with_sources(hostile(item, text, keep=KEPT), text), everything.streams[item.id])
        for item in everything.items.values()
    ]
    made = pages(Library.of(entries, everything.vocabularies), shapes, PREVIEW)
    assert set(made) == set(safe)
    for address, artifact in made.items():
        tags = Tags(drawn(artifact))
        assert _shape(tags) == _shape(safe[address]), address
        assert "49" not in "".join(tags.text) or "49" in "".join(safe[address].text), address
    assert meta(made["cases/lost-source-2001/"])["title"] == text


def _with_sources(item: Any, text: str) -> Any:
    sources = tuple(
        hostile(source, text, keep=("id", "type", "language", "reliability", "url")) for source in item.sources
    )
    return replace(item, sources=sources)


def _shape(tags: Tags) -> list[tuple[str, list[str]]]:
    """Return the tags with the names of their attributes, without the lines of a drawing, which go with the length."""
    return [(tag, sorted(attributes)) for tag, attributes in tags.tags if tag not in ("tspan", "title")]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_prose_is_escaped(text: str, small: Library, shapes: Shapes) -> None:
    """The body of an item makes no tags but those of Markdown."""
    case = small.cases[0]
    prose = f"## What happened\n\n{text}\n\nOne {text} two\n\n## Why it happened\n\nText.\n"
    made = pages(Library.of([(case, tokens(prose))], small.vocabularies), shapes)
    tags = Tags(drawn(made["cases/lost-source-2001/"]))
    assert (tags.open, tags.unbalanced) == ([], [])
    assert not {"script", "x-y"} & {tag for tag, _ in tags.tags}
    assert not [name for _, names in tags.tags for name in names if name.startswith("on")]
    assert not [link for link in tags.values("href", "src") if link.startswith("javascript")]


def test_json_in_front_matter_cannot_end_it(small: Library, shapes: Shapes) -> None:
    """A title of three hyphens on a line of their own stays in its field."""
    case = replace(small.cases[0], title="one\n---\ntwo: three", summary="\n---\n")
    made = pages(Library.of([(case, small.streams[case.id])], small.vocabularies), shapes)
    artifact = made["cases/lost-source-2001/"]
    assert meta(artifact)["title"] == "one\n---\ntwo: three"
    assert meta(artifact)["description"] == "\n---\n"
    assert json.dumps("\n---\n") in str(artifact.content)


def test_files_of_pages_are_those_to_edit(everything: Library, shapes: Shapes) -> None:
    """The page of an item names its file, and no other page does."""
    sources = {
        address: artifact.source for address, artifact in pages(everything, shapes, PREVIEW).items() if artifact.source
    }
    assert sources == {
        "cases/lost-source-2001/": CASE,
        "cases/unfinished-2002/": DRAFT,
        "practices/keep-a-register/": PRACTICE,
        "practices/old-practice/": "cases/best-practices/old-practice.md",
    }


def test_the_same_library_makes_the_same_pages(tmp_path: Path, shapes: Shapes) -> None:
    """A build can be repeated: the same files give the same bytes."""
    files = based("case-study")
    first = pages(library_of(tmp_path / "one", files), shapes)
    assert first == pages(library_of(tmp_path / "two", files), shapes)


def test_parts_of_a_case_page_are_known_to_the_rule_about_lesson_ids() -> None:
    """Every heading of the template has an anchor that no lesson may take."""
    template = (ROOT / "scripts/casebook/render/templates/case-study.md.j2").read_text(encoding="utf-8")
    folder = ROOT / "scripts/casebook/render/templates"
    parts = [(folder / name).read_text(encoding="utf-8") for name in ("_macros.md.j2", "_share.md.j2")]
    anchors = set(re.findall(r"^#+ .* \{#([a-z-]+)\}$", "".join([template, *parts]), re.MULTILINE))
    sections = {section.anchor for section in CASE_STUDY.sections}
    assert anchors == {*duplicate_local_id.PARTS, *sections}
