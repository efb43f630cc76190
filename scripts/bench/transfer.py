"""What a reader's browser loads before the first result, in a library of many items."""

from __future__ import annotations

import gzip
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from bench.builds import repository
from bench.questions import Quiet, browsing, served
from casebook import build
from casebook.paths import repository as paths_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

QUESTION = "the guard signed for a sealed source during the night shift"
# The moment itself is kept by the page: this process sees it later, when more has come.
_WATCH = """
new MutationObserver(() => {
  if (!window.firstResult && document.querySelector("#search-results > li")) window.firstResult = performance.now();
}).observe(document, { childList: true, subtree: true });
"""
_LOADED = """
[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((one) => one.entryType === "navigation" || one.responseEnd <= window.firstResult)
  .map((one) => ({ url: one.name, size: one.transferSize }))
"""
_TEXT = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt")


class Compressing(Quiet):
    """A server that compresses text, as the hosts of static sites do."""

    def do_GET(self) -> None:  # noqa: N802  # name of the parent's method
        """Send a file, compressed where that helps."""
        path = self.translate_path(self.path)
        path += "index.html" if path.endswith("/") else ""
        if not path.endswith(_TEXT):
            return super().do_GET()
        try:
            with open(path, "rb") as file:  # noqa: PTH123  # translate_path gives a text
                content = gzip.compress(file.read(), 6)
        except OSError:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None


@dataclass(frozen=True, slots=True)
class First:
    """What came before the first result: bytes on the line, those of the index, requests, seconds on this machine."""

    bytes: int
    index: int
    requests: int
    seconds: float


def with_index(site: Path, folder: Path, count: int) -> Path:
    """Return a copy of a site whose index is that of a synthetic library; results then lead nowhere."""
    source, target = folder / f"{count}-library", folder / f"{count}-site"
    repository(source, count)
    paths = paths_of(source)
    library = build.library(build.Reader(paths).corpus(), ())
    shutil.copytree(site, target)
    shutil.rmtree(target / "assets" / "search")
    for artifact in build.search_index(library, paths):
        path = target / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(artifact.content), encoding="utf-8")
    shutil.rmtree(source)
    return target


def first_result(browser: Browser, address: str) -> First:
    """Open the page of results with nothing in the cache, and stop at the first result."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(f"{address}search/?q={quote_plus(QUESTION)}", wait_until="commit")
    page.locator("#search-results > li").first.wait_for()
    loaded: list[dict[str, Any]] = page.evaluate(_LOADED)
    moment: float = page.evaluate("window.firstResult")
    context.close()
    index = sum(one["size"] for one in loaded if "/assets/search/" in one["url"])
    return First(sum(one["size"] for one in loaded), index, len(loaded), moment / 1000)


def show(site: Path, folder: Path, sizes: tuple[int, ...]) -> None:
    """Print what the first result costs in libraries of growing size."""
    print("\nBefore the first result, nothing in the cache: page, style, type, code and index together\n")
    print(f"{'':16}{'kB':>7}{'of index':>10}{'kB compressed':>15}{'of index':>10}", end="")
    print(f"{'requests':>10}{'s here':>8}{'index MB':>10}{'files':>8}")
    with browsing() as browser:
        for count in sizes:
            target = with_index(site, folder, count) if count else site
            with served(target) as plain, served(target, Compressing) as compressed:
                whole, small = first_result(browser, plain), first_result(browser, compressed)
            files = [path.stat().st_size for path in (target / "assets" / "search").rglob("*.js")]
            print(f"{f'{count:,} items' if count else 'this library':16}", end="")
            for one, width in ((whole, 7), (small, 15)):
                print(f"{one.bytes / 1000:{width}.0f}{one.index / 1000:10.0f}", end="")
            print(f"{whole.requests:10}{whole.seconds:8.2f}{sum(files) / 1e6:10.1f}{len(files):8,}")
            sys.stdout.flush()
            if count:
                shutil.rmtree(target)
