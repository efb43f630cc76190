"""What an editor is told about an item while it is being written. In the texts `‸` is the cursor."""

from __future__ import annotations

import itertools
import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import CASE, PRACTICE, ROOT, base, real

from casebook import load, report
from casebook.editor.completion import completion
from casebook.editor.definition import definition
from casebook.editor.diagnostics import diagnostics
from casebook.editor.hover import hover
from casebook.editor.item import Known, OpenItem
from casebook.editor.outline import Outline
from casebook.editor.units import from_units, to_units
from casebook.finding import Finding, Location, Severity
from casebook.paths import repository
from casebook.registry import BEST_PRACTICE, CASE_STUDY, EXERCISE, LEARNING_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.editor.completion import Proposal
    from casebook.registry import Kind

SOURCES = "sources:\n- id: s1\n  title: A report\n  author: An authority\n- {id: s2, title: A second one}\n"
OWN = "factors:\n- factor: no-tracking\n- factor: theft-of\nlessons:\n- id: count-first\n  lesson: Count.\n"


@cache
def known() -> Known:
    """Return what is known in a repository of a case and a practice."""
    vocabularies, shapes = real()
    paths = repository(ROOT)
    saved = {CASE: (CASE_STUDY, "case-study"), PRACTICE: (BEST_PRACTICE, "best-practice")}
    documents = [load.parse(base(name).encode(), path, kind) for path, (kind, name) in saved.items()]
    return Known(paths, vocabularies, shapes, {document.stem: document for document in documents})


def opened(text: str, kind: Kind = CASE_STUDY) -> tuple[OpenItem, int, int]:
    """Return an item with the place of its cursor."""
    before = text.partition("‸")[0]
    item = OpenItem(f"cases/{kind.folder}/mine-2020.md", kind, text.replace("‸", ""), known())
    return item, before.count("\n"), len(before.rpartition("\n")[2])


def front(text: str) -> str:
    """Return an item with a front matter."""
    return f"---\n{text}\n---\n\n## What happened\n"


def put(text: str, proposal: Proposal, kind: Kind = CASE_STUDY) -> str:
    """Return the line of the cursor, and what follows, as it is when a proposal was taken."""
    item, number, _ = opened(text, kind)
    line = item.line(number)
    return line[: proposal.start] + proposal.text + line[proposal.end :]


