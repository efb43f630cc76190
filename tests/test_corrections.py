"""Safe corrections by data files: `tests/data/corrections/WHAT.yml`, and what `casebook check --fix` does with them.

`before` and `after` are changes of the base, `messages` what was done; without `after` the base itself comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.support import BASES, CASE, DATA, DRAFT, PRACTICE, ROOT, base, based, published, replaced, write

from casebook import corrections, load
from casebook.cli import main
from casebook.registry import KIND_BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.shape import Shapes

FILES = sorted((DATA / "corrections").glob("*.yml"))
# Corrections that change data, and only as their name says.
NAMED = {"zero-width characters deleted", "entries that stood twice in a list deleted"}
UNREAD = {"tabs that could not be read made spaces", "what stood before the first line deleted"}
by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
LOOSE = ("title: A case that is being written", "title: A case that is being written  ")
TYPO = ("topics: [physical-protection]", "topics: [physical-protectoin]")


def _case(path: Path) -> tuple[str, str, str, list[str]]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = base(data["base"])
    return BASES[data["base"]], replaced(text, data["before"]), replaced(text, data.get("after", [])), data["messages"]


@by_file
def test_corrected(path: Path, shapes: Shapes) -> None:
    """The text and the words about it are what the file says; a second time there is nothing to do."""
    name, before, after, messages = _case(path)
    made = corrections.corrected(before, name, shapes["case-study"])
    assert made.text == after
    assert list(made.done) == messages
    assert corrections.corrected(after, name, shapes["case-study"]) == corrections.Corrected(after, ())


@by_file
def test_data_stay(path: Path, shapes: Shapes) -> None:
    """What changes spaces, line ends and order changes no data."""
    name, before, _, messages = _case(path)
    made = corrections.corrected(before, name, shapes["case-study"])
    first, second = (load.parse(one.encode(), name, KIND_BY_NAME["case-study"]) for one in (before, made.text))
    if not {*messages} & (NAMED | UNREAD):
        assert second.data == first.data
    assert len(second.findings) <= len(first.findings)


@pytest.mark.parametrize("name", ["case-study", "best-practice"])
def test_our_own_form_is_left_alone(name: str, shapes: Shapes) -> None:
    """The longest item of each kind in this library comes out as it went in."""
    folder = ROOT / "cases" / KIND_BY_NAME[name].folder
    longest = max(folder.glob("*.md"), key=lambda path: path.stat().st_size)
    text = longest.read_bytes().decode("utf-8")
    assert corrections.corrected(text, f"cases/{folder.name}/{longest.name}", shapes[name]).done == ()


# --- casebook check --fix


def fix(folder: Path, *words: str | Path, typed: str | None = None) -> Result:
    """Run `casebook check --fix` on the repository in a folder."""
    return CliRunner().invoke(main, ["-C", str(folder), "check", "--fix", *(str(one) for one in words)], input=typed)


def test_fix(tmp_path: Path) -> None:
    """The change is shown and written beside, the mode stays, and a second run has nothing to do."""
    write(tmp_path, based("draft", [LOOSE]))
    (tmp_path / DRAFT).chmod(0o640)
    result = fix(tmp_path)
    assert result.exit_code == 0
    assert result.stdout == (
        f"--- a/{DRAFT}\n+++ b/{DRAFT}\n@@ -1,6 +1,6 @@\n ---\n id: unfinished-2002\n-{LOOSE[1]}\n+{LOOSE[0]}\n"
        " summary: Somebody has begun to write this case, and only what a draft needs is here until the rest "
        "is known.\n"
        " topics: [physical-protection]\n sources:\n"
        f"{DRAFT}: corrected: spaces at the end of lines deleted\n\nno findings\n"
    )
    assert (tmp_path / DRAFT).read_text(encoding="utf-8") == base("draft")
    assert (tmp_path / DRAFT).stat().st_mode & 0o777 == 0o640
    assert [one.name for one in (tmp_path / DRAFT).parent.iterdir()] == ["unfinished-2002.md"]
    assert fix(tmp_path).stdout == "no findings\n"


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_dry_run(option: str, tmp_path: Path) -> None:
    """A dry run shows the same, and the file stays."""
    write(tmp_path, based("draft", [LOOSE]))
    result = fix(tmp_path, option)
    assert result.exit_code == 0
    assert f"-{LOOSE[1]}\n+{LOOSE[0]}\n" in result.stdout
    assert f"{DRAFT}: would be corrected: " in result.stdout
    assert (tmp_path / DRAFT).read_text(encoding="utf-8") == replaced(base("draft"), [LOOSE])


def test_options_that_need_fix(tmp_path: Path) -> None:
    """Without --fix there is nothing to show or to guess."""
    write(tmp_path, {})
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--dry-run"])
    assert result.exit_code == 2
    assert result.stderr == "casebook: --dry-run and --did-you-mean go with --fix\n"


def test_only_what_is_named(tmp_path: Path) -> None:
    """Only named items are corrected."""
    loose = (base("best-practice") + "\n\n", base("draft") + "\n\n")
    write(tmp_path, published() | {PRACTICE: loose[0], DRAFT: loose[1]})
    fix(tmp_path, tmp_path / DRAFT)
    assert (tmp_path / DRAFT).read_text(encoding="utf-8") == base("draft")
    assert (tmp_path / PRACTICE).read_text(encoding="utf-8") == loose[0]


def test_links_large_files_and_other_encodings_stay(tmp_path: Path) -> None:
    """A link is not followed, a folder that is a link neither, and what the checker does not read stays as it is."""
    repository, outside = tmp_path / "repository", tmp_path / "outside"
    outside.mkdir()
    loose = replaced(base("draft"), [LOOSE])
    (outside / "unfinished-2002.md").write_text(loose, encoding="utf-8")
    large = b"---\n" + b"  \n" * load.MAX_BYTES
    write(repository, {"cases/case-studies/latin.md": b"---\n\xff  \n", "cases/case-studies/large.md": large})
    (repository / DRAFT).symlink_to(outside / "unfinished-2002.md")
    (repository / "cases" / "best-practices").rmdir()
    (repository / "cases" / "best-practices").symlink_to(outside)
    assert fix(repository).exit_code == 1
    assert (outside / "unfinished-2002.md").read_text(encoding="utf-8") == loose
    assert (repository / DRAFT).is_symlink()
    assert (repository / "cases/case-studies/large.md").read_bytes() == large
    assert (repository / "cases/case-studies/latin.md").read_bytes() == b"---\n\xff  \n"


def test_what_would_be_worse_is_left_alone(tmp_path: Path) -> None:
    """Once the tabs are gone the checker sees more faults than before; then the file stays, and that is said."""
    text = replaced(base("draft"), [("    type: news", "\ttype: nwes"), TYPO])
    write(tmp_path, {DRAFT: text})
    result = fix(tmp_path)
    assert result.exit_code == 1
    assert f"{DRAFT}: left as it was: it would have 2 findings in place of 1 (tabs " in result.stdout
    assert (tmp_path / DRAFT).read_text(encoding="utf-8") == text


def test_a_word_stays_without_the_option(tmp_path: Path) -> None:
    """A guess is never made in silence."""
    write(tmp_path, based("draft", [TYPO]))
    assert fix(tmp_path).exit_code == 1
    assert TYPO[1] in (tmp_path / DRAFT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("setting: industry", "setting: industrial-use"),
        ("setting: 'industry'", "setting: 'industrial-use'"),
        ("seting: industrial-use", "setting: industrial-use"),
    ],
)
def test_did_you_mean(before: str, after: str, tmp_path: Path) -> None:
    """A term or field with one candidate is replaced where it stands, and nowhere else."""
    write(tmp_path, published(("setting: industrial-use", before)))
    result = fix(tmp_path, "--did-you-mean")
    assert result.exit_code == 0, result.stdout
    assert (tmp_path / CASE).read_text(encoding="utf-8") == published(("setting: industrial-use", after))[CASE]
    assert f"{CASE}: corrected: `" in result.stdout


def test_did_you_mean_a_source(tmp_path: Path) -> None:
    """A source is replaced in a list and at its citation in the text; a text that cites it stays a finding."""
    text = replaced(base("draft"), [("id: s1", "id: report"), ("[^s1]", "[^reprot] and reprot.[^report]")])
    write(tmp_path, {DRAFT: text})
    assert fix(tmp_path, "--did-you-mean").exit_code == 0
    assert "alarm.[^report] and reprot.[^report]" in (tmp_path / DRAFT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        ("title: A case", "titel: A case that is not\ntitle: A case"),
        ("type: news", "type: report"),
        ("summary: Somebody", "summary: reprot [^reprot] somebody"),
    ],
    ids=["the field is there already", "several candidates", "in the middle of a text"],
)
def test_did_you_mean_leaves_what_is_not_plain(change: tuple[str, str], tmp_path: Path) -> None:
    """Where a word has several candidates, or stands elsewhere than the finding says, it stays."""
    text = replaced(base("draft"), [("id: s1", "id: report"), ("[^s1]", "[^report]"), change])
    write(tmp_path, {DRAFT: text})
    assert fix(tmp_path, "--did-you-mean").exit_code == 1
    assert (tmp_path / DRAFT).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_a_terminal_asks(answer: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a person decides about each word."""
    write(tmp_path, published(("setting: industrial-use", "setting: industry")))
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    result = fix(tmp_path, typed=f"{answer}\n")
    assert f"{CASE}:20:12: replace `industry` by `industrial-use`?" in result.stderr
    assert result.exit_code == code


def test_a_machine_still_gets_its_format(tmp_path: Path) -> None:
    """With another format than text, the changes stand on the standard error."""
    write(tmp_path, based("draft", [LOOSE]))
    result = fix(tmp_path, "--format", "json")
    assert result.stdout == "[]\n"
    assert "corrected: spaces" in result.stderr


def test_what_is_invisible_is_shown_as_its_code(tmp_path: Path) -> None:
    """The difference cannot do anything to a terminal, and shows what was deleted."""
    text = replaced(base("draft"), [("A case that", "A ca\u200bse \x1b[31m that")])
    write(tmp_path, {DRAFT: text})
    result = fix(tmp_path)
    assert "-title: A ca\\u200bse \\u001b[31m that" in result.stdout
    assert "\x1b" not in result.stdout
