"""The built site as files: links, anchors, policy, licence, addresses, and what must not be in it."""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from tests.browser.conftest import REPOSITORY, ROOT, SITE_URL, small_repository
from tests.support import CASE as SMALL_CASE
from tests.support import real

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CASE = "cases/goiania-1987/index.html"


@cache
def tree(path: Path) -> html.HtmlElement:
    """Return a page of the site as a tree."""
    return html.document_fromstring(path.read_bytes())


def pages(site: Path) -> list[Path]:
    """Return every page of the site."""
    return sorted(site.rglob("*.html"))


def framed_pages(site: Path) -> list[Path]:
    """Return the pages with menu and footer; the others stand alone: cards, and addresses that lead on."""
    return [page for page in pages(site) if tree(page).xpath("//header[contains(@class, 'md-header')]")]


def targets(page: Path) -> Iterator[tuple[str, str]]:
    """Yield every address in a page with the name of its element."""
    for element, _, address, _ in tree(page).iterlinks():
        if element.tag != "form":
            yield str(element.tag), address


def test_every_internal_link_and_anchor_leads_somewhere(site: Path) -> None:
    """No link of the built site is broken, whatever page it stands on."""
    anchors = {page: {str(one) for one in tree(page).xpath("//@id")} for page in pages(site)}
    broken = []
    for page in pages(site):
        if page.name == "404.html":
            continue
        for _, address in targets(page):
            found = _resolved(site, page, address)
            if found is None:
                continue
            path, fragment = found
            if not path.is_file() or (fragment and path.suffix == ".html" and fragment not in anchors[path]):
                broken.append(f"{page.relative_to(site)}: {address}")
    assert broken == []


def _resolved(site: Path, page: Path, address: str) -> tuple[Path, str] | None:
    parts = urlsplit(address)
    if address.startswith(SITE_URL):
        parts = urlsplit("/" + address.removeprefix(SITE_URL))
    elif parts.scheme or parts.netloc or address.startswith("data:"):
        return None
    base = "/" + page.parent.relative_to(site).as_posix()
    path = posixpath.normpath(posixpath.join(base, unquote(parts.path))) if parts.path else ""
    target = site / path.lstrip("/") if path else page
    return (target / "index.html" if target.is_dir() else target), unquote(parts.fragment)


def test_no_page_asks_a_third_party(site: Path) -> None:
    """Nothing that a browser loads by itself has an address of somebody else."""
    loading = {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "input"}
    foreign = set()
    for page in pages(site):
        for tag, address in targets(page):
            if tag in loading and urlsplit(address).netloc:
                foreign.add(address)
        for link in tree(page).xpath("//link[@href]"):
            if link.get("rel") in ("stylesheet", "preconnect", "icon", "preload") and urlsplit(link.get("href")).netloc:
                foreign.add(link.get("href"))
    assert foreign == set()


def test_style_sheets_load_nothing_from_elsewhere(site: Path) -> None:
    """Fonts and pictures of the style sheets come from the site."""
    for sheet in site.rglob("*.css"):
        addresses = re.findall(r"url\(\s*['\"]?(https?:)?//", sheet.read_text(encoding="utf-8"))
        assert addresses == [], sheet.name


def test_every_page_has_a_strict_policy_before_anything_else(site: Path) -> None:
    """The policy allows no other site and no inline script, and stands before the first script."""
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        policy = tree(page).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert policy.startswith("default-src 'none'; script-src 'self'"), page
        script_rules = policy.split(";")[1]
        assert "unsafe" not in script_rules, page
        assert "http:" not in policy, page
        assert "https:" not in policy, page
        assert "Content-Security-Policy" in text.partition("<script")[0], page


def test_every_page_says_both_licences(site: Path) -> None:
    """The footer of each page names the licence of the text and that of the code."""
    for page in framed_pages(site):
        footer = tree(page).xpath("string(//footer)")
        assert "CC BY 4.0" in footer, page
        assert "MIT" in footer, page