FIRST = {
    # What is typed: what comes first, and the line then.
    "‸": ("title", "title: "),
    "ti‸": ("title", "title: "),
    "title: A\n‸\ntopics: [other]": ("summary", "summary: "),
    "tit‸le: A title": ("title", "title: A title"),
    "top‸\nevent: {": ("title", "title: "),
    "event:\n  ‸": ("start", "  start: "),
    "event:\n  start: '1987'\n  ‸\n  countries: [NO]": ("setting", "  setting: "),
    "event:\n  start: 'not closed\n  ‸": ("countries", "  countries: "),
    "event: {st‸": ("start", "event: {start: "),
    "event: {start: '1987', ‸}": ("countries", "event: {start: '1987', countries: }"),
    "event:\n  setting: ‸": ("nuclear-power-plant", "  setting: nuclear-power-plant"),
    "event:\n  setting:‸": ("nuclear-power-plant", "  setting: nuclear-power-plant"),
    "event:\n  setting: 'no‸": ("nuclear-power-plant", "  setting: nuclear-power-plant"),
    "event:\n  setting: hos‸  # where": ("nuclear-power-plant", "  setting: nuclear-power-plant  # where"),
    "topics: ‸": ("insider-threat", "topics: [insider-threat]"),
    "topics: [‸]": ("insider-threat", "topics: [insider-threat]"),
    "topics: [insider-threat, ‸": ("trustworthiness", "topics: [insider-threat, trustworthiness"),
    "topics: [\n  insider-threat,\n  ‸": ("trustworthiness", "  trustworthiness"),
    "topics: [ra‸\nstatus: draft": ("insider-threat", "topics: [insider-threat"),
    "topics:\n  ‸": ("insider-threat", "  - insider-threat"),
    "topics:\n- insider-threat\n- ‸": ("trustworthiness", "- trustworthiness"),
    "timeline:\n- ‸": ("date", "- date: "),
    "timeline:\n  - date: '1987'\n    ev‸": ("event", "    event: "),
    "timeline:\n- date: '1987'\n  event: It began: today\n- date: x\n  ‸": ("event", "  event: "),
    "status: [oops\nguidance: [‸]": ("nss-20", "guidance: [nss-20]"),
    "id: ‸": ("mine-2020", "id: mine-2020"),
    "language: no\nstatus: ‸": ("draft", "status: draft"),
    "lessons:\n- id: a\n  practices: [‸": ("keep-a-register", "  practices: [keep-a-register"),
    "related:\n- id: ‸": ("lost-source-2001", "- id: lost-source-2001"),
    "superseded_by: ‸": ("lost-source-2001", "superseded_by: lost-source-2001"),
    f"{SOURCES}timeline:\n- sources: [‸]": ("s1", "- sources: [s1]"),
    f"{SOURCES}timeline:\n- sources: [s1, ‸]": ("s2", "- sources: [s1, s2]"),
    f"timeline:\n- event: It [^‸\n{SOURCES}": ("s1", "- event: It [^s1]"),
    f"summary: >-\n  It [^s‸] began\n{SOURCES}": ("s1", "  It [^s1] began"),
    f"{OWN}  factors: [‸": ("no-tracking", "  factors: [no-tracking"),
    f"{OWN}teaching:\n  questions:\n  - question: Who?\n    lesson: ‸": ("count-first", "    lesson: count-first"),
    f"{OWN}teaching:\n  self_check:\n  - question: Who?\n    lesson: ‸": ("count-first", "    lesson: count-first"),
    "summary: >-\n  A text\n  ‸": None,
    "title: A text ‸": None,
    "# topics: [‸": None,
    "unknown:\n  ‸": None,
    "title:\n  - ‸": None,
    "\tevent:\n\t\t‸": None,
}


@pytest.mark.parametrize(("typed", "first"), FIRST.items(), ids=FIRST)
def test_completion_in_front_matter(typed: str, first: tuple[str, str] | None) -> None:
    """The first proposal, and the line when it was taken; nothing is proposed where nothing is known."""
    found = completion(*opened(front(typed)))
    # The text is the same while the front matter has no end yet, as in a new file.
    assert [one.text for one in found] == [one.text for one in completion(*opened(f"---\n{typed}"))]
    assert first == ((found[0].label, put(front(typed), found[0])) if found else None)


ROLES = "roles:\n- id: guard\n  title: Guard\n  brief: You watch the gate.\n- id: manager\n  title: Manager\n"
INJECTS = "injects:\n- id: a-call\n  title: A call\n- id: a-letter\n"
LESSONS = ["lost-source-2001#ask-before-moving", "lost-source-2001#compare-the-list", "lost-source-2001#watch-the-gate"]
CHOICES = {
    # What is typed in an exercise: all that may stand there, and the line when the last of it was taken.
    f"{INJECTS}  lessons: [‸": (["lost-source-2001#"], "  lessons: [lost-source-2001#"),
    f"{INJECTS}  lessons:\n  - lo‸": (["lost-source-2001#"], "  - lost-source-2001#"),
    f"{INJECTS}  lessons: [lost-source-2001#‸]": (LESSONS, f"  lessons: [{LESSONS[2]}]"),
    f"{INJECTS}  lessons: [{LESSONS[0]}, lost-source-2001#w‸]": (
        LESSONS[1:],
        f"  lessons: [{LESSONS[0]}, {LESSONS[2]}]",
    ),
    "evaluation:\n- lessons:\n  - lost-source-2001#‸": (LESSONS, f"  - {LESSONS[2]}"),
    "evaluation:\n- lessons: [keep-a-register#‸]": ([], ""),
    "evaluation:\n- practices: [‸]": (["keep-a-register"], "- practices: [keep-a-register]"),
    f"{ROLES}{INJECTS}  to: [guard, ‸]": (["manager"], "  to: [guard, manager]"),
    f"{INJECTS}  branches:\n  - inject: ‸": (["a-call", "a-letter"], "  - inject: a-letter"),
    "grown_from:\n- id: ‸": (["lost-source-2001"], "- id: lost-source-2001"),
}
CHOICES_OF_A_PATH = {
    "steps:\n- item: ‸": (["lost-source-2001", "keep-a-register"], "- item: keep-a-register"),
    "steps:\n- item: lost-source-2001\n  questions:\n  - lesson: ‸": (
        ["ask-before-moving", "compare-the-list", "watch-the-gate"],
        "  - lesson: watch-the-gate",
    ),
    "steps:\n- item: lost-source-2001\n- item: keep-a-register\n  questions:\n  - lesson: ‸": ([], ""),
}


