"""Cards in the frames of a page on another site: with scripts, without them, and in a frame that is closed."""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import threading
from html import unescape
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import SITE_URL, Quiet
from tests.browser.test_pages import violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

CASE = "embed/case-study/goiania-1987/"
PRACTICE = "embed/best-practice/two-person-rule/"
CLOSED = 'sandbox="allow-popups allow-popups-to-escape-sandbox"'
LIGHT, DARK = "rgb(252, 251, 248)", "rgb(18, 22, 27)"
# Of a card with its style, compressed; the script comes on top.
HEAVIEST = 12_000
NATURAL = """() => { const {top, bottom} = document.querySelector("main").getBoundingClientRect();
  return Math.ceil(top + bottom + 2 * scrollY); }"""
PAPER = "() => getComputedStyle(document.body).backgroundColor"
FRAME_HEIGHT = "document.querySelector('iframe').clientHeight"


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Return what puts HTML on a page of another site and gives its address."""
    folder = tmp_path_factory.mktemp("host")
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    numbers = count()

    def host(html: str) -> str:
        # Another name each time: a browser keeps what it was given a moment ago.
        name = f"course-{next(numbers)}.html"
        head = '<meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">'
        (folder / name).write_text(f"<!doctype html>{head}<body style='margin: 0'>{html}", encoding="utf-8")
        return f"http://127.0.0.1:{server.server_port}/{name}"

    yield host
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def code(site: Path, address: str) -> Callable[[str], str]:
    """Return what gives the code in a box of the page of the case, for the address at which the site stands here."""
    html = (site / "cases/goiania-1987/index.html").read_text(encoding="utf-8")

    def of(box: str) -> str:
        found = re.search(rf'<textarea id="{box}"[^>]*>(.*?)</textarea>', html, re.DOTALL)
        assert found
        return unescape(found[1]).replace(SITE_URL, address)

    return of


def card(page: Page) -> Frame:
    """Return the frame with the card, when it is there."""
    page.frame_locator("iframe >> nth=0").locator("footer").wait_for()
    return page.frames[1]


def test_the_frame_takes_the_height_of_the_card(
    page: Page, hosted: Callable[[str], str], code: Callable[[str], str]
) -> None:
    """With the script the frame is as high as the card, also after the page became narrow, and nothing scrolls."""
    page.goto(hosted(code("embed-code-resizing")))
    shown = card(page)
    for width in (800, 320, 600):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"(height) => {FRAME_HEIGHT} === height", arg=shown.evaluate(NATURAL))
        assert shown.evaluate("document.documentElement.scrollWidth") == width
        assert shown.evaluate("document.documentElement.scrollHeight") == page.evaluate(FRAME_HEIGHT)


def test_the_frame_without_a_script_has_room(
    page: Page, hosted: Callable[[str], str], code: Callable[[str], str]
) -> None:
    """The height in the code is enough in the column of a course, and not much too much; on a phone one scrolls."""
    page.goto(hosted(code("embed-code")))
    page.set_viewport_size({"width": 600, "height": 900})
    shown = card(page)
    assert 0 <= page.evaluate(FRAME_HEIGHT) - shown.evaluate(NATURAL) < 120
    page.set_viewport_size({"width": 320, "height": 900})
    shown.locator("footer").scroll_into_view_if_needed()
    expect(shown.locator("footer")).to_be_in_viewport()


def test_a_card_in_a_closed_frame(
    page: Page, address: str, hosted: Callable[[str], str], complaints: list[str]
) -> None:
    """In the frame of a strict site the card runs no script, and has its words, its style, and a link to a new tab."""
    page.emulate_media(color_scheme="dark")
    page.goto(hosted(f'<iframe src="{address}{PRACTICE}" width="800" height="600" {CLOSED}></iframe>'))
    shown = card(page)
    assert shown.evaluate(PAPER) == DARK
    with page.context.expect_page() as opened:
        shown.get_by_role("link", name="Read the practice").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{address}practices/two-person-rule/index.html"
    assert all("sandboxed" in one for one in complaints)
    complaints.clear()


def test_a_card_without_scripts(browser: Browser, address: str, hosted: Callable[[str], str]) -> None:
    """A browser without JavaScript shows the whole card in the colours of the reader's screen."""
    context = browser.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(hosted(f'<iframe src="{address}{CASE}?theme=dark" width="320" height="600"></iframe>'))
    shown = card(page)
    expect(shown.locator("ol li")).to_have_count(2)
    expect(shown.get_by_role("link", name="Read the case")).to_be_visible()
    assert shown.evaluate(PAPER) == LIGHT
    context.close()


