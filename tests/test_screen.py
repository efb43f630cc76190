"""The screen for sensitive content: its expressions in two languages, its speed, and the command."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests.support import CASE, DATA, ROOT, published, write

from casebook import screen
from casebook.cli import main
from casebook.finding import CasebookError
from casebook.paths import repository

if TYPE_CHECKING:
    from collections.abc import Iterable

CHECKS = screen.load_screen(repository(ROOT))
PATTERNS = [(check, pattern) for check in CHECKS for pattern in check.patterns]
SCRIPTS = ("LATIN", "CJK", "HANGUL", "THAI", "CYRILLIC")
OWNED = "Nobody owned the question where the gauge would go.[^s1]"
MARKED = (OWNED, f"{OWNED} It is 대외비.[^s1]")
by_pattern = pytest.mark.parametrize(
    ("check", "pattern"), PATTERNS, ids=[f"{check.id}-{index}" for index, (check, _) in enumerate(PATTERNS)]
)


def seen(text: str) -> set[str]:
    """Return the ids of the checks that see something in a text."""
    return {match.check.id for match in screen.matches(CHECKS, text)}


def scripts(texts: Iterable[str]) -> set[str]:
    """Return the scripts of some texts, of those that the screen knows."""
    names = {unicodedata.name(letter, "").split(" ")[0] for text in texts for letter in text}
    return names & set(SCRIPTS)


def run(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [str(word) for word in words])


# --- the expressions


@by_pattern
def test_each_expression_has_an_example_of_both_kinds(check: screen.Check, pattern: screen.Pattern) -> None:
    """An expression finds its example, also through its words; no check sees anything in what must pass."""
    assert pattern.match.search(pattern.finds)
    assert check.id in seen(pattern.finds)
    assert check.id in seen(f"{'x ' * 400}\n{pattern.finds}\n{'x ' * 400}")
    assert not seen(pattern.passes)


@by_pattern
def test_expressions_keep_to_what_both_languages_read_alike(check: screen.Check, pattern: screen.Pattern) -> None:
    r"""Neither `\b`, `\d` or `\w`, nor anything that only one of the two languages has."""
    assert not re.search(r"\\[bBdDwWAZ]|\(\?P|\(\?#|\(\?[a-z]|[*+?}]\+", pattern.match.pattern), check.id


def test_javascript_reads_them_alike() -> None:
    """With the flag `u` JavaScript finds each example and lets pass what must."""
    given = [
        [one.match.pattern, "iu" if one.match.flags & re.IGNORECASE else "u", one.finds, one.passes]
        for _, one in PATTERNS
    ]
    code = (
        "const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(given.map(([m, f, a, b]) => [new RegExp(m, f).test(a), new RegExp(m, f).test(b)])))"
    )
    beside = Path(sys.executable).with_name("node")
    node = str(beside) if beside.exists() else shutil.which("node") or "node"
    done = subprocess.run(
        [node, "-e", code], input=json.dumps(given), capture_output=True, encoding="utf-8", check=True
    )
    assert json.loads(done.stdout) == [[True, False]] * len(PATTERNS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_each_check_knows_at_least_four_scripts(check: screen.Check) -> None:
    """Each check has examples in at least four scripts, and data that hold them."""
    assert len(scripts(pattern.finds for pattern in check.patterns)) >= 4
    assert len(scripts([(DATA / "sensitive" / f"{check.id}.yml").read_text(encoding="utf-8")])) >= 4


def test_likely_repeats_cost_little_time() -> None:
    """Ten thousand characters of what an expression hopes for end soon."""
    starts = ["1", "1.2", "12 ", "+1 ", "A", "a ", "秘", "- ", "( ", "°1", "key is ", "/a.", "\n ", "カメラ", "камера "]
    starts += [one.finds + " " for _, one in PATTERNS[::4]]
    texts = [(one * 10_000)[:10_000] for one in starts]
    for _, pattern in PATTERNS:
        begin = time.process_time()
        for text in texts:
            sum(1 for _ in pattern.match.finditer(text))
        assert time.process_time() - begin < 1.0, pattern.match.pattern


def test_our_own_library_has_no_false_alarm() -> None:
    """What the clearance policy counts: nothing in the items is seen that no exception covers."""
    result = run("-C", ROOT, "screen")
    assert (result.exit_code, result.stdout) == (0, "no findings\n")


def test_a_screen_that_cannot_be_used_stops_the_tool(tmp_path: Path) -> None:
    """A broken expression, or none at all, must not pass for a clean text."""
    for number, text in enumerate(("checks: []\n", "checks:\n  - id: a\n", "- [", "checks: 1\n")):
        paths = write(tmp_path / str(number), {"schema/screen.yml": text})
        with pytest.raises(CasebookError):
            screen.load_screen(paths)


def test_letters_that_grow_in_lower_case_keep_their_place() -> None:
    """A letter whose small form is longer moves nothing."""
    text = "İ" * 300 + " OFFICIAL USE ONLY"
    assert [(one.start, one.end) for one in screen.matches(CHECKS, text)] == [(301, 318)]


# --- the command


def test_a_text_outside_the_repository(tmp_path: Path) -> None:
    """Any text file can be looked at, and the place of what was seen is named."""
    paths = write(tmp_path / "repository", published())
    text = tmp_path / "draft.txt"
    text.write_text("Notes\n\nThis is FOR OFFICIAL USE\nONLY.\n", encoding="utf-8")
    result = run("-C", paths.root, "screen", text)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{text}:3:13: sensitive warning: document marking: 'OFFICIAL USE ONLY'")


def test_items_and_formats(tmp_path: Path) -> None:
    """Items are looked at like in a check, and the formats are the same."""
    paths = write(tmp_path, published(MARKED))
    result = run("-C", tmp_path, "screen", paths.root / CASE, "--format", "json")
    assert result.exit_code == 1
    assert [one["code"] for one in json.loads(result.stdout)] == ["sensitive"]
    assert run("-C", tmp_path, "screen").exit_code == 1
    assert run("-C", tmp_path, "screen", paths.root / "cases" / "best-practices").exit_code == 0


@pytest.mark.parametrize(
    "content", [b"no fields, but \xeb\x8c\x80\xec\x99\xb8\xeb\xb9\x84", b"---\nid: [\n\xff RAHASIA\n"]
)
def test_an_item_that_is_not_valid_is_looked_at_all_the_same(content: bytes, tmp_path: Path) -> None:
    """Neither missing fields nor broken bytes hide what stands in a file."""
    write(tmp_path, {CASE: content})
    result = run("-C", tmp_path, "screen")
    assert result.exit_code == 1
    assert "document marking" in result.stdout


def test_what_cannot_be_looked_at_is_said(tmp_path: Path) -> None:
    """A folder without items is trouble; an item that is too large, or text in another encoding, is a finding."""
    paths = write(tmp_path, published())
    (tmp_path / "empty").mkdir()
    assert run("-C", tmp_path, "screen", tmp_path / "empty").exit_code == 2
    (tmp_path / "note.txt").write_bytes(b"\xff\xfe")
    assert "not-utf8" in run("-C", tmp_path, "screen", tmp_path / "note.txt").stdout
    (paths.root / CASE).write_text("x" * 500_000, encoding="utf-8")
    assert "file-too-large" in run("-C", tmp_path, "screen", paths.root / CASE).stdout
    (tmp_path / "large.txt").write_text("x" * 500_000, encoding="utf-8")
    assert "file-too-large" in run("-C", tmp_path, "screen", tmp_path / "large.txt").stdout