@pytest.mark.parametrize(
    ("kind", "typed", "choices"),
    [(EXERCISE, *one) for one in CHOICES.items()] + [(LEARNING_PATH, *one) for one in CHOICES_OF_A_PATH.items()],
    ids=[*CHOICES, *CHOICES_OF_A_PATH],
)
def test_choices_in_exercises_and_paths(kind: Kind, typed: str, choices: tuple[list[str], str]) -> None:
    """What an exercise or a path can name: lessons of cases, its own roles and injects, and items of the right kind."""
    found = completion(*opened(front(typed), kind))
    assert [one.label for one in found] == choices[0]
    assert (put(front(typed), found[-1], kind) if found else "") == choices[1]


def test_fields_have_an_order_and_words() -> None:
    """What a draft needs comes first, then what is needed to publish; what is there already does not come again."""
    found = completion(*opened(front("title: A title\n‸")))
    assert [one.label for one in found[:3]] == ["summary", "topics", "sources"]
    assert found[3].label == "id"
    assert "title" not in [one.label for one in found]
    assert [one.label for one in found][-1] == "uncertain"
    assert (found[0].detail, found[0].about.split("\n\n")[2]) == ("Summary", "Needed now, also in a draft.")
    assert {one.label: one.text for one in found}["event"] == "event:\n  "
    assert {one.label: one.text for one in found}["sources"] == "sources:\n  - "


def test_terms_have_words() -> None:
    """A term comes with its label and definition."""
    (term,) = (one for one in completion(*opened(front("topics: [‸]"))) if one.label == "insider-threat")
    assert term.detail == "Insider threat"
    assert term.about.startswith("**Insider threat**\n\nPreventing, noticing")


def test_completion_in_the_body() -> None:
    """Sections that are not there yet after the signs of a heading, and the item's sources after `[^`."""
    text = f"---\n{SOURCES}---\n\n## What happened\n\nIt began.[^‸\n"
    assert [(one.label, one.detail) for one in completion(*opened(text))] == [
        ("s1", "A report"),
        ("s2", "A second one"),
    ]
    assert put(text, completion(*opened(text))[1]) == "It began.[^s2]"
    text = f"---\n{SOURCES}---\n\n## What happened\n\n## Wh‸\n"
    found = [one.label for one in completion(*opened(text))]
    assert found == ["Why it happened", "What changed", "What others can take from it"]
    assert put(text, completion(*opened(text))[0]) == "## Why it happened"
    assert completion(*opened(f"---\n{SOURCES}---\n\nIt began.‸\n")) == []


HOVERS = {
    "tit‸le: A": "**Title**\n\nWhat happened or what is done",
    "event:\n  st‸art: '1987'": "**Start**\n\nWhen it began",
    "topics: [insider-th‸reat]": "**Insider threat**\n\nPreventing",
    "event: {setting: hos‸pital}": "**Hospital",
    "related:\n- id: keep-a-‸register": "**Keep a register",
    f"{SOURCES}material:\n  sources: [s‸1]": "**A report**\n\nAn authority",
    f"{SOURCES}uncertain:\n- A text [^s‸2].": "**A second one**",
    f"{OWN}teaching:\n  questions:\n  - lesson: count-‸first": "Count.",
    "topics: [no-such-t‸erm]": "",
    "unk‸nown: x": "",
    "title: A ti‸tle": "",
    "related:\n- id: no-such-it‸em": "",
}


