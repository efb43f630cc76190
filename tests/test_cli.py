"""The `casebook` command: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs.commands import build as mkdocs_build
from tests.support import CASE, DRAFT, PNG, PRACTICE, ROOT, base, crowded, library_of, published, read, shown, write

from casebook import __version__, build, report, similar
from casebook.cli import main
from casebook.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

WRONG = ("setting: industrial-use", "setting: industry")
LINE = f"{CASE}:20:12: unknown-term `industry` is not a term of the vocabulary settings"
NAMES = sorted(main.commands)


def casebook(*words: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


def here(folder: Path, *words: str | Path) -> Result:
    """Run the command on the repository in a folder."""
    return casebook("-C", folder, *words)


# --- help


@pytest.mark.parametrize("name", [[], *([name] for name in NAMES)], ids=["casebook", *NAMES])
def test_help(name: list[str]) -> None:
    """Each command explains itself and has examples; asking for help is no error."""
    result = casebook(*name, "--help")
    assert result.exit_code == 0
    assert "Examples:\n" in result.stdout
    assert "  casebook " in result.stdout
    assert casebook(*name, "-h").stdout == result.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_explained(name: str) -> None:
    """Each option has a help text or shows its default or its choices."""
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            explained = parameter.help or parameter.show_default or isinstance(parameter.type, click.Choice)
            assert explained, f"{name} {parameter.opts}"


def test_version() -> None:
    """The version is that of the package."""
    result = casebook("--version")
    assert (result.exit_code, result.stdout) == (0, f"casebook, version {__version__}\n")


def test_an_unknown_command() -> None:
    """A command that does not exist is trouble."""
    assert casebook("chekc").exit_code == 2


# --- which repository


@pytest.mark.parametrize("words", [["check"], ["schema", "case-study"], ["new", "case-study", "a"], ["build"]], ids=str)
def test_no_repository(words: list[str], tmp_path: Path) -> None:
    """Outside a repository each command ends with one sentence, exit code 2, and nothing on the standard output."""
    result = here(tmp_path, *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"casebook: {tmp_path} is not a Casebook repository: it has no folder cases/. "
        "Run in the repository, or name it with `-C DIR`.\n"
    )


def test_no_vocabulary(tmp_path: Path) -> None:
    """A repository without one of its vocabularies is trouble of the tool and not of the content."""
    paths = write(tmp_path, {"schema/extra.txt": ""})
    (paths.vocabularies / "topics.yml").unlink()
    result = here(tmp_path, "check")
    assert result.exit_code == 2
    assert result.stderr.startswith("casebook: the vocabulary schema/vocabularies/topics.yml cannot be read")


def test_the_repository_around_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without -C the repository is the one in or above the folder in which the command runs."""
    write(tmp_path, published())
    for folder in (tmp_path, tmp_path / "cases", tmp_path / "cases" / "case-studies"):
        monkeypatch.chdir(folder)
        assert casebook("check").stdout == "no findings\n"


# --- check


def test_check_clean(tmp_path: Path) -> None:
    """Without findings the exit code is 0."""
    write(tmp_path, published())
    result = here(tmp_path, "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no findings\n", "")


def test_check_with_an_error(tmp_path: Path) -> None:
    """With an error the exit code is 1, and the finding is on the standard output."""
    write(tmp_path, published(WRONG))
    result = here(tmp_path, "check")
    assert result.exit_code == 1
    assert result.stdout == f"{LINE}\n    did you mean `industrial-use`?\n1 error\n"


def test_check_with_a_warning(tmp_path: Path) -> None:
    """A warning counts as a finding, too."""
    write(tmp_path, published(("    reliability: C\n", "    reliability: D\n")))
    result = here(tmp_path, "check")
    assert result.exit_code == 1
    assert result.stdout.endswith("\n4 warnings\n")


