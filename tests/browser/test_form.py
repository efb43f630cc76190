"""The web form in a real browser: what a contributor writes becomes a file that the command line accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import frontmatter
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import REPOSITORY, ROOT
from tests.browser.test_pages import DESKTOP, PHONE, faults
from tests.support import real_corpus

from casebook import build
from casebook.finding import Severity
from casebook.registry import CASE_STUDY, EXERCISE, LEARNING_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Dialog, Locator, Page, Route

    from casebook.finding import Finding
    from casebook.registry import Kind

PATH = "contribute/new/"
TITLE = "A level gauge sold with a boiler: Sampletown, 2001"
ID = "level-gauge-sold-boiler-sampletown-2001"
SUMMARY = (
    "A factory closed and its boilers were sold with a level gauge on them. Nobody had asked what stood in the hall. "
    "The gauge came back whole."
)
HOSTILE = """---
id: hostile
title: '%(script)s'
__proto__: {polluted: 'yes'}
strange: kept
topics: [radiological-sources]
sources:
- id: s1
  title: '%(script)s'
---

## What happened

%(script)s [a](javascript:alert(1))
"""
GOIANIA = ROOT / "cases" / "case-studies" / "goiania-1987.md"
OPENED = {
    "Case study": GOIANIA,
    "Exercise": ROOT / "cases" / "exercises" / "friday-at-four.md",
    "Learning path": ROOT / "cases" / "learning-paths" / "hospital-with-sources.md",
}


def field(page: Page, path: str) -> Locator:
    """Return the field of the form at a path, for example `sources/0/title`."""
    return page.locator(f'[data-path="#/{path}"]').locator("input, textarea").first


def choose(page: Page, path: str, typed: str, label: str) -> None:
    """Choose a term by typing a part of it and pressing the button with its label."""
    own = page.locator(f'[data-path="#/{path}"]')
    own.get_by_role("searchbox").fill(typed)
    own.locator(".cb-picker__option").filter(has_text=label).first.click()


def opened(page: Page, address: str, kind: str = "New case study") -> None:
    """Open the form of a kind."""
    page.goto(address + PATH)
    page.get_by_role("button", name=kind).click()
    page.get_by_role("heading", name="Begin", exact=True).wait_for()


def written(page: Page) -> str:
    """Return the file as the form shows it."""
    shown = page.locator("[data-form-show]")
    if not shown.get_attribute("open"):
        page.get_by_text("See the file").click()
    page.wait_for_function("document.querySelector('[data-form-file-text]').textContent.length > 10")
    return str(shown.locator("pre").evaluate("pre => pre.textContent"))


def add(page: Page, name: str) -> None:
    """Press a button that adds an entry."""
    page.get_by_role("button", name=name, exact=True).click()


def checked(text: str, name: str, kind: Kind = CASE_STUDY) -> list[Finding]:
    """Return what the command line says of a file, notes left out."""
    found = build.check_text(text, f"cases/{kind.folder}/{name}", kind, real_corpus())
    return [finding for finding in found if finding.severity is not Severity.NOTE]


def draft(page: Page) -> None:
    """Fill in what a draft needs, and a little more."""
    field(page, "title").fill(TITLE)
    field(page, "summary").fill(SUMMARY)
    choose(page, "topics", "radiolog", "Radiological sources")
    page.get_by_role("button", name="Add a source", exact=True).click()
    field(page, "sources/0/title").fill("Report on the gauge")
    choose(page, "sources/0/type", "official rep", "Official report")
    field(page, "event/start").fill("2001-05")
    choose(page, "event/countries", "viet", "Viet Nam")
    choose(page, "event/setting", "indus", "Industrial use")
    page.get_by_label("Loss of control").check()
    page.get_by_role("button", name="Add a lesson").click()
    field(page, "lessons/0/lesson").fill("Ask what stands in a hall before it is sold.")
    choose(page, "lessons/0/sources", "report", "Report on the gauge")
    text = field(page, "text/What happened")
    text.fill("The factory closed in May.")
    text.press("End")
    page.get_by_label("Cite a source in What happened").select_option("s1")


def test_a_filled_form_gives_a_file_that_passes(page: Page, address: str, tmp_path: Path, asked: list[str]) -> None:
    """From a blank page to a saved draft, without a word about YAML; the page asks for nothing from elsewhere."""
    opened(page, address)
    asked.clear()
    draft(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the file").click()
    assert saving.value.suggested_filename == f"{ID}.md"
    saving.value.save_as(tmp_path / "saved.md")
    text = (tmp_path / "saved.md").read_text(encoding="utf-8")
    assert checked(text, f"{ID}.md") == []
    post = frontmatter.loads(text)
    assert post.metadata["lessons"] == [
        {
            "id": "ask-what-stands-hall-before-it-is-sold",
            "lesson": "Ask what stands in a hall before it is sold.",
            "sources": ["s1"],
        }
    ]
    assert post.metadata["sources"] == [{"id": "s1", "title": "Report on the gauge", "type": "official-report"}]
    assert post.content == "## What happened\n\nThe factory closed in May.[^s1]"
    assert written(page) == text
    assert [one for one in asked if not one.startswith((address, "blob:"))] == []


def test_an_exercise_is_written_without_an_id(page: Page, address: str) -> None:
    """Roles, news, branches and lessons of cases are chosen; each part gets its id, and keeps it once it is named."""
    page.emulate_media(reduced_motion="reduce")
    opened(page, address, "New exercise")
    field(page, "title").fill("The empty shelf: a hospital moves")
    field(page, "summary").fill(SUMMARY)
    choose(page, "topics", "radiolog", "Radiological sources")
    choose(page, "setting", "hosp", "Hospital")
    for index, title in enumerate(("Head of the unit", "Players")):
        add(page, "Add a role")
        field(page, f"roles/{index}/title").fill(title)
        field(page, f"roles/{index}/brief").fill("You answer for the rooms.")
    for index, title in enumerate(("The count is wrong", "The regulator calls")):
        add(page, "Add an inject")
        field(page, f"injects/{index}/title").fill(title)
        field(page, f"injects/{index}/minute").fill(str(10 * index))
        field(page, f"injects/{index}/text").fill("One container fewer is there.\n\nNobody knows why.")
    field(page, "injects/1/only_when").fill("Nobody has called.")
    choose(page, "injects/0/to", "head", "Head of the unit")
    add(page, "Add a branch to inject 1")
    field(page, "injects/0/branches/0/when").fill("Nobody has called.")
    choose(page, "injects/0/branches/0/inject", "calls", "The regulator calls")
    choose(page, "injects/0/lessons", "dispute keeper", "name one keeper for the source")
    choose(page, "injects/0/practices", "national register", "register")
    add(page, "Add a case")
    expect(page.locator('[data-path="#/grown_from/0/id"] .cb-picker__option')).to_have_count(0)
    choose(page, "grown_from/0/id", "Goi", "Goiânia, 1987")
    field(page, "grown_from/0/why").fill("A source that nobody looked after.")
    # What is named somewhere keeps its id, whatever it is called later.
    field(page, "roles/0/title").fill("Manager")
    expect(page.get_by_label("Cite a source in Scenario")).to_be_hidden()
    text = written(page)
    assert checked(text, "empty-shelf-hospital-moves.md", EXERCISE) == []
    assert "  text: |-\n    One container fewer is there.\n\n    Nobody knows why.\n" in text
    assert frontmatter.loads(text).metadata == {
        "id": "empty-shelf-hospital-moves",
        "title": "The empty shelf: a hospital moves",
        "summary": SUMMARY,
        "language": "en",
        "status": "draft",
        "topics": ["radiological-sources"],
        "setting": "hospital",
        "roles": [
            {"id": "head-unit", "title": "Manager", "brief": "You answer for the rooms."},
            # `players` is a page of each exercise.
            {"id": "players-1", "title": "Players", "brief": "You answer for the rooms."},
        ],
        "injects": [
            {
                "id": "count-is-wrong",
                "minute": 0,
                "title": "The count is wrong",
                "to": ["head-unit"],
                "text": "One container fewer is there.\n\nNobody knows why.",
                "branches": [{"when": "Nobody has called.", "inject": "regulator-calls"}],
                "lessons": ["goiania-1987#name-a-keeper-while-owners-argue"],
                "practices": ["national-source-register"],
            },
            {
                "id": "regulator-calls",
                "minute": 10,
                "title": "The regulator calls",
                "text": "One container fewer is there.\n\nNobody knows why.",
                "only_when": "Nobody has called.",
            },
        ],
        "grown_from": [{"id": "goiania-1987", "why": "A source that nobody looked after."}],
    }
    page.locator('[data-path="#/injects/0/lessons"]').get_by_role("searchbox").focus()
    assert faults(page, DESKTOP, ["default"]) == {}


def test_a_learning_path_has_lists_in_lists(page: Page, address: str) -> None:
    """Steps hold questions, and these wrong choices; each button says in which entries its own stands."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    opened(page, address, "New learning path")
    field(page, "title").fill("A strong source in the house")
    field(page, "summary").fill(SUMMARY)
    choose(page, "topics", "radiolog", "Radiological sources")
    for index, item in enumerate(("Goiânia, 1987", "Friday at four")):
        add(page, "Add a step")
        choose(page, f"steps/{index}/item", item, item)
        field(page, f"steps/{index}/why").fill("It shows what happens.")
        field(page, f"steps/{index}/minutes").fill("15")
    add(page, "Add a question to check yourself to step 1")
    field(page, "steps/0/questions/0/question").fill("Who answers for the source?")
    field(page, "steps/0/questions/0/right").fill("The licence holder")
    field(page, "steps/0/questions/0/answer").fill("A licence does not end with a lease.")
    choose(page, "steps/0/questions/0/lesson", "keeper", "name one keeper")
    for index, choice in enumerate(("The landlord", "Nobody", "The buyer")):
        add(page, "Add a wrong choice to question to check yourself 1")
        field(page, f"steps/0/questions/0/wrong/{index}/choice").fill(choice)
        field(page, f"steps/0/questions/0/wrong/{index}/feedback").fill("Not so.")
    around = "of question to check yourself 1 of step 1"
    page.get_by_role("button", name=f"Move up wrong choice 2 {around}").click()
    page.get_by_role("button", name=f"Delete wrong choice 3 {around}").click()
    text = written(page)
    assert checked(text, "strong-source-house.md", LEARNING_PATH) == []
    assert frontmatter.loads(text).metadata["steps"] == [
        {
            "id": "goiania-1987",
            "item": "goiania-1987",
            "why": "It shows what happens.",
            "minutes": 15,
            "questions": [
                {
                    "id": "who-answers-source",
                    "question": "Who answers for the source?",
                    "right": "The licence holder",
                    "wrong": [
                        {"choice": "Nobody", "feedback": "Not so."},
                        {"choice": "The landlord", "feedback": "Not so."},
                    ],
                    "answer": "A licence does not end with a lease.",
                    "lesson": "name-a-keeper-while-owners-argue",
                }
            ],
        },
        {"id": "friday-at-four", "item": "friday-at-four", "why": "It shows what happens.", "minutes": 15},
    ]
    assert faults(page, 320, ["slate"]) == {}


