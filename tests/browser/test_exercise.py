"""An exercise as it is led: the clock on the projector from start to end, in a real browser with a clock of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import served
from tests.browser.test_pages import violations
from tests.support import SITE, based, library_of

from casebook import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

EXERCISE = "exercises/the-empty-shelf/"
CLOCK = f"{EXERCISE}clock/"
BELOW = ("facilitator/", "players/", "players/head-of-unit/", "cards/", "evaluation/", "clock/")
PROJECTOR, PHONE, NARROW = (1280, 720), (390, 844), (320, 640)
MINUTE = 60_000
FAST = "5×"  # noqa: RUF001  # the sign of the button
SECOND = "Left at seven"
PRIVATE = "Show the words of private injects"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """The pages of an exercise that stand alone, with the style and the scripts of the site, as they lie on a disk."""
    root = tmp_path_factory.mktemp("exercise")
    (root / "assets").symlink_to(site / "assets")
    for one in render.leaves(library_of(tmp_path_factory.mktemp("repository"), based("exercise")), SITE):
        path = root / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(one.content), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def root(folder: Path) -> Iterator[str]:
    """The address at which they are served."""
    with served(folder) as address:
        yield address


@pytest.fixture
def clock(page: Page, root: str) -> Iterator[Page]:
    """The clock, before the start, on a projector; its time goes on only when a test says so."""
    page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    standing(page)
    page.goto(f"{root}{CLOCK}")
    yield page
    # The tab is shared, and other tests wait for its time.
    page.clock.resume()


def standing(page: Page) -> None:
    """Stop the time of a page."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def news(page: Page) -> str:
    """Return what the class reads."""
    return page.locator(".news").inner_text()


def digits(page: Page) -> str:
    """Return the time on the clock."""
    return page.locator("[data-time]").inner_text()


def button(page: Page, name: str) -> Any:
    """Return a button by its exact words."""
    return page.get_by_role("button", name=name, exact=True)


def told(page: Page) -> None:
    """Choose, in the window of the facilitator, that the words of injects for single roles are shown."""
    desk = page.get_by_text("For the facilitator", exact=True)
    desk.click()
    page.get_by_label(PRIVATE).check()
    desk.click()


def test_the_room_does_not_see_what_is_for_single_roles(clock: Page, root: str) -> None:
    """Of such an inject it sees receiver and channel; the facilitator's window has the words, after a reload too."""
    button(clock, "Start").click()
    shown = "Minute 0 To: Radiation protection officer Telephone call from the store keeper"
    assert " ".join(news(clock).split()) == shown
    expect(clock.locator(".news")).to_have_attribute("data-size", "large")
    desk = clock.context.new_page()
    standing(desk)
    desk.goto(f"{root}{CLOCK}")
    assert " ".join(news(desk).split()) == shown
    told(desk)
    assert "seven on my list" in news(desk)
    # The space bar is still for the clock, and hides and shows nothing.
    desk.keyboard.press(" ")
    expect(desk.locator("[data-state]")).to_have_text("Stopped")
    assert "seven on my list" in news(desk)
    desk.reload()
    assert "seven on my list" in news(desk)
    clock.reload()
    assert " ".join(news(clock).split()) == shown
    expect(clock.get_by_label(PRIVATE)).not_to_be_checked()

    desk.get_by_text("For the facilitator", exact=True).click()
    desk.get_by_label(PRIVATE).uncheck()
    assert " ".join(news(desk).split()) == shown
    for _ in range(3):
        clock.keyboard.press("ArrowRight")
    assert "The guard of the new building calls" in news(clock)
    clock.keyboard.press("ArrowLeft")
    assert "An envelope holds" not in clock.locator("body").inner_text()


def test_an_exercise_from_start_to_end(clock: Page) -> None:
    """Nothing is told before its minute; a branch comes when it is chosen; a reload keeps all of it; then the end."""
    assert news(clock) == ""
    told(clock)
    body = clock.locator("body")
    for words in ("one container fewer", "store keeper", SECOND, "inspector calls", "regulator by now"):
        assert words not in body.inner_text()
    button(clock, "Start").click()
    assert "seven on my list" in news(clock)
    # The page looks four times a second at the time.
    clock.clock.run_for(15 * MINUTE - 700)
    assert digits(clock) == "14:59"
    assert SECOND not in body.inner_text()
    clock.clock.run_for(1000)
    assert (digits(clock), SECOND in news(clock)) == ("15:00", True)
    assert "Manager of the move, Head of the old unit" in news(clock)

    # The branches are folded, because the class looks at the same screen.
    assert "regulator by now" not in body.inner_text()
    clock.get_by_text("For the facilitator", exact=True).click()
    expect(clock.locator("[data-next]")).to_have_text("The next inject comes at minute 40.")
    clock.clock.run_for(7 * MINUTE)
    button(clock, "Nobody has called the regulator by now.").click()
    assert "The inspector calls" in news(clock)
    assert "Minute 22" in news(clock)

    clock.reload()
    clock.clock.run_for(1000)
    assert "The inspector calls" in news(clock)
    assert digits(clock) == "22:01"
    expect(clock.locator("[data-log] li")).to_have_count(3)
    clock.get_by_text("For the facilitator", exact=True).click()
    expect(clock.locator("[data-way]")).to_have_count(1)

    clock.get_by_role("radio", name=FAST).check()
    clock.clock.run_for(4 * MINUTE)
    assert "An envelope holds" in news(clock)
    assert f"{FAST} speed" in clock.locator("[data-state]").inner_text()
    clock.clock.run_for(12 * MINUTE)
    assert digits(clock) == "90:00"
    expect(clock.locator("[data-state]")).to_contain_text("The time is over")
    expect(button(clock, "Go on")).to_be_disabled()
    expect(button(clock, "Next inject")).to_be_disabled()

    button(clock, "Begin again").click()
    assert (digits(clock), news(clock)) == ("00:00", "")
    button(clock, "Undo the last step").click()
    assert digits(clock) == "90:00"