def test_check_with_a_fault_in_a_vocabulary(tmp_path: Path) -> None:
    """Vocabularies are checked with everything."""
    levels = "title: Levels\ndescription: Levels.\nterms:\n  - {id: introductory, label: Introductory}\n"
    write(tmp_path, published() | {"schema/vocabularies/levels.yml": levels})
    result = here(tmp_path, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("schema/vocabularies/levels.yml:4:5: vocabulary this term has no `definition`")


def test_notes_are_shown_when_a_draft_is_named(tmp_path: Path) -> None:
    """What a draft still needs is no finding, and is shown only when it is asked for."""
    write(tmp_path, published() | {DRAFT: base("draft")})
    assert here(tmp_path, "check").stdout == "no findings\n"
    named = here(tmp_path, "check", tmp_path / DRAFT)
    assert named.exit_code == 0
    assert named.stdout.endswith("\n18 notes\n")
    assert here(tmp_path, "check", "--notes").stdout == named.stdout
    assert here(tmp_path, "check", "--no-notes", tmp_path / DRAFT).stdout == "no findings\n"


@pytest.mark.parametrize("form", report.FORMATS)
def test_formats(form: str, tmp_path: Path) -> None:
    """Each format is what the formatter makes, and ends with the same exit code."""
    paths = write(tmp_path, published(WRONG))
    result = here(tmp_path, "check", "--format", form)
    assert result.exit_code == 1
    assert result.stdout == report.report(build.check(read(paths)), form) + "\n"


@pytest.mark.parametrize(("form", "output"), [("json", "[]\n"), ("github", ""), ("text", "no findings\n")])
def test_formats_without_findings(form: str, output: str, tmp_path: Path) -> None:
    """Without findings a machine still gets its format, and GitHub nothing at all."""
    write(tmp_path, published())
    result = here(tmp_path, "check", "--format", form)
    assert (result.exit_code, result.stdout) == (0, output)


def test_an_unknown_format(tmp_path: Path) -> None:
    """A format that does not exist is trouble, and the known ones are named."""
    write(tmp_path, published())
    result = here(tmp_path, "check", "--format", "xml")
    assert result.exit_code == 2
    assert all(form in result.stderr for form in report.FORMATS)


def test_check_of_named_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the named files and those below the named folders are reported; links are checked against all."""
    write(tmp_path, published(WRONG))
    monkeypatch.chdir(tmp_path)
    assert casebook("check", PRACTICE).exit_code == 0
    assert casebook("check", "cases/best-practices").exit_code == 0
    assert casebook("check", CASE).exit_code == 1
    assert casebook("check", "cases/best-practices", CASE).exit_code == 1
    assert casebook("check", ".").exit_code == 1
    monkeypatch.chdir(tmp_path / "cases")
    assert casebook("check", f"../{CASE}").exit_code == 1
    assert casebook("-C", "..", "check", f"../{CASE}").exit_code == 1
    assert casebook("-C", "..", "check", tmp_path / CASE).exit_code == 1


def test_check_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A path with a typing error does not pass as clean."""
    write(tmp_path, published())
    result = here(tmp_path, "check", tmp_path / "cases" / "nothing.md")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_check_of_a_file_that_is_no_item(tmp_path: Path) -> None:
    """A path without an item does not pass as clean either."""
    write(tmp_path, published() | {"README.md": "text\n"})
    result = here(tmp_path, "check", tmp_path / "README.md")
    assert result.exit_code == 2
    assert result.stderr == "casebook: no item of this repository lies at the given paths\n"


def test_check_of_an_empty_repository(tmp_path: Path) -> None:
    """A repository without items is clean."""
    write(tmp_path, {})
    assert here(tmp_path, "check").exit_code == 0


def test_check_writes_nothing(tmp_path: Path) -> None:
    """A check leaves the repository as it was."""
    write(tmp_path, published(WRONG))
    before = sorted(tmp_path.rglob("*"))
    here(tmp_path, "check")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("form", report.FORMATS)
def test_a_hostile_file_name(form: str, tmp_path: Path) -> None:
    """A file name that is not text, or has a line end in it, is a finding in every format and no crash."""
    write(tmp_path, {})
    for name in (b"\xff.md", b"a\n::error::b.md"):
        (tmp_path / "cases" / "case-studies" / name.decode("utf-8", "surrogateescape")).write_text(
            "x", encoding="utf-8"
        )
    result = here(tmp_path, "check", "--format", form)
    assert result.exit_code == 1
    assert not any(line.startswith("::error::") for line in result.stdout.split("\n"))


# --- similar


def test_similar(tmp_path: Path) -> None:
    """Each item has a line with its topics; a file that is no item, or has an error, is passed over."""
    write(tmp_path, published() | {DRAFT: base("draft"), "README.md": "text\n"})
    result = here(tmp_path, "similar", tmp_path / CASE, tmp_path / DRAFT, tmp_path / "README.md")
    assert result.exit_code == 0
    assert [line.split(" (")[0] for line in result.stdout.splitlines()] == [
        CASE,
        "    no item that shares much",
        DRAFT,
        "    no item that shares much",
    ]
    (tmp_path / CASE).write_text("x", encoding="utf-8")
    assert here(tmp_path, "similar", tmp_path / CASE).stdout == ""


def test_similar_topics(tmp_path: Path) -> None:
    """The topics of several items come each once, one in a line, in order."""
    write(tmp_path, published())
    topics = here(tmp_path, "similar", "--topics", tmp_path / "cases").stdout.splitlines()
    assert topics == sorted(set(topics))
    assert "radiological-sources" in topics


def test_similar_says_why(tmp_path: Path) -> None:
    """An item that shares much is named with the reason, on one line."""
    crowd = crowded(library_of(tmp_path, published()))
    copy = replace(crowd.items["lost-source-copy"], path="cases/case-studies/lost-source-copy.md")
    apart = replace(crowd, items={**crowd.items, copy.id: copy})
    first, second = similar.lines(apart, [copy.path])
    assert first.startswith(f"{copy.path} (topics: ")
    assert second.startswith(f"    {CASE}: Same factor")


# --- new

ANSWERS = {
    "--title": "A new case: Town, 2020",
    "--summary": "Somebody lost a source and somebody else found it, and nobody knows what happened between the two.",
    "--topic": "radiological-sources",
    "--source": "The report of the authority",
}


def _answers(**other: str) -> list[str]:
    given = {**ANSWERS, **{f"--{key}": value for key, value in other.items()}}
    return [word for pair in given.items() for word in pair]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_new_writes_a_draft_that_passes(kind: object, tmp_path: Path) -> None:
    """The new file is a draft without errors, in the folder of its kind, and the command says where."""
    name, folder = getattr(kind, "name", ""), getattr(kind, "folder", "")
    write(tmp_path, {})
    result = here(tmp_path, "new", name, "new-item-2020", *_answers(url="https://example.org/report"))
    path = f"cases/{folder}/new-item-2020.md"
    assert result.exit_code == 0
    assert result.stdout == f"{path}: written. Next: fill it in, and run `casebook check {path}`.\n"
    assert here(tmp_path, "check", tmp_path / path).exit_code == 0
    text = (tmp_path / path).read_text(encoding="utf-8")
    assert "status: draft" in text
    assert "https://example.org/report" in text


@pytest.mark.parametrize("folder", ["case-studies", "best-practices"])
def test_new_refuses_an_id_that_exists(folder: str, tmp_path: Path) -> None:
    """An id belongs to one item, whatever its kind, and its file is not touched."""
    path = f"cases/{folder}/new-item-2020.md"
    write(tmp_path, {path: "text\n"})
    result = here(tmp_path, "new", "case-study", "new-item-2020", *_answers())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "casebook: an item `new-item-2020` exists already\n"
    assert [one.read_text() for one in tmp_path.rglob("*.md")] == ["text\n"]


@pytest.mark.parametrize(
    ("name", "other", "code"),
    [
        ("New Item", {}, "file-name"),
        ("../../outside", {}, "wrong-form"),
        ("/tmp/outside", {}, "wrong-form"),  # noqa: S108  # nothing is written there
        ("new-item", {"topic": "radiology"}, "unknown-term"),
        ("new-item", {"title": "Short"}, "out-of-range"),
        ("new-item", {"summary": "Too short."}, "out-of-range"),
        ("new-item", {"url": "javascript:alert(1)"}, "wrong-form"),
        ("new-item", {"title": "A title with \u202e in it"}, "control-character"),
        ("new-item", {"title": "A title with \x1b[31m in it"}, "control-character"),
    ],
)
def test_new_writes_nothing_on_bad_input(name: str, other: dict[str, str], code: str, tmp_path: Path) -> None:
    """What would not pass is not written, and the findings say why."""
    folder = tmp_path / "repository"
    folder.mkdir()
    write(folder, {})
    result = here(folder, "new", "case-study", name, *_answers(**other))
    assert (result.exit_code, result.stdout) == (2, "")
    assert code in result.stderr
    assert result.stderr.endswith("casebook: nothing was written; mend what is named and try again\n")
    assert list(tmp_path.rglob("*.md")) == []


@pytest.mark.parametrize(
    "title",
    [
        "---",
        "A title: with # signs & 'marks' \"here\"",
        "[[[ }} %} {{",
        "NO, 1.10 and null",
        "東海村の事故についての話",
    ],
)
def test_new_quotes_what_yaml_would_read(title: str, tmp_path: Path) -> None:
    """Whatever the title is made of, the file says the same and passes."""
    paths = write(tmp_path, {})
    title = f"{title} (2020)"
    assert here(tmp_path, "new", "case-study", "new-item", *_answers(title=title)).exit_code == 0
    [entry] = read(paths).entries
    assert entry.data["title"] == title


@pytest.mark.parametrize("missing", ANSWERS)
def test_new_without_a_terminal_names_what_is_missing(missing: str, tmp_path: Path) -> None:
    """A script that forgets an answer is told which option it needs, and does not hang."""
    write(tmp_path, {})
    words = [word for key, value in ANSWERS.items() if key != missing for word in (key, value)]
    result = here(tmp_path, "new", "case-study", "new-item", *words)
    assert result.exit_code == 2
    assert f"is missing: give it with {missing}" in result.stderr
    assert list(tmp_path.rglob("*.md")) == []


def test_new_without_an_id(tmp_path: Path) -> None:
    """The id is an argument, and the sentence says so."""
    write(tmp_path, {})
    result = here(tmp_path, "new", "case-study", *_answers())
    assert result.exit_code == 2
    assert result.stderr.startswith("casebook: Id is missing: give it with ")
    assert "--help" not in result.stderr


def test_new_asks_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is asked for each answer, the topics are named, and the file is the same as with options."""
    write(tmp_path, {})
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    title, *others = ANSWERS.values()
    typed = "\n".join([title, "new-item", *others, "", ""]) + "\n"
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "new", "case-study"], input=typed)
    assert result.exit_code == 0
    assert "security-culture" in result.output
    asked = (tmp_path / "cases/case-studies/new-item.md").read_text(encoding="utf-8")
    assert here(tmp_path, "new", "case-study", "new-item-2", *_answers()).exit_code == 0
    given = (tmp_path / "cases/case-studies/new-item-2.md").read_text(encoding="utf-8")
    assert asked == given.replace("new-item-2", "new-item")


def test_new_knows_its_kinds(tmp_path: Path) -> None:
    """A kind that does not exist is trouble, and the known ones are named."""
    write(tmp_path, {})
    result = here(tmp_path, "new", "novel", "new-item", *_answers())
    assert result.exit_code == 2
    assert all(kind.name in result.stderr for kind in KINDS)


# --- schema


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_schema(kind: object) -> None:
    """The schema of a kind is printed as JSON, self-contained."""
    name = getattr(kind, "name", "")
    result = here(ROOT, "schema", name)
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert schema["$id"] == f"{name}.schema.json"
    assert "topics-vocabulary" in schema["$defs"]


# --- build --pages


def test_build_pages(tmp_path: Path) -> None:
    """Pages and data files are written into a folder, as Markdown for any generator."""
    repository, target = tmp_path / "repository", tmp_path / "build" / "pages"
    repository.mkdir()
    write(repository, published() | {DRAFT: base("draft"), "cases/case-studies/lost-source-2001/hall.png": PNG})
    result = here(repository, "build", "--pages", target)
    assert result.exit_code == 0
    assert result.stdout.endswith(f" files written to {target}\n")
    assert (target / "index.md").read_text(encoding="utf-8").startswith("---\ntitle: ")
    assert (target / "cases/lost-source-2001/index.md").is_file()
    assert (target / "cases/lost-source-2001/hall.png").read_bytes() == PNG
    assert json.loads((target / "api/v1/library.json").read_text(encoding="utf-8"))["counts"] == {
        "cases": 1,
        "practices": 1,
        "exercises": 0,
        "paths": 0,
    }
    assert not (target / "cases/unfinished-2002").exists()
    assert not (target / "findings").exists()


def test_build_pages_counts_what_it_writes(tmp_path: Path) -> None:
    """The number in the message is that of the files."""
    write(tmp_path, published() | {"cases/case-studies/lost-source-2001/hall.png": PNG})
    result = here(tmp_path, "build", "--pages", tmp_path / "pages")
    written = [path for path in (tmp_path / "pages").rglob("*") if path.is_file()]
    assert result.stdout == f"{len(written):,} files written to {tmp_path / 'pages'}\n"


def test_build_pages_with_drafts(tmp_path: Path) -> None:
    """Drafts come in when they are asked for."""
    write(tmp_path, published() | {DRAFT: base("draft")})
    assert here(tmp_path, "build", "--pages", tmp_path / "pages", "--drafts").exit_code == 0
    assert (tmp_path / "pages/cases/unfinished-2002/index.md").is_file()


def test_build_pages_with_findings(tmp_path: Path) -> None:
    """With findings nothing is written, and they are told."""
    write(tmp_path, published(WRONG))
    result = here(tmp_path, "build", "--pages", tmp_path / "pages")
    assert (result.exit_code, result.stdout) == (1, "")
    assert LINE in result.stderr
    assert not (tmp_path / "pages").exists()


def test_build_pages_into_a_folder_with_files(tmp_path: Path) -> None:
    """A folder that is not empty is left as it is."""
    write(tmp_path, published() | {"pages/mine.txt": "text\n"})
    result = here(tmp_path, "build", "--pages", tmp_path / "pages")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"casebook: the folder {tmp_path / 'pages'} is not empty\n"
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("drafts", [False, True])
def test_build_of_the_site_with_drafts(drafts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """A site shows drafts only when they are asked for, as for a preview."""
    asked: list[bool] = []
    monkeypatch.setattr(mkdocs_build, "build", lambda config: asked.append(config.plugins["casebook"].config.drafts))
    words = ["--drafts"] if drafts else []
    assert here(ROOT, "build", "--site", tmp_path / "site", *words).exit_code == 0
    assert asked == [drafts]


def test_build_without_configuration(tmp_path: Path) -> None:
    """A site needs mkdocs.yml, and its absence is one sentence."""
    write(tmp_path, published())
    result = here(tmp_path, "build")
    assert result.exit_code == 2
    assert result.stderr.endswith("casebook: mkdocs.yml is not there; a site needs it\n")
    assert not list(tmp_path.glob("site*"))


def test_support_shows_findings_as_the_data_files_do(tmp_path: Path) -> None:
    """The line of a data file and the line of the report say the same."""
    [finding] = build.check(read(write(tmp_path, published(WRONG))))
    assert shown(finding) == LINE.replace(": unknown", ": error unknown") + " | did you mean `industrial-use`?"