def test_findings_have_the_words_of_the_command_line(page: Page, address: str) -> None:
    """Beside the field stand code, message and hint of the checker; a click in the list leads to the field."""
    opened(page, address)
    draft(page)
    field(page, "summary").fill("Too short.")
    field(page, "event/start").fill("2001-02-30")
    page.get_by_role("button", name="Check everything").click()
    found = checked(written(page), f"{ID}.md")
    assert {finding.code for finding in found} == {"out-of-range", "date-in-calendar"}
    for finding in found:
        mark = page.locator(".cb-mark").filter(has_text=finding.message)
        expect(mark).to_have_count(1)
        assert mark.inner_text().startswith(finding.code)
        assert finding.hint in mark.inner_text()
    page.locator("[data-form-findings]").get_by_role("button", name="summary").click()
    expect(field(page, "summary")).to_be_focused()
    expect(field(page, "summary")).to_have_attribute("aria-invalid", "true")
    field(page, "summary").fill(SUMMARY)
    expect(page.locator(".cb-mark").filter(has_text="summary")).to_have_count(0)


@pytest.mark.parametrize("kind", OPENED)
def test_an_item_opens_and_comes_out_the_same(page: Page, address: str, kind: str) -> None:
    """A published item opens in the form; its fields and text come out as they went in, and nothing is to mend."""
    page.goto(address + PATH)
    page.locator("[data-form-file]").set_input_files(OPENED[kind])
    page.get_by_role("heading", name=kind, exact=True).wait_for()
    before, after = frontmatter.loads(OPENED[kind].read_text(encoding="utf-8")), frontmatter.loads(written(page))
    assert after.metadata == before.metadata
    assert after.content == before.content
    expect(page.locator("[data-form-findings]")).to_have_text("Nothing to mend.")
    assert page.locator(".cb-similar a").filter(has_text=str(before.metadata["title"])).count() == 0


