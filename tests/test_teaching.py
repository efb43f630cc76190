"""A case for a class: stages that give nothing away, the instructor's edition, the brief, and one plan for all."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import frontmatter
import pytest
from tests.drawing import Tags, drawn
from tests.support import CASE, ROOT, SITE, base, findings_of, library_of, published, replaced, shown
from tests.teaching import DECISION, FOR_A_CLASS, WITHOUT_A_DECISION

from casebook import course, parts, plan, promised, release, render
from casebook.comparison import compare
from casebook.finding import CasebookError
from casebook.library import Library
from casebook.model import Brief, CheckQuestion, WrongChoice
from casebook.paths import repository
from casebook.render import items, teaching
from casebook.render.page import Context
from casebook.search.passages import passages_of
from casebook.text import paragraphs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Change

    from casebook.vocabulary import Vocabularies

ADDRESS = "cases/lost-source-2001/"
STAGES = [f"stage/{number}/" for number in (1, 2, 3, 4)]
ALL = ["brief/", *STAGES, "teach/"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library whose case has everything for a class."""
    return library_of(tmp_path_factory.mktemp("class"), published(*FOR_A_CLASS))


def pages(library: Library, **site: object) -> dict[str, str]:
    """Return the pages for a class by their addresses below that of the case."""
    made = teaching.pages(Context(library, replace(SITE, **site)))  # type: ignore[arg-type]
    return {one.path.removeprefix(ADDRESS).removesuffix("index.html"): str(one.content) for one in made}


def words(html: str) -> str:
    """Return the text of a page on one line."""
    return " ".join(" ".join(Tags(html).text).split())


# --- which pages there are


def test_a_case_has_the_pages_for_which_it_has_words(library: Library, tmp_path: Path) -> None:
    """Stages need a decision and a page for a leader its sentences; the instructor's edition needs neither."""
    assert sorted(pages(library)) == ALL
    assert sorted(pages(library_of(tmp_path, published(*WITHOUT_A_DECISION)))) == ["brief/", "teach/"]


def test_pages_are_sound_and_ask_nobody(library: Library) -> None:
    """Tags are closed, no id stands twice, each page has one title, and nothing comes from another site."""
    for address, html in pages(library, handouts=True).items():
        tags = Tags(html)
        assert (tags.open, tags.unbalanced) == ([], []), address
        assert sorted(set(tags.ids)) == sorted(tags.ids), address
        assert [tag for tag, _ in tags.tags].count("h1") == 1, address
        assert "form" not in {tag for tag, _ in tags.tags}, address
        loaded = [
            one for tag, found in tags.tags for one in (found.get("src"), found.get("href")) if tag != "a" and one
        ]
        assert not [one for one in loaded if "://" in one and not one.startswith((SITE.url, "https://creative"))], (
            address
        )


@pytest.mark.parametrize("changes", [FOR_A_CLASS, WITHOUT_A_DECISION, ()], ids=["all", "no decision", "nothing"])
def test_links_lead_to_pages_and_parts(changes: tuple[Change, ...], tmp_path: Path) -> None:
    """Each link inside the site also works from a disk, and leads to a page that is made or a part that is there."""
    found = library_of(tmp_path, published(*changes))
    known = {one.path for one in render.leaves(found, SITE)} | {"index.html"}
    known |= {f"{item.address}index.html" for item in found.items.values()}
    known |= {one.path for one in course.files(found, SITE)}
    for address, html in pages(found).items():
        tags = Tags(html)
        links = [attributes["href"] or "" for tag, attributes in tags.tags if tag == "a" and "href" in attributes]
        for link in links:
            path, _, fragment = link.partition("#")
            if path and "://" not in link:
                assert urljoin(f"/{ADDRESS}{address}", path).lstrip("/") in known, f"{address}: {link}"
            assert path or fragment in tags.ids, f"{address}: {link}"


