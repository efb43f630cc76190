"""The built site, once for all workers, and a real browser to look at it."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from tests.support import published, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, ViewportSize

ROOT = Path(__file__).parents[2]
SITE_URL = "https://casebook.example/library/"
REPOSITORY = "https://github.com/example/casebook"
ITEM_LINK = re.compile(
    r"\.\./(cases|practices|api/v1/[a-z-]+)/[a-z0-9-]+(\.json|/index\.md|/cite\.[a-z.]+)(#[a-z0-9-]+)?"
)
SCREEN: ViewportSize = {"width": 1280, "height": 900}
# What the site keeps in a browser. `set_storage_state` forgets more, and takes as long as a page.
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} return origin; }"
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built strictly by the command, with an address and a repository."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "library"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    settings = {"CASEBOOK_URL": SITE_URL, "CASEBOOK_REPOSITORY": REPOSITORY, "CASEBOOK_BRANCH": "trunk"}
    command = [sys.executable, "-m", "casebook.cli", "build", "--site", str(folder)]
    done = subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr


def small_repository(root: Path) -> Path:
    """Make a repository of one case and one practice with our frame and hand-written pages, and return its folder.

    A build of it takes a small part of the time of a build of the whole library. Links of the hand-written pages to
    items of the library lead to its one case instead, so that it builds strictly.
    """
    root.mkdir(exist_ok=True)
    write(root, published())
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "docs", root / "docs")
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    for page in (root / "docs").rglob("*.md"):
        words = page.read_text(encoding="utf-8")
        page.write_text(ITEM_LINK.sub("../cases/lost-source-2001/index.md", words), encoding="utf-8")
    return root


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and keeps what is asked for to itself."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # name of the parent's argument
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return an address at which the site stands below a folder, as on a project's pages."""
    with served(site.parent) as root:
        yield f"{root}{site.name}/"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder, and give its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium, the system's."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS])
        yield started
        started.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """Return the one tab in which a worker looks at pages.

    A browser that knows nothing yet takes more than a second for its first page, and a third of one for the next.
    """
    context = browser.new_context(viewport={**SCREEN})
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(tab: Page) -> Iterator[list[str]]:
    """Return what code of pages complains of: that it breaks, or that their policy is offended."""
    found: list[str] = []

    def broken(error: Error) -> None:
        found.append(str(error))

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    tab.on("pageerror", broken)
    tab.on("console", said)
    yield found
    tab.remove_listener("pageerror", broken)
    tab.remove_listener("console", said)


@pytest.fixture
def page(tab: Page, complaints: list[str]) -> Iterator[Page]:
    """Return an empty page that fails the test when its code breaks or its policy is offended.

    Nothing is left in it of what an earlier test did, but for files in the browser's cache.
    """
    tab.set_viewport_size({**SCREEN})
    tab.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
    yield tab
    made = list(complaints)
    # A test may end with a click on a link.
    tab.wait_for_load_state()
    origin = tab.evaluate(FORGET)
    tab.unroute_all()
    tab.context.unroute_all()
    for other in tab.context.pages:
        if other is not tab:
            other.close()
    tab.goto("about:blank")
    # The form keeps a draft when it is left.
    if origin.startswith("http"):
        session = tab.context.new_cdp_session(tab)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
        session.detach()
    tab.context.clear_cookies()
    tab.context.clear_permissions()
    assert made == []


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """Return the addresses for which the page asks."""
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(request.url)

    page.on("request", note)
    yield found
    page.remove_listener("request", note)
