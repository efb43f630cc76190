"""How well questions are answered, in a real browser: our search, the finder, and the search that Material has.

The questions and their answers stand in `tests/data/queries.yml`. A result counts by its place among the first ten.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import yaml
from playwright.sync_api import expect, sync_playwright

from bench.builds import as_stock, measured, stock
from bench.synthetic import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FILE = HERE.root / "tests" / "data" / "queries.yml"
FIRST, SOON, MOST = 1, 5, 10
SCROLLS = 6
LEVELS = ("plain", "hard", "other scripts")
_ITEMS = ("/cases/", "/practices/")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the ids of the items that answer it."""

    text: str
    level: str
    aside: bool
    answers: frozenset[str]


def questions() -> list[Question]:
    """Return all questions. Those in scripts other than Latin are a level of their own."""
    read: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [
        Question(
            one["query"],
            one["level"] if one["language"] == "en" else LEVELS[2],
            one["set"] == "aside",
            frozenset(one["answers"]),
        )
        for one in read
    ]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # name of the parent's argument
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server that takes it calmly when a browser leaves in the middle."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: what was not sent nobody waited for."""


@contextmanager
def served(site: Path, handler: type[http.server.SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """Serve a site and give its address."""
    server = Server(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Give a Chromium, the system's where there is one."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def by_search(page: Page, address: str, question: str) -> list[str]:
    """Return what our page of results lists."""
    page.goto(f"{address}search/?q={quote_plus(question)}")
    expect(page.locator(".search-head [role=status]")).to_contain_text("result")
    if page.locator(".search-head [role=status]").inner_text().startswith("No results"):
        return []
    page.wait_for_function("document.querySelector('.search-facets .facet')")
    return _links(page, "#search-results > li > a:first-child")


def by_finder(page: Page, address: str, question: str) -> list[str]:
    """Return what the precedent finder lists for a description."""
    page.goto(f"{address}find/")
    page.locator("#find-text").fill(question)
    page.locator(".finder button[type=submit]").click()
    page.locator("[data-finder-status]", has_text="with this").wait_for()
    return _links(page, "#find-results > li > a:first-child")


def by_material(page: Page, address: str, question: str) -> list[str]:
    """Return the items that Material's own search lists; its lists and index pages are not counted against it."""
    if not page.url.startswith(address):
        page.goto(address)
        page.locator(".md-search__input").click()
    field, meta = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    # It listens to keys that are let go.
    field.fill("")
    field.press("End")
    expect(meta).to_have_text("Type to start searching")
    field.fill(question)
    field.press("End")
    expect(meta).not_to_have_text("Type to start searching", timeout=60_000)
    found: list[str] = []
    # It shows more when the reader scrolls; ten items are what the others are measured by.
    for _ in range(SCROLLS):
        found = _items(_links(page, ".md-search-result__item > a.md-search-result__link"))
        if len(found) >= MOST:
            break
        page.locator(".md-search__scrollwrap").evaluate("element => element.scrollTo(0, element.scrollHeight)")
        page.wait_for_timeout(80)
    return found


def _items(links: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(link for link in links if any(part in link for part in _ITEMS)))


def _links(page: Page, selector: str) -> list[str]:
    links: list[str] = page.locator(selector).evaluate_all("links => links.map(link => link.pathname)")
    return links


@dataclass(slots=True)
class Score:
    """How often a right item stood first and among five, and the mean of one over its place."""

    count: int = 0
    first: int = 0
    soon: int = 0
    reciprocal: float = 0

    def add(self, question: Question, links: Sequence[str]) -> None:
        """Count one answer."""
        ids = [link.rstrip("/").rsplit("/", 1)[-1] for link in links[:MOST]]
        place = next((at for at, found in enumerate(ids, 1) if found in question.answers), 0)
        self.count += 1
        self.first += place == FIRST
        self.soon += 0 < place <= SOON
        self.reciprocal += 1 / place if place else 0

    def __str__(self) -> str:
        """Return the three figures."""
        if not self.count:
            return f"{'':22}"
        return f"{self.first / self.count:7.1%}{self.soon / self.count:8.1%}{self.reciprocal / self.count:7.3f}"


def sites(folder: Path) -> tuple[Path, Path]:
    """Build the real library twice: with our search, and as stock MkDocs with Material and its own search."""
    log, ours, pages = folder / "output.txt", folder / "real", folder / "pages"
    casebook: list[str | Path] = [sys.executable, "-m", "casebook.cli", "-C", HERE.root, "build"]
    measured([*casebook, "--site", ours], log)
    measured([*casebook, "--pages", pages], log)
    as_stock(HERE.docs, pages)
    stock("material", folder, in_nav=False)
    return ours, folder / "material"


def scores(ours: Path, material: Path) -> dict[tuple[str, str, bool], Score]:
    """Return the scores by name of the search, level, and whether the questions were set aside."""
    found: dict[tuple[str, str, bool], Score] = {}
    searches: list[tuple[str, Path, Callable[[Page, str, str], list[str]]]] = [
        ("our search", ours, by_search),
        ("our finder", ours, by_finder),
        ("Material's search", material, by_material),
    ]
    with browsing() as browser:
        for name, site, search in searches:
            with served(site) as address:
                page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
                for one in questions():
                    score = found.setdefault((name, one.level, one.aside), Score())
                    score.add(one, search(page, address, one.text))
                page.close()
    return found


def show(found: dict[tuple[str, str, bool], Score]) -> None:
    """Print the scores."""
    for aside, words in ((True, "set aside: the ranking was never tuned on these"), (False, "for tuning")):
        counts = {
            level: next(s.count for (_, one, side), s in found.items() if one == level and side is aside)
            for level in LEVELS
        }
        print(f"\nQuestions {words}: first, among five, mean reciprocal rank\n")
        print(f"{'':20}" + "".join(f"{f'{level} ({counts[level]})':>24}" for level in LEVELS))
        for name in dict.fromkeys(name for name, _, _ in found):
            print(f"{name:20}" + "".join(f"  {found[name, level, aside]}" for level in LEVELS))
    sys.stdout.flush()