def test_a_withdrawn_case_says_so_at_each_address(library: Library) -> None:
    """Every address for a class answers with the reason, and is no page of the search engines."""
    case = replace(library.cases[0], status="withdrawn", withdrawn_reason="The source was wrong.")
    gone = Library.of([(case, library.streams[case.id])], library.vocabularies)
    made = pages(gone)
    assert sorted(made) == ALL
    for html in made.values():
        assert "Withdrawn. The source was wrong." in words(html)
        assert 'content="noindex"' in html
        assert "What do you ask" not in html


def test_a_renamed_case_leads_on_from_each_address(library: Library) -> None:
    """The former addresses lead to the same pages, and those of the stages do not tell the title on the way."""
    case = replace(library.cases[0], aliases=("an-older-name",))
    renamed = Library.of([(case, library.streams[case.id])], library.vocabularies)
    made = {one.path: str(one.content) for one in render.former(render.leaves(renamed, SITE), renamed, SITE, ())}
    for below in ALL:
        html = made[f"cases/an-older-name/{below}index.html"]
        up = "../" * (below.count("/") + 1)
        assert f'content="0; url={up}lost-source-2001/{below}index.html"' in html
        assert case.title not in html


def test_pages_are_promised(library: Library) -> None:
    """A release records each address, so that none is ever lost."""
    found = promised.addresses(render.leaves(library, SITE), library, repository(ROOT))
    assert {f"{ADDRESS}{below}" for below in ALL} <= found


# --- the stages


def test_the_first_stages_give_nothing_away(library: Library) -> None:
    """Title, summary, sources, lessons and what came later stand nowhere on the page, its head and its links too."""
    case, made = library.cases[0], pages(library)
    told = [case.title, "Sampletown", "metal works", case.sources[0].title, case.lessons[0].lesson, case.sources[0].url]
    for below in STAGES[:2]:
        html = made[below].casefold()
        assert not [one for one in (*told, "#source-", "cite as") if one.casefold() in html], below
        assert 'content="noindex"' in html
    assert all(case.title in made[below] for below in STAGES[2:])


def test_a_stage_shows_what_belongs_to_it(library: Library) -> None:
    """Situation by its paragraphs, then question and choices, then the story and its steps, then lessons and Monday."""
    made = pages(library)
    first, second, third, fourth = (words(made[below]) for below in STAGES)
    assert "A company moves to another hall You are the inspector of the district." in first
    assert "<p>Nobody has asked what else stands in the hall.</p>" in made[STAGES[0]]
    assert "What do you ask" not in first
    assert "A Ask for its list in writing. B Go to the hall before Friday." in second
    assert "the gauge stayed in the old hall" in third
    assert "An alarm at the gate of a metal works stops a lorry." in third
    assert "Ask where each source goes before a company moves. What to do: Keep a register" in fourth
    assert "On Monday Which of our gauges stands unused?" in fourth
    for number, below in enumerate(STAGES, 1):
        assert re.findall(r'<li aria-current="step"><b>(\d)', made[below]) == [str(number)]
        links = re.findall(r'rel="(prev|next)" href="\.\./(\d)/index\.html"', made[below])
        wanted = [("prev", str(number - 1))] * (number > 1) + [("next", str(number + 1))] * (number < len(STAGES))
        assert links == wanted
        assert '<a href="../../index.html">Leave' in made[below]


def test_a_stage_shows_words_as_they_were_typed(library: Library) -> None:
    """Markup in a text of the case is shown, and does nothing."""
    case = library.cases[0]
    assert case.teaching
    assert case.teaching.decision
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
    decision = replace(
        case.teaching.decision, title=evil, role=evil, situation=evil, question=evil, choices=(evil, "b")
    )
    check = (CheckQuestion(evil, evil, evil, evil, (WrongChoice(evil * 2, evil),)),)
    brief = Brief((evil,) * 3, (evil,) * 3)
    block = replace(case.teaching, decision=decision, self_check=check, brief=brief)
    hostile = Library.of([(replace(case, teaching=block), library.streams[case.id])], library.vocabularies)
    for address, html in pages(hostile).items():
        tags = Tags(html)
        assert (tags.open, tags.unbalanced) == ([], []), address
        assert "img" not in {tag for tag, _ in tags.tags}, address
        assert "49" not in words(html), address
    page = drawn(items.page_of(hostile.cases[0], Context(hostile, SITE)))
    assert "img" not in {tag for tag, _ in Tags(page).tags}
    assert "<script>" not in page


