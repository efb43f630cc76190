"""Files that nobody would write by accident: they cost little time, and none of them ends the tool."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

import pytest
from tests.support import (
    BASES,
    CASE,
    DRAFT,
    SITE,
    TOGETHER,
    base,
    based,
    findings_of,
    library_of,
    published,
    read,
    write,
)

from casebook import build, load, text
from casebook.registry import BEST_PRACTICE, CASE_STUDY
from casebook.render import items
from casebook.render.page import Context, environment

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 5.0
OWNED = "Nobody owned the question where the gauge would go.[^s1]"
TITLE = "A lost source: Sampletown, 2001"
TOPICS = "topics: [radiological-sources, scrap-metal]"
KEYWORDS = "keywords: [lost source, industrial gauge]"

# Each is about 100 kB, in a place where an algorithm might look at every pair of its parts.
LONG = {
    "markings": (OWNED, "대외비 " * 25_000),
    "numbers-in-a-title": (TITLE, "+1 12 kg 1.2345, " * 6_000),
    "figures": (OWNED, "Owned 12 of 3, 4 and 5. " * 4_000),
    "figures-in-a-sentence": (OWNED, "12 " * 33_000),
    "digits": (OWNED, f"{'1' * 100_000}a"),
    "ends-with-citations": (OWNED, ".[^a" * 25_000),
    "citations": (OWNED, f"{'[^' * 30_000} end"),
    "citations-in-a-field": (TITLE, "[^" * 40_000),
    "attribute-lists": (OWNED, "{:" * 40_000),
    "brackets": (OWNED, "[" * 40_000),
    "pictures": (OWNED, "![" * 20_000),
    "emphasis": (OWNED, "*a_ " * 25_000),
    "tags": (OWNED, "<a " * 30_000),
    "comments": (OWNED, "<!--" * 25_000),
    "entities": (OWNED, "&amp" * 25_000),
    "grave-accents": (OWNED, " ".join("`" * number for number in range(400))),
    "spaces": (OWNED, f"a{' ' * 100_000}b"),
    "hyphens": (OWNED, f"---{' ' * 100_000}x"),
    "quotations": (OWNED, "> " * 50_000),
    "lists": (OWNED, "- " * 50_000),
    "table": (OWNED, f"|{'a|' * 20_000}\n|{'-|' * 20_000}\n"),
    "headings": (OWNED, "### a\n" * 5_000),
    "controls": (OWNED, "\0" * 10_000),
    "equal-topics": (TOPICS, f"topics: [{'a, ' * 10_000}]"),
    "equal-keywords": (KEYWORDS, f"keywords: [{'aa, ' * 10_000}]"),
    "equal-keys": (KEYWORDS, "keywords: []\n" * 5_000),
    "unknown-fields": (KEYWORDS, "".join(f"a{number}: b\n" for number in range(5_000))),
}


@pytest.mark.parametrize("change", LONG.values(), ids=LONG)
def test_time(change: tuple[str, str], tmp_path: Path) -> None:
    """A check of 100 kB of any one thing takes seconds and not minutes."""
    start = time.process_time()
    findings_of(tmp_path, published(change))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("part", ["*a* ", "adversary ", "[a](b.md) ", "`a` ", "[^s1]", "a\\\n"])
def test_time_of_drawing(part: str, tmp_path: Path) -> None:
    """The page of a draft with one paragraph of 10,000 parts is drawn in seconds."""
    files = based("draft", [("It began with an alarm.[^s1]", f"{part * 10_000}[^s1]")])
    paths = write(tmp_path, files)
    library = build.library(read(paths), (), drafts=True)
    start = time.process_time()
    list(items.pages(Context(library, SITE)))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("times", [1, 300_000])
def test_messages_are_short(times: int, tmp_path: Path) -> None:
    """A report stays readable, whatever the file holds."""
    word = "x" * times
    wrong = ("setting: industrial-use", f"setting: {word}\n  {word[:900]}: a"), ("outcome: loss", f"outcome: [{word}]")
    for finding in findings_of(tmp_path, published(*wrong)):
        assert len(finding.message) <= 500
        assert len(finding.hint) <= 500


def test_files_of_any_bytes(tmp_path: Path) -> None:
    """Bytes that are no text, in any place, are findings."""
    raw = base("case-study").encode("utf-8")
    for number in range(256):
        content = raw[:40] + bytes([number]) + raw[40:]
        document = load.parse(content, CASE, CASE_STUDY)
        assert document.tree is not None or document.findings
    assert findings_of(tmp_path, {CASE: bytes(range(256))})


def test_a_file_that_is_cut_off() -> None:
    """A file that ends in the middle is read as far as it can be, or is a finding; it never ends the tool."""
    raw = base("case-study").encode("utf-8")
    for end in range(0, len(raw), 7):
        document = load.parse(raw[:end], CASE, CASE_STUDY)
        text.tokens(document.body)
        assert document.tree is not None or document.findings


VALUES = ("", " []", " {a: b}", ' "\\n"')


@pytest.mark.parametrize("value", [None, *VALUES], ids=["line-gone", "empty", "list", "fields", "line-end"])
@pytest.mark.parametrize("name", ["case-study", "best-practice"])
def test_any_line_may_be_wrong(name: str, value: str | None, tmp_path: Path) -> None:
    """Whatever stands in one line of the front matter, a check ends, and what it lets pass can be drawn."""
    reader, templates = build.Reader(write(tmp_path, based(name))), environment()
    lines = base(name).split("\n")
    # The second source, lesson or review has nothing that the first has not.
    seen: set[tuple[str, str]] = set()
    part = ""
    for number in range(1, lines.index("---", 1)):
        field = re.match(r" *(?:- )?\w+:", lines[number])
        part = lines[number] if lines[number][0].isalpha() else part
        kind = (part, field.group().replace("-", " ") if field else lines[number])
        if kind in seen or (value is not None and not field):
            continue
        seen.add(kind)
        new = [] if value is None or not field else [f"{field.group()}{value}"]
        content = "\n".join([*lines[:number], *new, *lines[number + 1 :]])
        (tmp_path / BASES[name]).write_text(content, encoding="utf-8")
        corpus = reader.corpus()
        library = build.library(corpus, build.check(corpus, [tmp_path / BASES[name]]), drafts=True)
        if len(library.items) == len(corpus.entries):
            list(items.pages(Context(library, SITE, environment=templates)))


@pytest.mark.parametrize("kind", [CASE_STUDY, BEST_PRACTICE], ids=lambda kind: kind.name)
def test_every_base_belongs_to_a_kind(kind: object) -> None:
    """The items with which tests are made are of every kind, and sound together."""
    folder = getattr(kind, "folder", "")
    assert any(folder in path for path in BASES.values())
    assert set(TOGETHER) == set(BASES)


def test_a_folder_of_strange_things(tmp_path: Path) -> None:
    """Links, loops, folders and pipes among the items are findings, and the rest is read."""
    paths = write(tmp_path, published() | {DRAFT: base("draft")})
    folder = tmp_path / "cases" / "case-studies"
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "up").symlink_to("..")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    corpus = read(paths)
    found = {finding.location.path.rpartition("/")[2]: finding.code for finding in build.check(corpus)}
    assert {name: found[name] for name in ("loop.md", "folder.md", "pipe.md")} == dict.fromkeys(
        ("loop.md", "folder.md", "pipe.md"), "file-place"
    )
    assert len(build.library(corpus, build.check(corpus)).items) == 2


def test_a_library_of_hostile_files(tmp_path: Path) -> None:
    """Files that cannot be read do not keep the others from the site."""
    files: dict[str, str | bytes] = {
        **published(),
        "cases/case-studies/a.md": b"\xff",
        "cases/case-studies/b.md": "---\n",
    }
    assert list(library_of(tmp_path, files).items) == ["keep-a-register", "lost-source-2001"]
