"""What has changed since: command line and browser give the same answers to the data of `tests/data/changed`."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.support import DATA, ROOT, published, real, write

from casebook import changed
from casebook.cli import main
from casebook.library import Library
from casebook.model import Version
from casebook.release import Release

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = DATA / "changed"
FILES = sorted(FOLDER.glob("[a-z]*.yml"))
SITE = "https://casebook.example/"
ID = "lost-source-2001"


@dataclass(frozen=True)
class Case:
    """One data file: a text or a list of items, a day, what is found, what is said, and the exit code."""

    about: str
    outcome: int
    text: str = ""
    items: list[str] = field(default_factory=list)
    since: str = ""
    asks: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)


@cache
def facts() -> dict[str, Any]:
    """Return the facts about the library of the data files."""
    known = changed.facts(Library.of((), real()[0]), SITE)
    return {**known, "items": yaml.safe_load((FOLDER / "_library.yml").read_text(encoding="utf-8"))}


def case_of(path: Path) -> Case:
    """Return the case that a data file describes."""
    return Case(**yaml.safe_load(path.read_text(encoding="utf-8")))


def asked(case: Case) -> list[changed.Asked]:
    """Return the items that a case asks about."""
    return changed.named(case.items) if case.items else changed.found(case.text, facts())


def names(given: Sequence[changed.Asked]) -> list[str]:
    """Return items as `id@version`."""
    return [one.id if one.version is None else f"{one.id}@{one.version}" for one in given]


def browser(calls: Sequence[dict[str, Any]]) -> list[Any]:
    """Return what the browser code answers to some calls."""
    beside = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [str(beside) if beside.exists() else "node", str(ROOT / "tests" / "changed" / "run.js")],
        input=json.dumps({"calls": list(calls)}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


by_file = pytest.mark.parametrize("case", [case_of(path) for path in FILES], ids=[path.stem for path in FILES])


@by_file
def test_answers(case: Case) -> None:
    """Each text and each list gets the answers that its file says."""
    if fault := changed.fault_of_day(case.since) if case.since else "":
        assert [fault] == case.says
        return
    given = changed.answers(asked(case), facts(), case.since)
    assert not case.asks or names(asked(case)) == case.asks
    assert not case.says or changed.report(given, SITE) == case.says
    assert changed.outcome(given) == case.outcome


def test_the_browser_says_the_same() -> None:
    """For each data file the browser finds the same and says the same, down to each field."""
    cases = [case_of(path) for path in FILES]
    calls = [{"facts": facts(), "text": one.text, "items": one.items or None, "since": one.since} for one in cases]
    for case, said in zip(cases, browser([{**call, "site": SITE} for call in calls]), strict=True):
        if "given" not in said:
            assert said["says"] == case.says
            continue
        given = changed.answers(asked(case), facts(), case.since)
        assert said["asked"] == [asdict(one) for one in asked(case)], case.about
        assert said["given"] == json.loads(json.dumps([asdict(one) for one in given])), case.about
        assert said["says"] == changed.report(given, SITE), case.about


def test_hostile_texts_take_no_time() -> None:
    """Long texts of the worst kind are answered, by both alike, and at most a thousand items."""
    texts = [
        *("a-" * 100_000, "cases/" * 60_000, "/" * 300_000, "case study" + " " * 200_000, "a@1 " * 50_000),
        " ".join(f"q{number}@1" for number in range(1_500)),
    ]
    here = [changed.summary(changed.answers(changed.found(text, facts()), facts())) for text in texts]
    assert [said["summary"] for said in browser([{"facts": facts(), "text": text} for text in texts])] == here
    assert here[-1] == "Not found: 1000. Only the first 1,000 were looked at."


def test_facts_of_a_library(small: Library) -> None:
    """The facts have what an answer needs, comparisons only between released versions, and no more."""
    case = small.items[ID]
    second = Version(2, "2026-12-01", "A second source was added.")
    gone = replace(
        case,
        version=2,
        history=(*case.history, second),
        status="withdrawn",
        withdrawn_reason="It was wrong.[^s1]",
        aliases=("found-source",),
        superseded_by="keep-a-register",
    )
    draft = replace(case, id="a-draft", status="draft")
    releases = [Release(case.kind, ID, number, "2026-12-01", "", "", {}, "") for number in (1, 2)]
    items = [(item, small.streams[ID]) for item in (gone, draft, small.items["keep-a-register"])]
    known = changed.facts(Library.of(items, small.vocabularies, releases), SITE)
    assert known["site"] == SITE
    assert known["kinds"] == [
        {"label": "Case study", "address": "cases"},
        {"label": "Best practice", "address": "practices"},
        {"label": "Exercise", "address": "exercises"},
        {"label": "Learning path", "address": "paths"},
    ]
    assert [one["id"] for one in known["items"]] == ["keep-a-register", ID]
    assert known["items"][1] == {
        "id": ID,
        "kind": 0,
        "title": case.title,
        "versions": [[1, "2026-11-24", "First publication."], [2, "2026-12-01", "A second source was added.", 1]],
        "aliases": ["found-source"],
        "withdrawn": "It was wrong.",
        "successor": "keep-a-register",
    }


# --- the command


def casebook(folder: Path, *words: str | Path) -> Result:
    """Run `casebook changed` on a repository of one case and one practice, of which the practice has two versions."""
    if not (folder / "cases").exists():
        write(folder, published())
    return CliRunner().invoke(main, ["-C", str(folder), "changed", *map(str, words)])


def test_items_on_the_command_line(tmp_path: Path) -> None:
    """The exit code is 0 when nothing has changed and 1 when something has."""
    same = casebook(tmp_path, "keep-a-register@2")
    assert (same.exit_code, same.stdout.splitlines()[-1]) == (0, "Not changed: 1.")
    result = casebook(tmp_path, "keep-a-register@1", f"{ID}@1")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:4] == [
        "Changed: Keep a register of sources (keep-a-register)",
        "  Yours: version 1 of 1 October 2026. Now: version 2 of 24 November 2026.",
        "  Version 2, 24 November 2026: A pitfall was added.",
        "  /practices/keep-a-register/",
    ]
    assert casebook(tmp_path, "--since", "2026-11-01", "keep-a-register").exit_code == 1
    assert casebook(tmp_path, "--since", "2026-11-25", "keep-a-register", ID).exit_code == 0


def test_a_file_on_the_command_line(tmp_path: Path) -> None:
    """Items are found in a file of text, also together with others that are named."""
    page = tmp_path / "course.html"
    page.write_text('\ufeff<a href="/practices/keep-a-register/v/1/">x</a>', encoding="utf-8")
    result = casebook(tmp_path, page, f"{ID}@1")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "Changed: 1; not changed: 1.")


def test_trouble_on_the_command_line(tmp_path: Path) -> None:
    """What cannot be answered ends with 2 and says what there is."""
    unknown = casebook(tmp_path, "keep-a-registr@1")
    assert unknown.exit_code == 2
    assert "There is no item `keep-a-registr`. Did you mean `keep-a-register`?" in unknown.stdout
    day = casebook(tmp_path, "--since", "2026-13-01", ID)
    assert day.exit_code == 2
    assert day.stderr == "casebook: `2026-13-01` is no day. Write it as year, month and day: 2026-11-24.\n"
    lost = casebook(tmp_path, "course.docx")
    assert lost.exit_code == 2
    assert lost.stderr == "casebook: `course.docx` is no file, and no item: write `id` or `id@version`\n"
    assert casebook(tmp_path).exit_code == 2
    pasted = casebook(tmp_path, "a pasted text " * 500)
    assert pasted.exit_code == 2
    assert len(pasted.stderr) < 300
    write_to = tmp_path / "course.docx"
    write_to.write_bytes(b"PK\x03\x04\x00\xff")
    word = casebook(tmp_path, write_to)
    assert word.exit_code == 2
    assert word.stderr == (
        "casebook: course.docx is no plain text. Save it as .txt, .md, .html or .csv, or name the items as id@version\n"
    )
    write_to.write_text("nothing", encoding="utf-8")
    assert casebook(tmp_path, write_to).stdout == f"{changed.NOTHING}\n"
