"""Releases: versions from the history, the ledger that only grows, and what happens to it when somebody edits it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.support import CASE, PRACTICE, base, published, read, replaced, write

from casebook import build, promised, render
from casebook.cli import main
from casebook.finding import Severity
from casebook.ledger import Ledger, extended, ledger_of, lost_lines
from casebook.paths import repository as paths_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LEDGER = "releases/addresses.txt"
PLACE = ("place: Sampletown\n", "place: Exampletown\n")
SECOND = ("version: 1\nhistory:", "version: 2\nhistory:")
CHANGE = (
    "    change: First publication.\n",
    "    change: First publication.\n  - version: 2\n    date: '2026-11-25'\n    change: The place was corrected.\n",
)
PAGE = "cases/lost-source-2001/"


def here(folder: Path, *words: str) -> Result:
    """Run the command in a repository."""
    return CliRunner().invoke(main, ["-C", str(folder), *words])


def git(folder: Path, *words: str) -> str:
    """Run git in a repository, as nobody in particular."""
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, **files: str) -> str:
    """Write the two items, commit everything, and return the commit."""
    for name, content in {"case": base("case-study"), "practice": base("best-practice"), **files}.items():
        (folder / {"case": CASE, "practice": PRACTICE}[name]).write_text(content, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "A change")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two published items, with one commit."""
    write(tmp_path, published())
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def light(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make only the pages that stand alone, but for the test that looks at all addresses."""
    if request.function is not test_a_release_freezes_and_records:
        monkeypatch.setattr(build, "artifacts", lambda shown, _, site: render.leaves(shown, site))


# --- the command


def test_a_release_freezes_and_records(repository: Path) -> None:
    """The first release writes a version of each item and the ledger; after it there is nothing more to release."""
    assert here(repository, "release", "--check").exit_code == 1
    done = here(repository, "release")
    assert done.exit_code == 0, done.output
    assert "Case study lost-source-2001, version 1 of 2026-11-24: First publication." in done.output
    assert "2 new versions; " in done.output
    frozen = json.loads((repository / "releases/case-studies/lost-source-2001/1.json").read_text(encoding="utf-8"))
    assert frozen["commit"] == git(repository, "rev-parse", "HEAD")
    assert frozen["labels"]["settings"] == {"industrial-use": "Industrial use of sources"}
    lines = ledger_of((repository / LEDGER).read_text(encoding="utf-8"), LEDGER)
    promises = {
        *(
            "index.html",
            PAGE,
            f"{PAGE}#ask-before-moving",
            f"{PAGE}v/1/",
            "c/lost-source-2001/",
            "topics/insider-threat/",
        ),
        *("api/v1/library.json", "api/v1/case-study/lost-source-2001.json", "schema/case-study.schema.json"),
        *("practices/keep-a-register/", "glossary/#adversary", "contribute/word/case-study.docx"),
        *(f"{PAGE}handout.pdf", f"{PAGE}handout-instructor.pdf", "topics/insider-threat/reader.pdf"),
    }
    assert promises <= set(lines.lines)
    assert not [one for one in lines.lines if one.startswith(("assets/", "/")) or one.endswith(".md")]
    assert here(repository, "check").output == "no findings\n"
    again = here(repository, "release")
    assert again.output == f"0 new versions; 0 new addresses, and {len(lines.lines):,} that were known before\n"
    assert here(repository, "release", "--check").exit_code == 0


def test_a_dry_run_writes_nothing(repository: Path) -> None:
    """`--dry-run` says what would be recorded."""
    assert "2 new versions" in here(repository, "release", "--dry-run").output
    assert not (repository / "releases").exists()


def test_a_change_needs_a_version(repository: Path) -> None:
    """Words that change without a version fail the check; with one, the next release adds it and keeps the first."""
    here(repository, "release")
    first = (repository / "releases/case-studies/lost-source-2001/1.json").read_bytes()
    before = (repository / LEDGER).read_text(encoding="utf-8")
    commit(repository, case=replaced(base("case-study"), [PLACE]))
    refused = here(repository, "release")
    assert refused.exit_code == 2
    assert f"{CASE}:10:10: released-version version 1 is released, and `event` is not what it was" in refused.stderr
    changed = commit(repository, case=replaced(base("case-study"), [PLACE, SECOND, CHANGE]))
    done = here(repository, "release")
    assert "version 2 of 2026-11-25: The place was corrected." in done.output
    assert (repository / "releases/case-studies/lost-source-2001/1.json").read_bytes() == first
    second = json.loads((repository / "releases/case-studies/lost-source-2001/2.json").read_text(encoding="utf-8"))
    assert (second["commit"], second["data"]["event"]["place"]) == (changed, "Exampletown")
    after = (repository / LEDGER).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert f"{PAGE}v/2/" in after.removeprefix(before).splitlines()


def test_earlier_versions_come_from_the_history(repository: Path) -> None:
    """A version that was published and never released is found in its last commit."""
    commit(repository, case=base("case-study").replace("Sampletown\n", "Townsample\n"))
    last = git(repository, "rev-parse", "HEAD")
    commit(repository, case=replaced(base("case-study"), [PLACE, SECOND, CHANGE]))
    assert "3 new versions" in here(repository, "release").output
    first = json.loads((repository / "releases/case-studies/lost-source-2001/1.json").read_text(encoding="utf-8"))
    assert (first["commit"], first["data"]["event"]["place"]) == (last, "Townsample")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("dirty", f"casebook: {CASE} is not committed as it is (1 such files). Commit first, and release then\n"),
        ("no git", "casebook: git says: fatal: not a git repository"),
        ("shallow", "casebook: the history of this clone is cut off; run `git fetch --unshallow` first\n"),
    ],
)
def test_what_is_not_in_the_history_is_not_released(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, damage: str, words: str
) -> None:
    """Without a commit there is no release, and the message says what to do."""
    folder = repository
    if damage == "dirty":
        (folder / CASE).write_text(base("case-study").replace("Sampletown\n", "Townsample\n"), encoding="utf-8")
    elif damage == "no git":
        folder = write(tmp_path_factory.mktemp("plain"), published()).root
    else:
        commit(repository, case=base("case-study").replace("Sampletown\n", "Townsample\n"))
        folder = tmp_path_factory.mktemp("shallow") / "clone"
        git(repository, "clone", "-q", "--depth", "1", repository.as_uri(), str(folder))
    done = here(folder, "release")
    assert done.exit_code == 2
    assert done.stderr.startswith(words)
    assert not (folder / "releases").exists()


def test_a_renamed_item_keeps_its_version(repository: Path) -> None:
    """Another id with the former one beside it needs no new version; other words still do."""
    here(repository, "release")
    named = ("id: lost-source-2001", "id: lost-gauge-2001\naliases: [lost-source-2001]")
    (repository / CASE).unlink()
    for changes, code, output in (
        ([named], 0, "no findings\n"),
        ([named, PLACE], 1, "released-version version 1 is released, and `event` is not what it was"),
    ):
        renamed = replaced(base("case-study"), changes)
        (repository / CASE.replace("source", "gauge")).write_text(renamed, encoding="utf-8")
        done = here(repository, "check")
        assert (done.exit_code, output in done.output) == (code, True), done.output


def test_a_withdrawal_does_not_wait_for_other_items(repository: Path) -> None:
    """A released item that links to what was withdrawn since gets a note, and a warning in its next version."""
    here(repository, "release")
    withdrawn = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")
    added = "    change: A pitfall was added.\n"
    entry = "  - version: 3\n    date: '2026-11-25'\n    change: Another link.\n"
    third = [("version: 2\nhistory:", "version: 3\nhistory:"), (added, f"{added}{entry}")]
    (repository / CASE).write_text(replaced(base("case-study"), [withdrawn, SECOND, CHANGE]), encoding="utf-8")
    for version, severity in ((2, Severity.NOTE), (3, Severity.WARNING)):
        found = [one for one in build.check(read(paths_of(repository))) if one.code == "unpublished-target"]
        assert [one.location.path for one in found] == [PRACTICE, PRACTICE], version
        assert {one.severity for one in found} == {severity}, version
        (repository / PRACTICE).write_text(replaced(base("best-practice"), third), encoding="utf-8")


def test_a_release_loses_no_file(repository: Path) -> None:
    """A file that was published and that no build would make is named, and nothing is recorded."""
    here(repository, "release")
    text = (repository / LEDGER).read_text(encoding="utf-8")
    longer = extended(text, LEDGER, "2026-11-25", [f"{PAGE}handout.pdf", "topics/gone/reader.pdf", "glossary/#gone"])
    (repository / LEDGER).write_text(longer, encoding="utf-8")
    line = longer.split("\n").index("topics/gone/reader.pdf") + 1
    for words in (["release"], ["release", "--check"]):
        done = here(repository, *words)
        assert done.exit_code == 2
        assert done.stderr.count("lost-address") == 1
        assert f"{LEDGER}:{line}:1: lost-address `topics/gone/reader.pdf` was published, and the site" in done.stderr
        assert "say in releases/moved.yml where it leads now" in done.stderr
        assert done.stderr.endswith("nothing was recorded; mend what is named and try again\n")
    assert (repository / LEDGER).read_text(encoding="utf-8") == longer


def test_a_release_that_ended_halfway_goes_on(repository: Path) -> None:
    """Versions without their addresses are named by the check, and the next release records them."""
    here(repository, "release")
    (repository / LEDGER).unlink()
    assert "the ledger lacks `cases/lost-source-2001/v/1/`, which is released" in here(repository, "check").output
    assert here(repository, "release").exit_code == 0
    assert here(repository, "check").exit_code == 0


# --- the ledger


def test_a_ledger_grows_and_its_lines_stay() -> None:
    """Each release is a part of its own; what is known already is not written again."""
    one = extended("", LEDGER, "2026-11-25", ["b/", "a/"])
    two = extended(one, LEDGER, "2026-12-01", ["a/", "c/#part"])
    assert two.startswith(one)
    assert extended(two, LEDGER, "2027-01-01", ["a/", "b/"]) == two
    found = ledger_of(two, LEDGER)
    assert list(found.lines) == ["a/", "b/", "c/#part"]
    assert found.findings == ()


def test_an_entry_that_was_there_before_is_missed() -> None:
    """Even a ledger that was sealed anew is compared with the one that the history has."""
    earlier = ledger_of(extended("", LEDGER, "2026-11-25", ["a/", "b/"]), LEDGER)
    forged = ledger_of(extended("", LEDGER, "2026-11-25", ["a/"]), LEDGER)
    assert [one.message for one in lost_lines(forged, earlier)] == ["`b/` stood here before, and is gone"]
    assert list(lost_lines(earlier, earlier)) == []


def test_a_forged_ledger_is_seen_in_the_history(repository: Path) -> None:
    """A ledger with a line less and a new seal passes by itself, and fails against the last commit or a named one."""
    here(repository, "release")
    commit(repository)
    path, lines = repository / LEDGER, ledger_of((repository / LEDGER).read_text(encoding="utf-8"), LEDGER).lines
    forged = extended("", LEDGER, "2026-11-25", [one for one in lines if one != "c/lost-source-2001/"])
    path.write_text(forged, encoding="utf-8")
    assert (
        "releases/addresses.txt:1:1: ledger `c/lost-source-2001/` stood here before, and is gone"
        in here(repository, "check").output
    )
    commit(repository)
    assert here(repository, "check").exit_code == 0
    assert "`c/lost-source-2001/` stood here before" in here(repository, "check", "--base", "HEAD~1").output
    assert here(repository, "check", "--base", "no-such-commit").exit_code == 2


# --- what a site promises and answers


def test_addresses_of_files() -> None:
    """A page is its folder, a file is itself, and what belongs to pages is not promised."""
    names = ["index.md", "about/index.md", "cases/a/index.html", "api/v1/library.json", "assets/casebook/css/a.css"]
    names += ["cases/a/card.png", "cases/a/handout.pdf", "findings/index.md", "sitemap.xml", "cases/a/photo.png"]
    assert sorted(filter(None, map(promised.address, names))) == [
        *("about/", "api/v1/library.json", "cases/a/", "cases/a/handout.pdf", "index.html"),
    ]


def test_what_a_site_does_not_answer(tmp_path: Path) -> None:
    """Pages, parts of pages and files must be there; a page that leads on answers for its parts."""
    files = {
        "index.html": "",
        "a/index.html": '<h3 id="one">',
        "b/index.html": '<meta http-equiv="refresh" content="0">',
        "c/index.html": "<header data-withdrawn>",
        "d.json": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    there = ["index.html", "a/", "a/#one", "b/#any", "c/#any", "d.json", "e/handout.pdf"]
    lost = ["a/#two", "e/", "e/#part", "f.json"]
    known = Ledger(LEDGER, dict.fromkeys((*there, *lost), 1))
    assert list(promised.unanswered(known, tmp_path, {"e/handout.pdf"})) == lost
    assert list(promised.unanswered(known, tmp_path)) == ["e/handout.pdf", *lost]