def test_what_may_be_sensitive_stops_the_text(page: Page, address: str) -> None:
    """A red box says what was seen, and the file is given only to somebody who says that it may leave."""
    opened(page, address)
    draft(page)
    field(page, "text/What changed").fill("本資料は取扱注意。 대외비 문서. For OFFICIAL USE ONLY. ใช้ในราชการเท่านั้น")
    expect(page.get_by_role("alert")).to_contain_text("Stop and look")
    asked: list[str] = []

    def refused(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refused)
    page.get_by_role("button", name="Save the file").click()
    expect(page.locator("[data-form-finished]")).to_contain_text("Nothing was sent or saved")
    assert "may be sensitive" in asked[0]
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_download():
        page.get_by_role("button", name="Save the file").click()


def test_a_draft_stays_in_this_browser_until_it_is_deleted(page: Page, address: str) -> None:
    """What was written is there after a reload, goes on where it was, and goes when it is deleted."""
    opened(page, address)
    draft(page)
    before = written(page)
    page.reload()
    page.get_by_role("button", name=TITLE, exact=True).click()
    assert written(page) == before
    page.get_by_role("button", name="Other drafts").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=f"Delete the draft {TITLE}").click()
    expect(page.locator("[data-form-drafts]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-form-drafts]")).to_be_hidden()