def test_every_page_has_one_title_and_a_description(site: Path) -> None:
    """Each page has one heading of level 1, a title of its own and a description."""
    titles: dict[str, Path] = {}
    for page in framed_pages(site):
        assert len(tree(page).xpath("//h1")) == 1, page
        title = str(tree(page).xpath("string(//title)"))
        assert title not in titles, f"{page} has the title of {titles.get(title)}: {title}"
        titles[title] = page
        if page.name != "404.html":
            assert tree(page).xpath("//meta[@name='description']/@content"), page


def test_every_page_names_its_address_once(site: Path) -> None:
    """Each page has one canonical address that is there, and says title, description and address to others once."""
    for page in pages(site):
        if page.name == "404.html":
            continue
        [address] = tree(page).xpath("//link[@rel='canonical']/@href")
        assert address.startswith(SITE_URL), page
        assert (site / address.removeprefix(SITE_URL) / "index.html").is_file(), page
        for name in ("description", "og:title", "og:url", "og:image", "citation_title"):
            assert len(tree(page).xpath("//meta[@name=$name or @property=$name]", name=name)) <= 1, (page, name)
    case = tree(site / CASE)
    [picture] = case.xpath("//meta[@property='og:image']/@content")
    assert (site / picture.removeprefix(SITE_URL)).read_bytes().startswith(b"\x89PNG")
    for data in case.xpath("//script[@type='application/ld+json']/text()"):
        assert json.loads(data)["@context"] == "https://schema.org"


def test_ids_are_unique_on_each_page(site: Path) -> None:
    """No id stands twice on a page."""
    for page in pages(site):
        ids = [str(one) for one in tree(page).xpath("//@id")]
        assert len(ids) == len(set(ids)), (page, {one for one in ids if ids.count(one) > 1})


def test_addresses_of_site_and_repository_come_from_the_environment(site: Path) -> None:
    """'Improve this page', the canonical address, the citation and the data use what was set once."""
    case = tree(site / CASE)
    assert case.xpath("string(//p[@class='improve']/a/@href)") == (
        f"{REPOSITORY}/edit/trunk/cases/case-studies/goiania-1987.md"
    )
    assert case.xpath("string(//link[@rel='canonical']/@href)") == f"{SITE_URL}cases/goiania-1987/"
    assert f"{SITE_URL}cases/goiania-1987/" in case.xpath("string(//*[@id='citation-text'])")
    record = json.loads((site / "api/v1/case-study/goiania-1987.json").read_text(encoding="utf-8"))
    assert record["url"] == f"{SITE_URL}cases/goiania-1987/"
    about = tree(site / "about/index.html")
    assert about.xpath("string(//p[@class='improve']/a/@href)") == f"{REPOSITORY}/edit/trunk/docs/about/index.md"


def test_without_an_address_nothing_names_one(tmp_path: Path) -> None:
    """With no address and no repository set, the site still builds, and no page points at a made-up place."""
    command = [sys.executable, "-m", "casebook.cli", "-C", str(small_repository(tmp_path)), "build"]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CASEBOOK_")}
    done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "site"
    assert (folder / "cases/lost-source-2001/index.html").is_file()
    for page in pages(folder):
        assert tree(page).xpath("//link[@rel='canonical']") == [], page
        assert tree(page).xpath("//p[@class='improve']") == [], page
    assert json.loads((folder / "api/v1/library.json").read_text(encoding="utf-8"))["items"][0]["url"].startswith("/")


def test_drafts_and_previews_are_not_in_the_site(site: Path) -> None:
    """No page says 'draft' as a status, and there is no page of findings."""
    assert not (site / "findings").exists()
    for page in pages(site):
        assert tree(page).xpath("//span[@class='status']") == [], page


def test_nothing_of_the_sources_of_the_look_is_published(site: Path) -> None:
    """Templates and unbundled code stay in the repository."""
    assert not (site / "overrides").exists()
    assert not (site / "assets/js").exists()
    assert not (site / "assets/css").exists()
    assert list(site.rglob("*.md")) == []