def test_a_page_that_would_act_on_its_own_is_not_made(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second line behind the templates holds for every page that stands alone."""
    monkeypatch.setattr("casebook.render.leaf.security.active_part", lambda _: "<script>\n")
    with pytest.raises(CasebookError, match=r"cases/lost-source-2001/teach/ would act on its own: `<script>"):
        pages(library)


# --- the instructor's edition


def test_a_stranger_can_lead_it(library: Library) -> None:
    """What to prepare, each part with what to say, notes, sample answers, misconceptions, board, answers, sources."""
    html = pages(library, handouts=True)["teach/"]
    text = words(html)
    for part in plan.of_case(45, staged=True):
        assert f"{part.start} to {part.end} {part.does} {part.says} {part.uses}" in text.replace(" .", "."), part
    for expected in (
        "For 6 to 30 people, in 45 minutes.",
        "Nobody reads the case before the lesson.",
        "There is time for the first one in 45 minutes.",
        "What a good discussion weighs: Let the class weigh a letter against a visit.",
        "About 8 minutes; to lesson 1 Look for the landlord and the tax office.",
        "\u2018Scrap is only metal.\u2019 This scrap held a source",
        "Right: The holder of the licence",
        "The driver of the lorry The driver carries what is handed over.",
        "On Monday Which of our gauges stands unused?",
        "The lost gauge of Sampletown",
    ):
        assert expected in text, expected
    assert html.count('class="board"') == html.count('class="board board-empty"') == 1
    assert text.count("The landlord") == 1
    assert "handout-instructor.pdf" in html
    assert "handout-instructor.pdf" not in pages(library)["teach/"]


def test_a_longer_case_has_both_lengths(library: Library) -> None:
    """The plan stands for 45 minutes and for those of the case; what has no time is in reserve."""
    case = library.cases[0]
    assert case.teaching
    block = replace(case.teaching, minutes=90, questions=case.teaching.questions * 6)
    long = Library.of([(replace(case, teaching=block), library.streams[case.id])], library.vocabularies)
    text = words(pages(long)["teach/"])
    assert "There is time for the first two in 45 minutes and for the first four in 90 minutes." in text
    assert "0 to 3 0 to 6 Opening" in text
    assert (text.count("About 4 minutes"), text.count("In reserve")) == (4, 2)


@pytest.mark.parametrize("staged", [True, False])
@pytest.mark.parametrize("minutes", [5, 20, 45, 60, 90, 480])
def test_the_plan_fills_its_minutes(minutes: int, staged: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """The parts follow each other without a gap, end where the lesson ends, and the questions share their part."""
    found = plan.of_case(minutes, staged=staged)
    assert (found[0].start, found[-1].end) == (0, minutes)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(part.start < part.end for part in found)
    room = sum(part.end - part.start for part in found if part.at == plan.QUESTIONS)
    assert sum(plan.shares(found, 6)) == room
    assert all(share >= min(plan.LEAST, room) for share in plan.shares(found, 6) if share)


def test_the_page_for_instructors_has_the_plan() -> None:
    """The hand-written page shows the plan that the editions have, word for word."""
    page = (ROOT / "docs" / "about" / "teaching.md").read_text(encoding="utf-8")
    rows = [f"| {one.start} to {one.end} | {one.does} | {one.uses} |" for one in plan.of_case(45, staged=True)]
    assert "\n".join(rows) in page


# --- the page of the case


def test_the_page_of_a_case_has_it_in_place(library: Library) -> None:
    """Links, a switch that is off, notes that wait for it, and questions whose answers are folded without scripts."""
    page = drawn(items.page_of(library.cases[0], Context(library, SITE)))
    tags = Tags(page)
    assert (tags.open, tags.unbalanced) == ([], [])
    assert {"stage/1/", "teach/", "brief/"} <= {found.get("href") for _, found in tags.tags}
    switch = next(found for _, found in tags.tags if "data-instructors-edition" in found)
    assert (switch["role"], "checked" in switch) == ("switch", False)
    assert page.count('class="for-instructor"') == 5
    text = " ".join(" ".join(tags.text).split())
    assert "About 8 minutes. Look for the landlord and the tax office." in text
    choices = [found["value"] for _, found in tags.tags if found.get("type") == "radio" and "value" in found]
    assert tuple(choices) == library.cases[0].teaching.self_check[0].choices  # type: ignore[union-attr]
    answer = page[page.index('<details class="check-answer">') : page.index("</details>", page.index("check-answer"))]
    assert "A licence does not end with a lease." in answer
    assert 'href="#ask-before-moving">To lesson 1</a>' in answer


def test_the_page_of_a_case_without_them_shows_nothing_empty(small: Library) -> None:
    """A case with discussion questions alone has no decision point, no questions to check oneself, and no stages."""
    page = drawn(items.page_of(small.cases[0], Context(small, SITE)))
    assert "teach/" in page
    assert not [
        one for one in ("stage/1/", "brief/", 'id="decision"', 'id="self-check"', 'class="board"') if one in page
    ]


# --- released versions, search, rules


def test_a_version_shows_and_compares_what_is_for_a_class(library: Library, vocabularies: Vocabularies) -> None:
    """Each new field is a part of its version, and a change of one is told by the name of its entry."""
    case = library.cases[0]
    data: dict[str, Any] = dict(frontmatter.loads(replaced(base("case-study"), FOR_A_CLASS)).metadata)
    where = (case.kind, case.id)
    one = release.frozen({**data, "version": 1}, "", *where, 1, "", vocabularies, {})
    known = {part.id: part for part in parts.of_release(one)}
    assert {"decision", "self-check", "misconceptions", "whiteboard", "brief", "monday"} <= set(known)
    situation = next(entry for entry in known["decision"].entries if entry.name == "Situation")
    assert [field.text for field in situation.fields][1] == "Nobody has asked what else stands in the hall."
    block: Any = data["teaching"]
    asked = [{**block["self_check"][0], "right": "The licence holder"}, block["self_check"][1]]
    changed = {**data, "version": 2, "teaching": {**block, "self_check": asked, "brief": None}}
    two = release.frozen(changed, "", *where, 2, "", vocabularies, {})
    found = {part.heading: [(entry.how, entry.name) for entry in part.entries] for part in compare(one, two).parts}
    assert found["Check yourself"] == [("changed", "Question who-answers")]
    assert [how for how, _ in found["Questions for Monday"]] == ["removed"] * 3


def test_the_search_knows_questions_and_no_answers(library: Library) -> None:
    """The decision point and the questions are found; an answer is not read before its question."""
    found = {one.anchor: one.text for one in passages_of(library.cases[0], library)}
    assert "a lorry is ordered for Friday" in found["decision"]
    assert found["self-check"] == "Who answers for the gauge after the move? Whom would you call first, and why?"
    assert not [one for one in found.values() if "does not end with a lease" in one or "no licence" in one]


def test_the_sample_has_no_findings(tmp_path: Path) -> None:
    """The case of these tests is one that the checker would let pass."""
    assert [shown(one) for one in findings_of(tmp_path, published(*FOR_A_CLASS), [CASE])] == []


def test_paragraphs_of_folded_and_of_literal_text() -> None:
    """A folded block keeps one line break of a blank line, a literal one both, and its own line breaks are none."""
    assert paragraphs("One two.\nThree.\n") == ["One two.", "Three."]
    assert paragraphs("One\ntwo.\n\nThree.\n") == ["One two.", "Three."]
    assert DECISION.count("\n\n") == 1