def test_what_is_already_here_is_said(page: Page, address: str) -> None:
    """A title like that of a case shows the case."""
    opened(page, address)
    field(page, "title").fill("Abandoned therapy source in Goiânia, Brazil")
    expect(page.locator(".cb-similar a").first).to_contain_text("Goiânia")


def test_lists_can_be_sorted_and_entries_deleted_by_name(page: Page, address: str) -> None:
    """Buttons say which entry they move or delete; texts go with their entry."""
    opened(page, address)
    for title in ("First report", "Second report"):
        page.get_by_role("button", name="Add a source", exact=True).click()
        page.locator('[data-path="#/sources"] [data-path$="/title"] input').last.fill(title)
    page.get_by_role("button", name="Move up source 2").click()
    assert [field(page, f"sources/{index}/title").input_value() for index in (0, 1)] == [
        "Second report",
        "First report",
    ]
    # The focus goes with the entry; the first one cannot move further up.
    expect(page.get_by_role("button", name="Move down source 1")).to_be_focused()
    page.get_by_role("button", name="Delete source 1").click()
    assert field(page, "sources/0/title").input_value() == "First report"
    assert page.locator('[data-path="#/sources/1"]').count() == 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add a source", exact=True)).to_be_focused()


def test_a_picker_works_with_keys_alone(page: Page, address: str) -> None:
    """Type, Enter, and the term is chosen; the name of its button says that it removes it."""
    opened(page, address)
    topics = page.locator('[data-path="#/topics"]')
    topics.get_by_role("searchbox").focus()
    page.keyboard.type("insider")
    page.keyboard.press("Enter")
    remove = topics.get_by_role("button", name="Remove Insider threat")
    expect(remove).to_be_visible()
    remove.focus()
    page.keyboard.press("Enter")
    expect(remove).to_have_count(0)


