"""Course packages in a browser: a learning path that talks to a platform, and links that lead to pages of the site."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from tests.browser.conftest import SITE_URL, served
from tests.browser.test_pages import violations
from tests.courses import WAY, rich
from tests.packages import addresses, unpacked
from tests.support import SITE

from casebook.course import scorm
from casebook.course.courses import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Frame, Page

    from casebook.library import Library

# A platform that keeps what it is told in the order in which it is told.
PLATFORM = """<!doctype html><meta charset="utf-8"><title>A platform</title>
<script>
  const kept = JSON.parse(sessionStorage.getItem('kept') || '{"cmi.core.lesson_status": "not attempted"}');
  window.calls = [];
  const say = (...call) => { window.calls.push(call); return 'true'; };
  window.API = {
    LMSInitialize: (x) => say('initialize', x), LMSFinish: (x) => say('finish', x), LMSCommit: (x) => say('commit', x),
    LMSGetValue: (name) => kept[name] ?? '',
    LMSSetValue: (name, value) => {
      kept[name] = value;
      sessionStorage.setItem('kept', JSON.stringify(kept));
      return 'true';
    },
    LMSGetLastError: () => '0', LMSGetErrorString: () => '', LMSGetDiagnostic: () => '',
  };
  window.kept = kept;
</script>
<iframe src="sco/index.html" width="800" height="800" title="Course"></iframe>"""


@pytest.fixture
def path(tmp_path: Path, small: Library) -> Path:
    """The folder of a platform with the package of a learning path unpacked."""
    shelf = Shelf(rich(small), SITE)
    package = scorm.package(shelf.course_of(shelf.library.items[WAY]))
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        packed.extractall(tmp_path / "sco")
    (tmp_path / "favicon.ico").touch()
    (tmp_path / "index.html").write_text(PLATFORM, encoding="utf-8")
    return tmp_path


@pytest.fixture
def platform(path: Path) -> Iterator[str]:
    """The address at which the platform is served."""
    with served(path) as root:
        yield root


def opened(page: Page, address: str) -> Frame:
    """Open the platform and return the frame of the course."""
    page.goto(address)
    frame = page.frames[1]
    frame.wait_for_function("document.getElementById('progress').textContent")
    return frame


def kept(page: Page) -> dict[str, Any]:
    """Return what the platform was told."""
    found: dict[str, Any] = page.evaluate("kept")
    return found


def test_a_path_tells_the_platform(page: Page, platform: str) -> None:
    """Steps that are ticked make it complete, right answers make the score, and the state comes back."""
    frame = opened(page, platform)
    assert page.evaluate("calls[0]") == ["initialize", ""]
    assert kept(page)["cmi.core.lesson_status"] == "incomplete"
    assert frame.text_content("#progress") == "0 of 3 steps done."
    frame.check("[data-question$='who-takes-charge'] input[data-right]")
    frame.check("[data-question$='yes-or-no'] input:not([data-right])")
    assert kept(page)["cmi.core.score.raw"] == "50"
    assert frame.text_content("[data-question$='yes-or-no'] p") == "Look again. It is."
    for box in frame.query_selector_all("input[data-step]"):
        assert kept(page)["cmi.core.lesson_status"] == "incomplete"
        box.check()
    assert kept(page)["cmi.core.lesson_status"] == "completed"
    state = json.loads(kept(page)["cmi.suspend_data"])
    assert state["done"] == ["start-here", "then-this", "again"]
    frame.goto("about:blank")
    assert page.evaluate("calls.at(-1)") == ["finish", ""]
    assert kept(page)["cmi.core.exit"] == "suspend"
    assert re.fullmatch(r"\d{4}:\d\d:\d\d", kept(page)["cmi.core.session_time"])
    frame = opened(page, platform)
    assert frame.text_content("#progress") == "3 of 3 steps done."
    assert frame.is_checked("[data-question$='who-takes-charge'] input[data-right]")
    assert kept(page)["cmi.core.lesson_status"] == "completed"


def test_a_path_is_accessible(page: Page, platform: str) -> None:
    """The page of a path keeps the rules of WCAG 2.2, before and after answers."""
    page.goto(f"{platform}sco/index.html")
    assert violations(page) == []
    page.check("[data-question$='who-takes-charge'] input[data-right]")
    page.click("summary")
    assert violations(page) == []


def test_a_path_works_without_a_platform(page: Page, asked: list[str], path: Path) -> None:
    """From a disk the page counts steps and shows feedback, keeps nothing and asks nobody."""
    page.goto((path / "sco" / "index.html").as_uri())
    page.check("input[data-step='start-here']")
    assert page.text_content("#progress") == "1 of 3 steps done. Your progress is not kept here."
    with page.expect_popup() as popup:
        page.click("a[href='pages/start-here.text.html']")
    assert popup.value.title().startswith("In full: A lost source")
    popup.value.close()
    assert all(urlsplit(one).scheme == "file" for one in asked)


def test_links_of_packages_answer(site: Path) -> None:
    """Each link of each cartridge of the site leads to a page of it, and to a part that is there."""
    packages = sorted(site.glob("*/*/course.imscc"))
    assert len(packages) > 100
    seen: set[str] = set()
    for package in packages:
        seen.update(addresses(unpacked(package.read_bytes())))
    for address in sorted(seen):
        assert address.startswith(SITE_URL)
        assert (site / address.removeprefix(SITE_URL) / "index.html").is_file(), address