@pytest.mark.parametrize(("text", "words"), HOVERS.items(), ids=HOVERS)
def test_hover(text: str, words: str) -> None:
    """What is said about the word under the pointer; nothing about a word that means nothing."""
    found = hover(*opened(front(text)))
    assert found is not None if words else found is None
    assert found is None or found.text.startswith(words)


ABOUT = {
    f"{INJECTS}  lessons: [lost-source-2001#comp‸are-the-list]": (
        "Compare the list with the store once a year.",
        (CASE, 51, 9),
    ),
    "evaluation:\n- lessons: [lost-source-2001#no-such-lesson‸]": None,
    "evaluation:\n- lessons: [keep-a-register#compare-the-list‸]": None,
    f"{ROLES}{INJECTS}  to: [gu‸ard]": ("Guard\n\nYou watch the gate.", ("cases/exercises/mine-2020.md", 3, 7)),
    f"{INJECTS}  branches:\n  - inject: a-c‸all": ("A call", ("cases/exercises/mine-2020.md", 3, 7)),
    f"{INJECTS}  practices: [keep-a-‸register]": ("**Keep a register", (PRACTICE, 1, 1)),
    "grown_from:\n- id: lost-source-‸2001": ("**A lost source", (CASE, 1, 1)),
    "steps:\n- item: keep-a-‸register": ("**Keep a register", (PRACTICE, 1, 1)),
    "steps:\n- item: lost-source-2001\n  questions:\n  - lesson: watch-‸the-gate": ("A monitor", (CASE, 57, 9)),
}


@pytest.mark.parametrize(("text", "said"), ABOUT.items(), ids=ABOUT)
def test_words_and_places_in_exercises_and_paths(text: str, said: tuple[str, tuple[str, int, int]] | None) -> None:
    """The words of a lesson, a role or an inject under the pointer, and the place to which a jump leads."""
    item = opened(front(text), LEARNING_PATH if text.startswith("steps") else EXERCISE)
    words = hover(*item)
    assert words.text.startswith(said[0]) if words and said else (words, said) == (None, None)
    assert definition(*item) == (Location(*said[1]) if said else None)


def test_words_of_an_item_are_no_markup() -> None:
    """An editor draws what it is told; a title must not make it fetch a picture."""
    text = "sources:\n- id: s1\n  title: '![x](https://example.org/a.png) <b>'\n---\n\nText.[^s‸1]"
    found = hover(*opened(f"---\n{text}"))
    assert found
    assert found.text == r"**\!\[x\]\(https://example.org/a.png\) \<b\>**"


def test_when_a_field_is_needed() -> None:
    """Fields inside fields too: what is asked of a published item comes from the same schema as its check."""
    shape = real()[1]["case-study"]
    asked = {("title",): "always", ("keywords",): "to publish", ("related",): "", ("sources", 0, "title"): "always"}
    asked |= {("sources", 0, "reliability"): "to publish", ("teaching", "objectives"): "to publish"}
    assert {steps: shape.needed(*steps) for steps in asked} == asked


MINE = "cases/case-studies/mine-2020.md"
JUMPS = {
    "related:\n- id: keep-a-‸register": (PRACTICE, 1, 1),
    f"{SOURCES}material: {{sources: [s‸2]}}": (MINE, 6, 8),
    f"{SOURCES}uncertain:\n- A text [^s1‸].": (MINE, 3, 7),
    f"{SOURCES}---\n\nA text.[^s‸1]": (MINE, 3, 7),
    f"{OWN}  factors: [no-tr‸acking]": (MINE, 3, 11),
    "topics: [insider-‸threat]": ("schema/vocabularies/topics.yml", 4, 5),
    "---\n\n[the practice](../best-practices/keep-a-regi‸ster.md#how)": (PRACTICE, 1, 1),
    "---\n\n[elsewhere](../../../../etc/pass‸wd)": None,
    "---\n\n[a site](https://example.org/‸a.md)": None,
    "topics: [no-such-t‸erm]": None,
    "tit‸le: A": None,
}