def test_a_card_is_accessible(page: Page, address: str) -> None:
    """Wide and narrow, light and dark: axe finds nothing, and nothing scrolls sideways."""
    for path, theme, paper in ((CASE, "light", LIGHT), (PRACTICE, "dark", DARK)):
        page.goto(f"{address}{path}?theme={theme}")
        assert page.evaluate(PAPER) == paper
        for width in (800, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []


def test_the_address_decides_the_colours(page: Page, address: str) -> None:
    """The system decides, unless the address does; a word that is no theme counts for nothing."""
    for scheme, theme, paper in (
        ("dark", "auto", DARK),
        ("dark", "light", LIGHT),
        ("light", "dark", DARK),
        ("light", "x", LIGHT),
    ):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its words
        page.goto(f"{address}{CASE}?theme={theme}")
        assert page.evaluate(PAPER) == paper, (scheme, theme)


def test_only_our_cards_are_heard(
    page: Page, address: str, hosted: Callable[[str], str], code: Callable[[str], str]
) -> None:
    """A message from the page, from another page of ours, or from a frame that went elsewhere changes no height.

    A card cannot ask for too much, nor for nothing.
    """
    left, picture = f"{address}{CASE}?theme=light", f"{address}assets/images/mark.svg"
    others = f'<iframe src="{left}" class="other"></iframe><iframe src="{picture}" class="other"></iframe>'
    where = hosted(code("embed-code-resizing") + others)
    page.goto(where)
    shown = card(page)
    page.wait_for_function(f"(height) => {FRAME_HEIGHT} === height", arg=shown.evaluate(NATURAL))
    said = "(height) => parent.postMessage({casebook: 'height', height}, '*')"
    heights = "[...document.querySelectorAll('.other')].map((frame) => frame.clientHeight)"
    page.frames[2].goto(urljoin(where, "."))
    before = page.evaluate(heights)
    page.evaluate("postMessage({casebook: 'height', height: 700}, '*')")
    for frame in page.frames[2:]:
        frame.evaluate(said, 800)
    for nonsense in ("900px", None, float("nan")):
        shown.evaluate(said, nonsense)
    # Messages arrive in their order: when this one has worked, those before it did nothing.
    shown.evaluate(said, 99_999)
    page.wait_for_function(f"{FRAME_HEIGHT} === 3000")
    shown.evaluate(said, 1)
    page.wait_for_function(f"{FRAME_HEIGHT} === 120")
    assert page.evaluate(heights) == before


def test_the_code_can_be_copied(page: Page, address: str) -> None:
    """The open box is accessible, the button copies the code in the chosen colours, and the link shows the card so."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}cases/goiania-1987/")
    page.get_by_text("Show it in your course or page").click()
    assert violations(page) == []
    plain = page.locator("#embed-code").input_value()
    page.get_by_label("Colours").select_option("light")
    page.get_by_label("Colours").select_option("dark")
    page.get_by_role("button", name="Copy the code", exact=True).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == plain.replace(f"{CASE}", f"{CASE}?theme=dark")
    page.get_by_role("link", name="see the card").click()
    page.wait_for_url(f"{address}{CASE}?theme=dark")


def test_no_card_is_heavy(site: Path) -> None:
    """With its script a card is light enough for a slow line, and it is all that is asked for."""
    script = len(gzip.compress((site / "assets/casebook/js/card.js").read_bytes()))
    weights = {path.parent.name: len(gzip.compress(path.read_bytes())) for path in site.glob("embed/*/*/index.html")}
    assert len(weights) > 90
    assert {name: weight for name, weight in weights.items() if weight + script > HEAVIEST / 3} == {}


def test_a_site_without_an_address_takes_the_one_where_it_is_open(page: Page, address: str, site: Path) -> None:
    """The page of a mirror that does not know its address fills it into both codes, and takes the note away."""
    html = (site / "cases/goiania-1987/index.html").read_text(encoding="utf-8")
    note = '<p data-embed-note>The address is missing.</p><p class="embed-label">'
    nowhere = html.replace(f"src=&#34;{SITE_URL}", "src=&#34;/").replace('<p class="embed-label">', note, 1)
    page.route("**/cases/goiania-1987/", lambda route: route.fulfill(body=nowhere, content_type="text/html"))
    page.goto(f"{address}cases/goiania-1987/")
    for box, asked in (("#embed-code", [CASE]), ("#embed-code-resizing", [CASE, "assets/casebook/js/embed.js"])):
        found = re.findall(r'src="([^"]+)"', page.locator(box).input_value())
        assert found == [f"{address}{one}" for one in asked]
    expect(page.locator("[data-embed-note]")).to_have_count(0)
