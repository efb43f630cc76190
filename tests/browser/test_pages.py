"""What a person does with the site, in a real browser: look, search, sort, copy, read on a phone, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KINDS = [
    "",
    "cases/goiania-1987/",
    "practices/two-person-rule/",
    "exercises/",
    "exercises/friday-at-four/",
    "paths/senior-official-fifteen-minutes/",
    "topics/",
    "topics/insider-threat/",
    "factors/",
    "factors/slow-detection/",
    "guidance/nss-13/",
    "glossary/",
    "search/?q=stolen+source&kind=case-study",
    "search/?q=xyzzyplugh",
    "find/",
    "coverage/",
    "explore/",
    "explore/timeline/",
    "explore/map/",
    "explore/factors-by-setting/",
    "explore/topics-by-outcome/",
    "centres/",
    "centres/iscn-jaea/",
    "cases/",
    "years/",
    "years/1980s/",
    "browse/",
    "organisations/source-licensee/",
    "changes/",
    "changed-since/",
    "rules/",
    "rules/unsourced/",
    "schema/",
    "about/",
    "about/data/",
    "contribute/",
    "contribute/new/",
    "404.html",
]
# The frame is the same on all pages, so that on these alone each palette is looked at in both widths.
SAMPLE = ("", "cases/goiania-1987/", "search/?q=stolen+source&kind=case-study", "find/")
DESKTOP, PHONE = 1280, 390
# A page is loaded at the first of them. Sideways: WCAG 2.2, 1.4.10.
WIDTHS = (DESKTOP, 768, 320, PHONE)
WIDEST = 1920
# Only what is shown is sent back, and axe describes nothing but violations: half of its time.
RUN = """(wanted) => axe.run(document, {runOnly: wanted, resultTypes: ["violations"]}).then(({violations}) =>
  violations.map(({id, nodes}) => [id, nodes.map(({target}) => target)]))"""
PALETTE = "(name) => document.body.setAttribute('data-md-color-scheme', name)"


COLOURS = ("color-contrast",)
NARROWED = (*COLOURS, "target-size", "scrollable-region-focusable", "link-in-text-block")


def violations(page: Page, *, rules: Sequence[str] = ()) -> list[Any]:
    """Return what axe finds on the page, with the elements: by every rule of the standard, or by the rules named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": STANDARD}
    return list(page.evaluate(RUN, wanted))


def faults(page: Page, width: int, palettes: Sequence[str], rules: Sequence[str] = ()) -> dict[str, Any]:
    """Return what is wrong with the page in a width: that it can be scrolled sideways, and what axe finds."""
    page.set_viewport_size({"width": width, "height": 900})
    taken = page.evaluate("document.documentElement.scrollWidth")
    found: dict[str, Any] = {f"at {width}": f"is {taken} wide"} if taken > width else {}
    for palette in palettes:
        page.evaluate(PALETTE, palette)
        # The palettes differ in nothing but colours.
        found[f"at {width} in {palette}"] = violations(page, rules=rules if palette == palettes[0] else COLOURS)
    return {where: broken for where, broken in found.items() if broken}


@pytest.mark.parametrize("kinds", [KINDS[start::4] for start in range(4)], ids=["1", "2", "3", "4"])
def test_every_kind_of_page_is_accessible(page: Page, address: str, kinds: list[str]) -> None:
    """No kind of page offends WCAG 2.2 AA: axe finds nothing on desktop and phone, and nobody scrolls sideways.

    Each page is loaded once and then narrowed. Axe sees it in the light on a desktop, by every rule, and in the dark on
    a phone; there the sample is seen by every rule too, and the others by those that width and colour can break.
    """
    # Without motion a colour is there at once, and not on its way.
    page.emulate_media(reduced_motion="reduce")
    found: dict[str, Any] = {}
    for kind in kinds:
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        page.goto(address + kind)
        if kind.startswith("search/"):
            expect(page.locator(".search-head [role=status]")).to_contain_text("result")
        both = kind in SAMPLE
        looks = {DESKTOP: ["default", "slate"][: 1 + both], PHONE: ["slate", "default"][: 1 + both]}
        for width in (*WIDTHS, *([WIDEST] if both else [])):
            broken = faults(page, width, looks.get(width, ()), NARROWED if width == PHONE and not both else ())
            found |= {f"{kind} {where}": what for where, what in broken.items()}
    assert found == {}


