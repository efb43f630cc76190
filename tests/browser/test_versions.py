"""Released versions in a real browser: accessible on desktop and phone, in both colours, and read from a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import ROOT, served
from tests.browser.test_pages import COLOURS, DESKTOP, PHONE, violations
from tests.support import SITE, real

from casebook import assets, build, load, release, render
from casebook.artifact import Artifact
from casebook.library import Library
from casebook.paths import repository

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from casebook.release import Release

CASE = "cases/goiania-1987/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of two versions of a real case with their style, as they lie on a disk."""
    paths, (vocabularies, shapes) = repository(ROOT), real()
    entry = build.Entry.of(load.load(paths.cases / "case-studies" / "goiania-1987.md", paths), shapes)
    lesson = {**entry.data["lessons"][0], "lesson": "Decide who takes the source before anybody moves."}
    changed = {"lessons": [*entry.data["lessons"][1:], lesson], "sources": entry.data["sources"][1:]}
    document = entry.document

    def released(version: int, changes: dict[str, Any]) -> Release:
        data = {**entry.data, **changes}
        return release.frozen(data, document.body, document.kind, "goiania-1987", version, "a1b2c3d", vocabularies, {})

    root = tmp_path_factory.mktemp("versions")
    library = Library.of([], vocabularies, [released(1, {}), released(2, changed)])
    mark = Artifact("assets/images/mark.svg", (paths.assets / "images" / "mark.svg").read_bytes())
    style = [one for one in assets.bundle(paths) if one.path.endswith(".css")]
    for one in (*render.leaves(library, SITE), *style, mark):
        path = root / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content if isinstance(one.content, bytes) else one.content.encode("utf-8"))
    return root


def test_versions_are_accessible(page: Page, folder: Path) -> None:
    """Nobody is kept out: axe finds nothing on the page, the comparison and the list."""
    found: dict[str, Any] = {}
    with served(folder) as root:
        for address in ("v/1/", "v/2/changes/", "v/"):
            page.goto(f"{root}{CASE}{address}")
            for width in (DESKTOP, PHONE):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme="light")
                found[f"{address} at {width}"] = violations(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.emulate_media(color_scheme="dark")
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 27)"
            found[f"{address} in the dark"] = violations(page, rules=COLOURS)
    assert {where: broken for where, broken in found.items() if broken} == {}


def test_a_reader_goes_from_a_version_to_what_changed(page: Page, folder: Path) -> None:
    """From the old version to the change of a lesson, and by a mark of a source back to the version."""
    page.goto((folder / CASE / "v" / "index.html").as_uri())
    page.get_by_role("link", name="Version 1", exact=True).click()
    page.locator(".part-lessons .cite a").first.click()
    assert page.locator(":target").evaluate("(one) => one.closest('.part-sources') !== null")
    page.get_by_role("link", name="Versions", exact=True).click()
    page.get_by_role("link", name="1", exact=True).click()
    assert page.locator(".change-changed ins", has_text="before anybody moves").is_visible()
    assert page.locator(".change-removed .how", has_text="Source").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.change del')).textDecorationLine") == "line-through"
