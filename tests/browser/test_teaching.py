"""A class in a real browser: a case in stages, questions to check oneself, the instructor's edition, and paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT, served
from tests.browser.test_pages import COLOURS, DESKTOP, PALETTE, PHONE, violations
from tests.drawing import drawn
from tests.support import SITE, library_of, published
from tests.teaching import FOR_A_CLASS

from casebook import assets, render
from casebook.artifact import Artifact
from casebook.paths import repository
from casebook.render import items
from casebook.render.page import Context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ADDRESS = "cases/lost-source-2001/"
TITLE = "A lost source: Sampletown, 2001"
NARROW = 320
IS_DARK = "getComputedStyle(document.body).backgroundColor === 'rgb(18, 22, 27)'"
MOST_REQUESTS = 4


# The page of a case as the theme frames it, as far as our own style and code look at the frame.
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="../../assets/images/mark.svg">
<link rel="stylesheet" href="../../assets/casebook/css/casebook.css">
<style>.md-typeset a {{ color: var(--md-typeset-a-color) }}</style></head>
<body data-md-color-scheme="default" dir="ltr"><main class="md-content"><article class="md-typeset">
{page}</article></main><script src="../../assets/casebook/js/casebook.js"></script></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a case that has everything for a class, with style and code, as they lie on a disk."""
    root, paths = tmp_path_factory.mktemp("class"), repository(ROOT)
    library = library_of(root / "repository", published(*FOR_A_CLASS))
    page = FRAME.format(title=TITLE, page=drawn(items.page_of(library.cases[0], Context(library, SITE))))
    mark = Artifact("assets/images/mark.svg", (paths.assets / "images" / "mark.svg").read_bytes())
    made = (Artifact(f"{ADDRESS}index.html", page), mark, *render.leaves(library, SITE), *assets.bundle(paths))
    for one in made:
        path = root / "site" / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.data)
    return root / "site"


@pytest.fixture(scope="module")
def case(folder: Path) -> Iterator[str]:
    """The address of the case, on a server."""
    with served(folder) as root:
        yield f"{root}{ADDRESS}"


def test_a_class_decides_before_it_reads_on(page: Page, folder: Path) -> None:
    """From a memory stick, through all stages: the title comes with the third, and what was noted stands beside it."""
    page.goto((folder / ADDRESS / "stage" / "1" / "index.html").as_uri())
    for step in ("Go on: decide", ""):
        assert TITLE not in page.content()
        assert "Sampletown" not in page.title() + page.content()
        if step:
            page.get_by_role("link", name=step).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you ask of the firm this week?")
    page.get_by_label("Go to the hall before Friday.").check()
    page.get_by_label("Why, and what would you do besides?").fill("A letter\ncan wait.")
    page.get_by_role("link", name="We have decided: read on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    noted = page.get_by_role("complementary", name="What you noted")
    expect(noted).to_contain_text("Go to the hall before Friday.")
    page.get_by_role("link", name="Go on: lessons").click()
    expect(noted).to_contain_text("can wait.")
    expect(page.get_by_role("listitem").filter(has_text="Ask where each source goes")).to_be_visible()
    page.get_by_role("button", name="Forget it").click()
    expect(noted).to_be_hidden()
    page.get_by_role("link", name="Back to stage 3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(noted).to_be_hidden()


def test_answers_are_checked_kept_and_deleted(page: Page, case: str) -> None:
    """No choice, a wrong one by keyboard, the right one, an open question: all is kept until it is deleted."""
    page.goto(f"{case}#self-check")
    first, second = page.locator(".check").all()
    first.get_by_role("button", name="Check").click()
    expect(first.get_by_role("status")).to_have_text("Choose an answer first.", use_inner_text=True)
    first.get_by_label("The owner of the hall").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(first.get_by_role("status")).to_contain_text("holds no licence")
    expect(first.get_by_role("status")).to_contain_text("A licence does not end with a lease.")
    expect(page.locator(".check-count")).to_have_text("1 of 2 answered, 0 of 1 with a choice right.")
    first.get_by_label("The holder of the licence").check()
    expect(first.get_by_role("status")).to_have_text("", use_inner_text=True)
    first.get_by_role("button", name="Check").click()
    second.get_by_role("textbox").fill("The landlord.")
    second.get_by_role("button", name="Show a good answer").click()
    page.reload()
    expect(page.locator(".check-count")).to_have_text("2 of 2 answered, 1 of 1 with a choice right.")
    expect(first.get_by_label("The holder of the licence")).to_be_checked()
    expect(second.get_by_role("textbox")).to_have_value("The landlord.")
    expect(second).to_contain_text("A good answer names a person and a reason.")
    page.get_by_role("button", name="Start again").click()
    expect(first.get_by_role("radio").first).to_be_focused()
    page.reload()
    expect(page.locator(".check-count")).to_have_text("0 of 2 answered.")
    expect(second.get_by_role("textbox")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('casebook-check'))") == []


def test_the_switch_is_remembered(page: Page, case: str) -> None:
    """Notes, board and answers come with the switch, are there after a reload and on paper, and nobody is kept out."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(case)
    notes = page.get_by_text("Look for the landlord and the tax office.")
    expect(notes).to_be_hidden()
    page.get_by_role("switch", name="Instructor's edition").check()
    expect(notes).to_be_visible()
    page.reload()
    expect(notes).to_be_visible()
    expect(page.get_by_text("A licence does not end with a lease.")).to_be_visible()
    for width in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # How large links are is a matter of the theme, and looked at on its pages.
    assert [one for one in violations(page) if one[0] != "target-size"] == []
    page.evaluate(PALETTE, "slate")
    page.wait_for_function(IS_DARK)
    assert violations(page, rules=COLOURS) == []
    page.emulate_media(media="print")
    expect(notes).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("switch").uncheck()
    page.reload()
    expect(notes).to_be_hidden()


def test_it_works_without_scripts(browser: Browser, case: str) -> None:
    """The switch is style alone, answers are folded, and the stages lead on."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(case)
    page.get_by_role("switch").check()
    assert page.get_by_text("Look for the landlord and the tax office.").is_visible()
    page.get_by_text("Answer: question 1").click()
    assert page.get_by_text("The driver carries what is handed over.").is_visible()
    assert page.get_by_role("button", name="Check").count() == 0
    page.get_by_role("link", name="in stages", exact=True).click()
    page.get_by_role("link", name="Go on: decide").click()
    page.get_by_role("link", name="We have decided").click()
    assert page.get_by_role("heading", name=TITLE).is_visible()
    context.close()


def test_pages_for_a_class_are_accessible_and_small(page: Page, case: str) -> None:
    """Nobody is kept out on a desktop, a phone and in the dark, nobody scrolls sideways, and the brief is one sheet."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found: dict[str, Any] = {}
    for address in ("stage/1/", "stage/2/", "stage/3/", "stage/4/", "teach/", "brief/"):
        asked.clear()
        page.goto(case + address)
        assert len(asked) <= MOST_REQUESTS, asked
        for width in (DESKTOP, PHONE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found[address] = violations(page)
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(IS_DARK)
        found[f"{address} in the dark"] = violations(page, rules=COLOURS)
        page.emulate_media(color_scheme="light")
    assert {where: broken for where, broken in found.items() if broken} == {}
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages) == 1