@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "404.html",
        "cases/index.html",
        "practices/index.html",
        "practices/two-person-rule/index.html",
        "topics/insider-threat/index.html",
        "topics/radiological-sources/index.html",
        "topics/security-culture/index.html",
        "factors/slow-detection/index.html",
        "guidance/nss-13/index.html",
        "glossary/index.html",
        "years/1980s/index.html",
        "regions/eastern-asia/index.html",
        "countries/th/index.html",
        "settings/hospital/index.html",
        "outcomes/success/index.html",
        "explore/index.html",
        "explore/timeline/index.html",
        "explore/map/index.html",
        "explore/factors-by-setting/index.html",
        "explore/topics-by-outcome/index.html",
        "browse/index.html",
        "materials/category-1/index.html",
        "organisations/source-licensee/index.html",
        "states/newcomer/index.html",
        "audiences/regulator/index.html",
        "levels/introductory/index.html",
        "languages/en/index.html",
        "reviews/none/index.html",
        "rules/unsourced/index.html",
        "changes/index.html",
        "changes/2026/index.html",
        "changed-since/index.html",
        "feeds/library.atom",
        "feeds/library.json",
        "feeds/kinds/case-study.atom",
        "feeds/kinds/best-practice.json",
        "feeds/topics/insider-threat.atom",
        "feeds/topics/insider-threat.json",
        "schema/case-study.schema.json",
        "schema/best-practice.schema.json",
        "api/v1/library.json",
        "api/v1/library.csv",
        "about/editorial-policy/index.html",
        "about/clearance-policy/index.html",
        "about/how-to-cite/index.html",
        "contribute/index.html",
        "sitemap.xml",
    ],
)
def test_published_addresses(site: Path, address: str) -> None:
    """The addresses that the design promises are there."""
    assert (site / address).is_file()


def test_the_chain_can_be_walked_both_ways(site: Path) -> None:
    """From a lesson to factor and practice, from a practice to guidance, and back at each step."""
    record = json.loads((site / "api/v1/case-study/goiania-1987.json").read_text(encoding="utf-8"))
    lesson = record["lessons"][0]
    practice, factor = lesson["practices"][0], lesson["factors"][0]
    case = _addresses(site, "cases/goiania-1987/")
    assert f"factors/{factor}/" in case
    assert f"practices/{practice}/" in case
    assert f"cases/goiania-1987/#{lesson['id']}" in _addresses(site, f"practices/{practice}/")
    from_factor = _addresses(site, f"factors/{factor}/")
    assert "cases/goiania-1987/" in from_factor
    assert f"practices/{practice}/" in from_factor
    document = json.loads((site / f"api/v1/best-practice/{practice}.json").read_text(encoding="utf-8"))["guidance"][0]
    assert f"guidance/{document}/" in _addresses(site, f"practices/{practice}/")
    assert f"practices/{practice}/" in _addresses(site, f"guidance/{document}/")


def _addresses(site: Path, address: str) -> set[str]:
    page = site / address / "index.html"
    found = set()
    for link in tree(page).xpath("//article//a[@href]"):
        resolved = _resolved(site, page, link.get("href"))
        if resolved:
            fragment = f"#{resolved[1]}" if resolved[1] else ""
            found.add(f"{resolved[0].parent.relative_to(site).as_posix()}/{fragment}")
    return found