def test_keys(clock: Page) -> None:
    """Space starts and stops, the arrows go on and back; a button that has the focus takes the space for itself."""
    told(clock)
    clock.keyboard.press(" ")
    clock.clock.run_for(2300)
    assert digits(clock) == "00:02"
    clock.keyboard.press(" ")
    clock.clock.run_for(2300)
    assert digits(clock) == "00:02"
    expect(clock.locator("[data-state]")).to_have_text("Stopped")
    clock.keyboard.press("ArrowRight")
    assert (digits(clock), SECOND in news(clock)) == ("15:00", True)
    clock.keyboard.press("ArrowLeft")
    assert (digits(clock), "seven on my list" in news(clock)) == ("15:00", True)
    button(clock, "Forward").focus()
    clock.keyboard.press(" ")
    assert SECOND in news(clock)
    expect(clock.locator("[data-state]")).to_have_text("Stopped")


def test_a_second_window_follows(clock: Page, root: str) -> None:
    """The facilitator leads from a window of the own screen: what is chosen there is shown on the projector."""
    told(clock)
    desk = clock.context.new_page()
    standing(desk)
    desk.goto(f"{root}{CLOCK}")
    button(desk, "Start").click()
    desk.keyboard.press("ArrowRight")
    clock.clock.run_for(500)
    assert SECOND in news(clock)
    desk.get_by_text("For the facilitator", exact=True).click()
    button(desk, "Nobody has called the regulator by now.").click()
    clock.clock.run_for(500)
    assert "The inspector calls" in news(clock)
    expect(clock.locator("[data-branches]")).not_to_be_visible()


def test_an_inject_is_said_aloud_once(clock: Page) -> None:
    """The place of the news is live, the digits are not, and what stands there is not written again each second."""
    expect(clock.locator(".news")).to_have_attribute("aria-live", "polite")
    expect(clock.get_by_role("timer")).not_to_have_attribute("aria-live", "polite")
    button(clock, "Start").click()
    clock.evaluate(
        "self.seen = 0; new MutationObserver((found) => (self.seen += found.length)).observe("
        "document.querySelector('.news'), {childList: true, subtree: true, characterData: true})"
    )
    clock.clock.run_for(MINUTE)
    assert clock.evaluate("self.seen") == 0
    clock.clock.run_for(14 * MINUTE + 300)
    assert clock.evaluate("self.seen") == 1


def test_without_scripts(browser: Browser, root: str) -> None:
    """A browser without JavaScript shows the injects in their order, folded, and none of the buttons."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}{CLOCK}")
    expect(page.locator(".stage")).not_to_be_visible()
    expect(page.locator(".injects summary")).to_have_count(6)
    assert "store keeper" not in page.locator("main").inner_text()
    page.locator(".injects summary").first.click()
    assert "seven on my list" in page.locator("main").inner_text()
    context.close()


def test_pages_of_an_exercise_are_accessible(page: Page, root: str) -> None:
    """On a projector in the light, and on the narrowest phone in the dark: axe finds nothing, nothing goes sideways."""
    found: dict[str, Any] = {}
    for name in BELOW:
        page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
        page.emulate_media(color_scheme="light")
        page.goto(f"{root}{EXERCISE}{name}")
        if name == "clock/":
            button(page, "Start").click()
            page.keyboard.press("ArrowRight")
            page.get_by_text("For the facilitator", exact=True).click()
        found[name] = violations(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        found[f"{name} on a phone"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], name
    assert {name: one for name, one in found.items() if one} == {}


def test_the_clock_from_a_disk(page: Page, folder: Path) -> None:
    """Opened from a memory stick it works too, and its links lead to pages."""
    page.goto((folder / CLOCK / "index.html").as_uri())
    told(page)
    button(page, "Start").click()
    assert "seven on my list" in news(page)
    page.goto((folder / EXERCISE / "players" / "index.html").as_uri())
    page.get_by_role("link", name="Page of this role").first.click()
    expect(page.get_by_role("heading", name="What only you know")).to_be_visible()


def test_cards_on_paper(page: Page, root: str) -> None:
    """Four cards to a sheet of A4: two sheets for the players and two for the facilitator."""
    page.goto(f"{root}{EXERCISE}cards/")
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 4
