"""`casebook new` at a terminal: proposals, lists, answers that are checked at once, and an end in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests.support import CASE, based, read, write

from casebook import scaffold, similar
from casebook.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.vocabulary import Vocabularies

TITLE = "A source in a lorry: Town, 2020"
SUMMARY = "Somebody lost a source and somebody else found it, and nobody knows what happened between the two."
SOURCE = "The report of the authority"
GOOD = [TITLE, "", SUMMARY, "radiological-sources", SOURCE, "", ""]
PATH = "cases/case-studies/source-lorry-town-2020.md"


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)


def ask(folder: Path, typed: list[str], *words: str) -> Result:
    """Run `casebook new case-study` with these lines typed."""
    text = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(main, ["-C", str(folder), "new", "case-study", *words], input=text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (TITLE, "source-lorry-town-2020"),
        ("An abandoned radiotherapy source: Goiânia, 1987", "abandoned-radiotherapy-source-1987"),
        ("The guard's key, 1998 to 2001", "guards-key-1998-2001"),
        ("東海村の事故", ""),
        ("2020", ""),
        ("x" * 80, ""),
    ],
)
def test_proposed_id(title: str, name: str) -> None:
    """An id is made of the telling words of a title and its last year, and is not long."""
    assert scaffold.proposed_id(title) == name


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("1", ["official-report"]),
        ("8", ["encyclopedia"]),
        ("9", []),
        ("0", []),
        ("9" * 5000, []),
        ("news", ["news"]),
        ("Court Record", ["court-record"]),
        ("journ", []),
        ("treaty", ["law-treaty"]),
        ("report", ["official-report", "institute-report", "news"]),
        ("", []),
    ],
)
def test_terms_meant(answer: str, meant: list[str], vocabularies: Vocabularies) -> None:
    """A term is named by its number, its id, its label, or a part of one."""
    assert [term.id for term in scaffold.terms_meant(answer, list(vocabularies["source-types"]))] == meant


def test_by_title() -> None:
    """Titles that share rare words come, those that share more first; a word that many have says nothing."""
    titles = {f"n{number}": f"Number {number}: source" for number in range(60)}
    titles |= {"lorry": "A lorry with a source", "both": "A lorry in Town"}
    assert similar.by_title("The source in the lorry at Town", titles) == ["both", "lorry"]
    assert similar.by_title("A source", titles) == []
    assert similar.by_title("Anything", {}) == []


def test_the_plain_way(tmp_path: Path) -> None:
    """Enter takes what is proposed; the file passes, and what is still to be filled in is named."""
    paths = write(tmp_path, {})
    result = ask(tmp_path, GOOD)
    assert result.exit_code == 0
    assert "[source-lorry-town-2020]" in result.stderr
    assert result.stdout.startswith(f"{PATH}: written. Next: fill it in, and run `casebook check {PATH}`.\n")
    assert "Before publication it still needs (" in result.stdout
    assert "  - the field `event` is missing\n" in result.stdout
    [entry] = read(paths).entries
    assert entry.data["id"] == "source-lorry-town-2020"
    assert entry.data["sources"] == [{"id": "s1", "title": SOURCE, "type": "official-report"}]


def test_answers_by_number_and_word(tmp_path: Path) -> None:
    """The main topics stand with number and label; the type of the source and its address come into the file."""
    paths = write(tmp_path, {})
    result = ask(tmp_path, [TITLE, "", SUMMARY, "1", SOURCE, "treaty", "https://example.org/report"])
    assert result.exit_code == 0
    assert "   1  " in result.stderr
    assert "Law or treaty (law-treaty)" in result.stderr
    [entry] = read(paths).entries
    assert entry.data["sources"][0]["type"] == "law-treaty"
    assert entry.data["sources"][0]["url"] == "https://example.org/report"


@pytest.mark.parametrize(
    ("place", "wrong", "words"),
    [
        (0, "Short", "`title` must have at least 8 characters and has 5"),
        (0, "A title with \u202e in it", "invisible character U+202E"),
        (1, "New Item", "`id` has the wrong form: `New Item`"),
        (1, "../../outside", "`id` has the wrong form"),
        (1, "lost-source-2001", "an item `lost-source-2001` exists already"),
        (2, "Too short.", "`summary` must have at least"),
        (2, f"{SUMMARY} The report is marked OFFICIAL USE ONLY.", "official use only"),
        (3, "radiologcal-sources", "not in the list; did you mean `radiological-sources`"),
        (3, "security", "several are meant: "),
        (3, "99", "not in the list"),
        (6, "javascript:alert(1)", "`url` has the wrong form"),
    ],
)
def test_a_wrong_answer_is_asked_again(place: int, wrong: str, words: str, tmp_path: Path) -> None:
    """What would not pass is said at once, in the words of the checker and the screen, and asked again."""
    write(tmp_path, based("case-study"))
    result = ask(tmp_path, [*GOOD[:place], wrong, *GOOD[place:]])
    assert result.exit_code == 0, result.output
    assert words.lower() in result.stderr.lower()
    assert (tmp_path / PATH).exists()


def test_what_is_already_here(tmp_path: Path) -> None:
    """After the title, items whose titles share rare words are named."""
    write(tmp_path, based("case-study"))
    result = ask(tmp_path, ["A lost gauge in a scrapyard, 2001"])
    assert "Already here; is yours one of them?" in result.stderr
    assert f"({CASE})" in result.stderr


@pytest.mark.parametrize("answered", [0, 3, 6])
def test_an_end_in_the_middle(answered: int, tmp_path: Path) -> None:
    """When the input ends before the last answer, nothing is left behind, and that is said."""
    write(tmp_path, {})
    result = ask(tmp_path, GOOD[:answered])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.endswith("casebook: ended before the last answer; nothing was written\n")
    assert list(tmp_path.glob("cases/*/*")) == []


def test_source_type_as_an_option(tmp_path: Path) -> None:
    """What is given with options is not asked for."""
    paths = write(tmp_path, {})
    options = ["--title", TITLE, "--summary", SUMMARY, "--topic", "radiological-sources", "--source", SOURCE]
    result = ask(tmp_path, [], "new-item", *options, "--source-type", "news")
    assert result.exit_code == 0
    assert "Title" not in result.stderr
    assert read(paths).entries[0].data["sources"][0]["type"] == "news"


def test_a_wrong_option_is_asked_for(tmp_path: Path) -> None:
    """On a terminal an id that cannot be is said before the other questions."""
    write(tmp_path, {})
    result = ask(tmp_path, GOOD, "New Item")
    assert result.exit_code == 0
    assert "`id` has the wrong form: `New Item`" in result.stderr
    assert (tmp_path / PATH).exists()