def test_a_case_shows_above_all_else_what_a_reader_asks_first(site: Path) -> None:
    """Title, summary, facts, how it is sourced, review state and version stand before the first section."""
    head = tree(site / CASE).xpath("//header[@class='item-head']")[0]
    words = " ".join(head.text_content().split())
    for part in (
        "When",
        "Where",
        "Setting",
        "Material",
        "Outcome",
        "Topics",
        "sources:",
        "not yet peer-reviewed",
        "version 2",
    ):
        assert part in words


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """No file of the site depends on folder, day, time zone, rights, or the order of files and sets."""
    here, elsewhere = tmp_path / "repository", tmp_path / "in another" / "folder"
    small_repository(here)
    _write_fours(here)
    shutil.copytree(here, elsewhere, symlinks=True)
    _build_as(here, {"TZ": "Pacific/Honolulu", "PYTHONHASHSEED": "1"}, 0o022)
    _build_as(elsewhere, {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2", "LC_ALL": "C", "ELSEWHERE": "1"}, 0o077)
    first, second = _contents(here / "site"), _contents(elsewhere / "site")
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    cases = [
        page.decode("utf-8") for path, page in first.items() if re.fullmatch(r"cases/[^/]+-[^/]+/index.html", path)
    ]
    assert sum("Also close to this one" in case for case in cases) == 24
    # On the day of the second build the review is too old. On that of the newest history it is not.
    assert b"cases/lost-source-2001" not in first["reviews/index.html"].split(b'id="due"')[1]


# Runs the command. Elsewhere it is four years later, with a clock that cannot be told from the real one by asking it
# twice, and a disk that names the files of a folder in the opposite order.
_ELSEWHERE = """
import datetime, os, sys, time
if os.environ.get("ELSEWHERE"):
    real, listed, scanned = time.time, os.listdir, os.scandir
    time.time = lambda: real() + 4 * 366 * 86_400
    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)
    class LaterDay(datetime.date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())
    datetime.datetime, datetime.date = Later, LaterDay
    class Scanned(list):
        def __enter__(self):
            return self
        def __exit__(self, *_):
            pass
        close = __exit__
        def __next__(self):
            if not self:
                raise StopIteration
            return self.pop()
        def __iter__(self):
            return self
    os.listdir = lambda *given: sorted(listed(*given), reverse=True)
    os.scandir = lambda *given: Scanned(sorted(scanned(*given), key=lambda entry: entry.name))
from casebook.cli import main
main()
"""


def _build_as(repository: Path, environment: Mapping[str, str], umask: int) -> None:
    """Build the site with drafts, in another environment."""
    command = [sys.executable, "-c", _ELSEWHERE, "-C", str(repository), "build", "--drafts"]
    known = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    settings = {**known, "CASEBOOK_URL": "https://casebook.example/", **environment}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=settings, umask=umask)
    assert done.returncode == 0, done.stderr


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Due again three years after its day.
_REVIEW = "reviews: [{date: '2026-11-24', mode: centre, centre: pieas, verdict: accept, version: 1}]"


def _write_fours(repository: Path) -> None:
    """Add 24 cases, of which four at a time differ in nothing but their ids: whatever is sorted has ties.

    All of them are drafts, which may repeat sentences. Four share what is rare enough for them to be close.
    """
    for path in repository.glob("cases/*/*.md"):
        reviewed = f"status: draft\n{_REVIEW}" if path.stem == Path(SMALL_CASE).stem else "status: draft"
        path.write_text(path.read_text("utf-8").replace("status: published", reviewed), "utf-8")
    case = repository / SMALL_CASE
    terms = {name: list(real()[0][name].terms) for name in ("settings", "factors", "topics")}
    for number in range(24):
        four = number // 4
        copy = case.read_text("utf-8").replace(case.stem, f"lost-source-{number}")
        copy = copy.replace("setting: industrial-use", f"setting: {terms['settings'][four]}")
        copy = copy.replace("radiological-sources, scrap-metal", terms["topics"][four])
        copy = copy.replace("no-tracking", terms["factors"][four])
        copy = copy.replace("no-end-of-life-provision", terms["factors"][four + 10])
        case.with_stem(f"lost-source-{number}").write_text(copy, "utf-8")


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    """With an error in an item, the build says so, exits with 1, and touches nothing."""
    repository = tmp_path / "repository"
    (repository / "docs").mkdir(parents=True)
    (repository / "schema").symlink_to(ROOT / "schema")
    # Our look takes twice the time, and is not what fails.
    (repository / "mkdocs.yml").write_text("site_name: A site\nplugins: [casebook]\n", encoding="utf-8")
    folder = repository / "cases" / "case-studies"
    folder.mkdir(parents=True)
    (folder / "broken-1999.md").write_text("---\ntitle: Broken\n---\n", encoding="utf-8")
    old = repository / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the old site", encoding="utf-8")
    command = [sys.executable, "-m", "casebook.cli", "-C", str(repository), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cases/case-studies/broken-1999.md:2:1: missing-field the field `summary` is missing" in done.stderr
    assert "is as it was" in done.stderr
    assert [path.read_text(encoding="utf-8") for path in (repository / "site").iterdir()] == ["the old site"]
    assert sorted(path.name for path in repository.iterdir()) == [
        "cases",
        "docs",
        "mkdocs.yml",
        "schema",
        "site",
    ]