def test_the_dark_palette_comes_with_the_system(page: Page, address: str) -> None:
    """Who has set a dark system sees a dark page."""
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"


def test_a_lesson_has_an_address(page: Page, address: str) -> None:
    """The link of a lesson leads to it and marks it."""
    page.goto(f"{address}cases/kashiwazaki-kariwa-2020/")
    page.get_by_role("link", name="Link to lesson 3").click()
    page.wait_for_url("**/#give-every-substitute-an-end-date")
    assert page.locator("h3#give-every-substitute-an-end-date").is_visible()


def test_a_citation_leads_to_its_source(page: Page, address: str) -> None:
    """A mark in the prose leads to the numbered source."""
    page.goto(f"{address}cases/goiania-1987/")
    mark = page.locator(".prose .cite a").first
    number, target = mark.inner_text(), mark.get_attribute("href")
    mark.click()
    source = page.locator(f"li{target}")
    assert source.is_visible()
    assert page.locator(".sources > li").all()[int(number) - 1].get_attribute("id") == (target or "").removeprefix("#")


def test_the_citation_can_be_copied(page: Page, address: str) -> None:
    """The button copies the citation and says so."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}cases/goiania-1987/")
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert "goiania-1987, version" in page.evaluate("navigator.clipboard.readText()")


def test_a_list_can_be_sorted_and_filtered(page: Page, address: str) -> None:
    """A click on a column sorts by it; words leave only the rows that hold them, accents or not."""
    page.goto(f"{address}cases/")
    years = "[...document.querySelectorAll('td[data-label=When]')].map(cell => Number(cell.textContent))"
    page.get_by_role("button", name="When").click()
    ascending = page.evaluate(years)
    assert ascending == sorted(ascending)
    page.get_by_role("button", name="When").click()
    assert page.evaluate(years) == sorted(ascending, reverse=True)
    page.get_by_label("Filter this list").fill("goiania brazil")
    assert page.get_by_role("status").inner_text() == f"1 of {len(ascending)} shown"
    assert page.locator(".items tbody tr:visible").count() == 1


def test_a_glossary_term_explains_itself_and_escape_hides_it(page: Page, address: str) -> None:
    """Focus on a term shows its definition; Escape takes it away."""
    page.goto(f"{address}cases/karlsruhe-2001/")
    term = page.locator("a.term").first
    term.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    shown = "(term) => getComputedStyle(term, '::after').display"
    assert term.evaluate(shown) != "none"
    assert term.evaluate("(term) => getComputedStyle(term, '::after').content").strip('"') == term.get_attribute(
        "data-definition"
    )
    page.keyboard.press("Escape")
    assert term.evaluate(shown) == "none"


def test_the_keyboard_reaches_the_content(page: Page, address: str) -> None:
    """The first stop of the Tab key is the link that skips to the content."""
    page.goto(f"{address}cases/goiania-1987/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")


def test_a_page_keeps_its_words_without_our_code(browser: Browser, address: str) -> None:
    """Without JavaScript a case has all its text, and no button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}cases/goiania-1987/")
    assert page.locator(".lesson").count() >= 3
    assert page.locator("button.copy:visible").count() == 0
    context.close()


def test_a_case_prints_on_a_few_pages(page: Page, address: str, tmp_path: Path) -> None:
    """On paper there is no frame, and the address stands in the footer."""
    page.goto(f"{address}cases/goiania-1987/")
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible()
    assert page.locator(".print-address").is_visible()
    target = tmp_path / "case.pdf"
    page.pdf(path=target, format="A4")
    assert target.read_bytes().count(b"/Type /Page\n") <= 6


def test_no_request_leaves_the_site(page: Page, address: str, asked: list[str]) -> None:
    """Whatever page is opened, the browser asks nobody else."""
    for kind in ("", "cases/goiania-1987/", "?q=scrap"):
        page.goto(address + kind)
        page.wait_for_load_state("networkidle")
    assert [one for one in asked if not one.startswith((address.rsplit("/", 2)[0], "data:", "blob:"))] == []
