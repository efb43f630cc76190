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
from casebook.registry import CASE_STUDY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Dialog, Locator, Page, Route

    from casebook.finding import Finding

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


def checked(text: str, name: str) -> list[Finding]:
    """Return what the command line says of a file, notes left out."""
    found = build.check_text(text, f"cases/case-studies/{name}", CASE_STUDY, real_corpus())
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


def test_an_item_opens_and_comes_out_the_same(page: Page, address: str) -> None:
    """A published case opens in the form; its fields and text come out as they went in, and nothing is to mend."""
    page.goto(address + PATH)
    page.locator("[data-form-file]").set_input_files(GOIANIA)
    page.get_by_role("heading", name="Case study", exact=True).wait_for()
    before, after = frontmatter.loads(GOIANIA.read_text(encoding="utf-8")), frontmatter.loads(written(page))
    assert after.metadata == before.metadata
    assert after.content == before.content
    expect(page.locator("[data-form-findings]")).to_have_text("Nothing to mend.")
    assert page.locator(".cb-similar a").filter(has_text="Goiânia, 1987").count() == 0


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
    page.get_by_role("button", name="Delete source 1").click()
    assert field(page, "sources/0/title").input_value() == "First report"
    assert page.locator('[data-path="#/sources/1"]').count() == 0


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