def test_a_hostile_file_is_only_text(page: Page, address: str, tmp_path: Path) -> None:
    """Nothing in an opened file runs, is drawn as markup, or gets lost; the checker names it."""
    file = tmp_path / "hostile.md"
    script = '<img src=x onerror="document.title=1">'
    file.write_text(HOSTILE % {"script": script}, encoding="utf-8")
    page.goto(address + PATH)
    title = page.title()
    page.locator("[data-form-file]").set_input_files(file)
    page.get_by_role("heading", name="Case study", exact=True).wait_for()
    page.get_by_role("button", name="Preview of What happened").click()
    page.get_by_role("button", name="Check everything").click()
    expect(page.locator(".cb-form__preview").first).to_contain_text("onerror")
    assert page.locator(".cb-form-page img, .cb-form__preview a").count() == 0
    assert page.evaluate("({}).polluted") is None
    assert page.title() == title
    text = written(page)
    assert "strange: kept" in text
    codes = set(page.locator(".cb-mark a").all_inner_texts())
    assert {"raw-html", "script-address"} <= codes
    expect(page.locator("[data-form-findings]")).to_contain_text("strange")


def test_a_file_with_few_fields_is_known_by_its_headings(page: Page, address: str, tmp_path: Path) -> None:
    """A draft that has nothing but a title opens as what it is."""
    (tmp_path / "begun.md").write_text("---\ntitle: For guards\n---\n\n## Before you begin\n", encoding="utf-8")
    page.goto(address + PATH)
    page.locator("[data-form-file]").set_input_files(tmp_path / "begun.md")
    expect(page.locator("[data-form-name]")).to_have_text("Learning path")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no front matter", "the first line must be `---`"),
        (b"---\ntitle: [\n---\n", "cannot be opened"),
        (b"\xff\xfe", "cannot be opened"),
        (b"x" * 400_001, "is larger than 400,000 bytes"),
    ],
    ids=["no-fields", "broken", "bytes", "large"],
)
def test_a_file_that_cannot_be_opened_is_named(
    page: Page, address: str, tmp_path: Path, content: bytes, words: str
) -> None:
    """A file that is no item is not opened, and the page says why."""
    (tmp_path / "other.md").write_bytes(content)
    page.goto(address + PATH)
    page.locator("[data-form-file]").set_input_files(tmp_path / "other.md")
    expect(page.locator("[data-form-said]")).to_contain_text(words)
    expect(page.get_by_role("button", name="New case study")).to_be_visible()


def test_the_repository_opens_with_the_text(page: Page, address: str) -> None:
    """The page of the repository for a new file has name and text filled in."""
    opened(page, address)
    draft(page)
    goes: list[str] = []

    def stopped(route: Route) -> None:
        goes.append(route.request.url)
        route.abort()

    page.context.route("https://github.com/**", stopped)
    with page.expect_popup():
        page.get_by_role("button", name="Open in the repository").click()
    page.wait_for_function("true")
    assert goes[0].startswith(f"{REPOSITORY}/new/trunk?filename=cases%2Fcase-studies%2F{ID}.md&value=---%0A")


def test_the_form_works_from_disk(page: Page, site: Path) -> None:
    """Opened from a folder, the form draws, checks and finds what is already here."""
    page.goto((site / PATH / "index.html").as_uri())
    page.get_by_role("button", name="New best practice").click()
    field(page, "title").fill("Two people for each task that one alone could misuse")
    expect(page.locator(".cb-similar a").first).to_contain_text(re.compile("two-person|Two people", re.IGNORECASE))
    page.get_by_role("button", name="Check everything").click()
    expect(page.locator("[data-form-findings]")).to_contain_text("the field `summary` is missing")


def test_the_open_form_is_accessible(page: Page, address: str) -> None:
    """Axe finds no violation in the form with entries, choices, a preview and findings; no phone is too narrow."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    opened(page, address)
    draft(page)
    field(page, "summary").fill("Call +62 812 3456 7890.")
    page.get_by_role("button", name="Preview of What happened").click()
    page.get_by_role("button", name="Check everything").click()
    page.locator('[data-path="#/topics"]').get_by_role("searchbox").focus()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page, DESKTOP, ["default"]) == {}
    assert faults(page, PHONE, ["slate"]) == {}
