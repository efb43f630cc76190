"""Links that never break: what a rename, a withdrawal and a new id of a lesson do to addresses that were published."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.browser.conftest import small_repository
from tests.support import CASE, base, read, replaced

from casebook import release
from casebook.ledger import extended
from casebook.paths import repository
from casebook.registry import CASE_STUDY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

OLD_PRACTICE = "cases/best-practices/old-practice.md"
LEDGER = "releases/addresses.txt"
PUBLISHED = [
    *("cases/an-older-name/", "cases/an-older-name/#ask-before-moving", "cases/an-older-name/#compare-the-list"),
    *("cases/an-older-name/v/1/", "c/an-older-name/", "embed/case-study/an-older-name/"),
    *("api/v1/case-study/an-older-name.json", "practices/old-practice/", "c/old-practice/"),
    *("api/v1/best-practice/old-practice.json", "factors/a-factor-that-was-divided/", "api/v0/library.json"),
    *("cases/an-older-name/handout.pdf", "practices/old-practice/handout-instructor.pdf"),
    *("topics/insider-threat/reader.pdf", "topics/a-topic-of-old/reader.pdf"),
    *("about/teaching/", "index.html", "topics/insider-threat/", "glossary/#adversary"),
]
MOVED = """\
- from: factors/a-factor-that-was-divided/
  to: factors/no-tracking/
  why: The factor was divided.
- from: api/v0/library.json
  to: api/v1/library.json
  why: The data have a version in their address.
- from: topics/a-topic-of-old/reader.pdf
  to: topics/insider-threat/reader.pdf
  why: The topic is part of another one.
"""
WITHDRAWN = """\
---
id: old-practice
title: Keep a list on paper
summary: >-
  A list on paper lay in the safe of each site. It helped for a time, and then nobody kept it up to date any more.
status: withdrawn
withdrawn_reason: The source was wrong.
version: 2
history:
  - {version: 1, date: '2026-10-01', change: First publication.}
  - {version: 2, date: '2026-11-25', change: Withdrawn.}
topics: [source-register]
sources:
  - {id: s1, title: A report, type: official-report}
---
"""
RENAMED = ("id: lost-source-2001", "id: lost-source-2001\naliases: [an-older-name]")
SECOND = ("version: 1\nhistory:", "version: 2\nhistory:")
CHANGE = (
    "    change: First publication.\n",
    "    change: First publication.\n  - {version: 2, date: '2026-11-25', change: A lesson has a clearer id.}\n",
)
NEW_LESSON = ("id: compare-the-list", "id: compare-with-the-store\n    aliases: [compare-the-list]")


def _published(root: Path, case: str, practice: str, moved: str) -> Path:
    """Make a repository whose case had another id when it was published, with the ledger of that time."""
    folder = small_repository(root)
    (folder / CASE).write_text(base("case-study"), encoding="utf-8")
    paths = repository(folder)
    corpus = read(paths)
    entry = next(one for one in corpus.entries if one.document.path == CASE)
    where = (CASE_STUDY, "an-older-name", 1, "0" * 40)
    frozen = release.frozen(entry.data, entry.document.body, *where, corpus.vocabularies, {})
    files = {
        f"releases/{CASE_STUDY.folder}/an-older-name/1.json": release.text_of(frozen),
        LEDGER: extended("", LEDGER, "2026-11-25", PUBLISHED),
        "releases/moved.yml": moved,
        CASE: case,
        **({OLD_PRACTICE: practice} if practice else {}),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def _build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "casebook.cli", "-C", str(folder), "build"]
    settings = {**os.environ, "CASEBOOK_URL": "https://casebook.example/library/"}
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


def test_every_published_address_is_kept(tmp_path: Path) -> None:
    """A renamed case, a new id of a lesson, a withdrawn practice, a page and a file that moved: all answer.

    The build draws no handouts, and knows that those of before still have their places.
    """
    case = replaced(base("case-study"), [RENAMED, NEW_LESSON, SECOND, CHANGE])
    folder = _published(tmp_path, case, WITHDRAWN, MOVED)
    done = _build(folder)
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    for old, new in {
        "cases/an-older-name": "../lost-source-2001/",
        "c/an-older-name": "../../cases/lost-source-2001/",
        "embed/case-study/an-older-name": "../lost-source-2001/",
        "factors/a-factor-that-was-divided": "../no-tracking/",
    }.items():
        html = (site / old / "index.html").read_text(encoding="utf-8")
        assert f'content="0; url={new}index.html"' in html, old
        assert (site / old / new / "index.html").is_file(), old
        assert 'name="robots" content="noindex"' in html, old
    for old, new in {
        "api/v1/case-study/an-older-name.json": "api/v1/case-study/lost-source-2001.json",
        "api/v0/library.json": "api/v1/library.json",
    }.items():
        assert (site / old).read_bytes() == (site / new).read_bytes()
    page = (site / "cases/lost-source-2001/index.html").read_text(encoding="utf-8")
    assert {"compare-the-list", "compare-with-the-store"} <= set(re.findall(r'id="([^"]+)"', page))
    gone = (site / "practices/old-practice/index.html").read_text(encoding="utf-8")
    assert "Withdrawn." in gone
    assert "The source was wrong." in gone


def test_a_lost_address_ends_the_build(tmp_path: Path) -> None:
    """The same changes, and no word about the old addresses: the build names each line, and writes nothing."""
    case = replaced(base("case-study"), [("id: compare-the-list", "id: compare-with-the-store")])
    folder = _published(tmp_path, case, "", "")
    (folder / "docs" / "about" / "teaching.md").rename(folder / "docs" / "about" / "instructors.md")
    done = _build(folder)
    assert done.returncode == 1
    assert not (folder / "site").exists()
    found = re.findall(r"^ERROR  casebook: (\S+:\d+:\d+: lost-address .*)$", done.stderr, re.MULTILINE)
    lines = {line: number for number, line in enumerate((folder / LEDGER).read_text(encoding="utf-8").split("\n"), 1)}
    expected = {
        "cases/an-older-name/": f"add `aliases: [an-older-name]` to {CASE}",
        "about/teaching/": "say in releases/moved.yml where it leads now",
        "factors/a-factor-that-was-divided/": "say in releases/moved.yml where it leads now",
        "topics/a-topic-of-old/reader.pdf": "say in releases/moved.yml where it leads now",
    }
    for address, remedy in expected.items():
        hits = [one for one in found if one.startswith(f"{LEDGER}:{lines[address]}:1:")]
        assert hits, address
        assert remedy in hits[0]


def test_addresses_lead_on_in_a_browser(site: Path, address: str, browser: Browser) -> None:
    """A short address leads to its page with the part that is asked for, also without scripts and from a disk."""
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{address}c/goiania-1987/#lessons")
        end = "cases/goiania-1987/#lessons" if scripts else "cases/goiania-1987/index.html"
        page.wait_for_url(lambda url, end=end: url.startswith(address) and end in url)  # type: ignore[misc]
        assert page.locator("h1").inner_text().startswith("A radiotherapy source")
        page.goto((site / "c" / "goiania-1987" / "index.html").as_uri())
        page.wait_for_url(lambda url: url.endswith("cases/goiania-1987/index.html"))
        assert page.locator("h1").inner_text().startswith("A radiotherapy source")
        context.close()