@pytest.mark.parametrize(("text", "place"), JUMPS.items(), ids=JUMPS)
def test_definition(text: str, place: tuple[str, int, int] | None) -> None:
    """Where the thing stands that is named under the cursor."""
    assert definition(*opened(f"---\n{text}\n---\n")) == (Location(*place) if place else None)


def test_diagnostics_cover_the_word() -> None:
    """A finding covers the word at its place; one outside the text stands at its end."""
    text = "---\r\ntopics: [radio, other]\r\n"
    places = [(2, 10), (2, 9), (3, 1), (99, 99), (2, 99)]
    findings = [Finding(Location(MINE, *place), "code", "what", "remedy") for place in places]
    found = list(diagnostics(findings, text))
    assert [(one.line, one.start, one.end) for one in found] == [
        (1, 9, 14),
        (1, 8, 9),
        (2, 0, 0),
        (2, 0, 0),
        (1, 22, 22),
    ]
    assert found[0].message == "what\nremedy"


@pytest.mark.parametrize(("encoding", "columns"), [("utf-8", 8), ("utf-16", 4), ("utf-32", 2)])
def test_columns_of_the_protocol(encoding: str, columns: int) -> None:
    """An emoji and a character of CJK Extension B are four bytes, two units, one character."""
    line = "\U0001f600\U00020000x"
    assert to_units(line, 2, encoding) == columns
    assert [from_units(line, units, encoding) for units in (0, columns, columns + 1, 10**9)] == [0, 2, 3, 3]
    assert from_units(line, 1, encoding) == 1
    assert to_units("\ud800x", 1, encoding) > 0


def test_outline_reads_as_yaml_does() -> None:
    """In every item of the library each field stands where the strict reader sees it."""
    for path in itertools.islice(sorted((ROOT / "cases").rglob("*.md")), 0, None, 10):
        document = load.load(path, repository(ROOT))
        outline = Outline.of(document.written.split("\n"))
        keys = {mark.steps: (mark.line + 1, mark.start + 1) for mark in outline.marks if mark.what == "key"}
        assert keys == dict(_keys(document)), path
        for mark in outline.marks:
            if mark.what == "value" and mark.text:
                where = document.at(*mark.steps)
                assert (where.line, where.column) == (mark.line + 1, mark.start + 1), (path, mark)


def test_tasks_of_vs_code_read_the_report() -> None:
    """The pattern of the tasks sees each finding of the report for people, with its weight, and nothing else."""
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    assert all(task["problemMatcher"]["pattern"] == pattern for task in tasks)
    findings = [Finding(Location(MINE, 3, 5), "code-a", f"what: {one}", "remedy", one) for one in Severity]
    lines = report.report(findings, "text").split("\n")
    found = [match for line in lines if (match := re.search(pattern["regexp"], line))]
    parts = ("file", "line", "column", "code", "severity", "message")
    seen = [tuple(match[pattern[part]] for part in parts) for match in found]
    weights = [(None, "error"), ("warning", "warning"), ("note", "note")]
    assert seen == [(MINE, "3", "5", "code-a", weight, f"what: {word}") for weight, word in weights]


def _keys(document: load.Document) -> Iterable[tuple[tuple[str | int, ...], tuple[int, int]]]:
    def below(value: object, steps: tuple[str | int, ...]) -> Iterable[tuple[tuple[str | int, ...], tuple[int, int]]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                where = document.at_key(*steps, key)
                yield (*steps, key), (where.line, where.column)
                yield from below(inner, (*steps, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from below(inner, (*steps, index))

    return below(document.data, ())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["- ", "  ", "\n", "event", ":", " ", "[", "]", "{", "}", ",", "'", '"', "[^", "s1", "## ", "#", "|"]
        )
        | st.text(max_size=3)
    ).map("".join),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_any_text_is_borne(text: str, line: int, column: int) -> None:
    """Whatever is typed, wherever the cursor stands, there is an answer."""
    for whole in (text, f"---\n{text}"):
        item, _, _ = opened(whole)
        for one in completion(item, line, column):
            assert 0 <= one.start <= one.end <= len(item.line(line)) or not item.line(line)
        hover(item, line, column)
        definition(item, line, column)
