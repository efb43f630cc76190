"""The checker in the browser says the same as `casebook check`: over the data of all rules, and over the real library.

One run of Node.js answers all questions of a test.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support import BASES, DATA, ROOT, base, based, data_case, real, real_corpus, real_screen

from casebook import build, form
from casebook.finding import CasebookError, near
from casebook.load import IMAGES, parse
from casebook.registry import KIND_BY_FOLDER, KINDS, Kind
from casebook.rules import RULES
from casebook.rules._subject import strings
from casebook.shape import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.load import Document

# The folder `vocabulary` is about the files of the vocabularies; `corrections` and `changed` are no data of rules.
FILES = sorted(
    path for path in DATA.glob("*/*.yml") if path.parent.name not in ("vocabulary", "corrections", "changed")
)
SCREEN = real_screen()
UNCHANGED = {(path, base(name).encode()) for name, path in BASES.items()}
# Data of which one text in a browser cannot know everything, and why.
EXCEPTIONS = {
    "not-utf8/in-the-body": "bytes that are no text cannot be typed",
    "not-utf8/latin-1": "bytes that are no text cannot be typed",
    "several-faults/unreadable-file": "bytes that are no text cannot be typed",
    "yaml-syntax/vocabulary": "it is about a file of the vocabularies, and has no item",
    "file-name/with-line-end": "the report names the file otherwise than it is named",
    "file-place/link-to-nothing": "a link in the file system is no text",
    "file-place/link-to-outside": "a link in the file system is no text",
    "file-place/folder-with-ending": "a folder is no text",
    "image-file/other-type": "the form does not hold the files beside an item, and misses the picture",
}


@dataclass(frozen=True)
class _Lesson:
    id: str
    aliases: tuple[str, ...] = ()
    lesson: str = ""


@dataclass(frozen=True)
class _Listed:
    """An item of a small repository, valid or not, as the form would know it."""

    id: str
    kind: Kind
    status: str
    title: str
    path: str
    images: tuple[str, ...]
    lessons: tuple[_Lesson, ...] = field(default=())
    aliases: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, document: Document) -> _Listed:
        lessons = document.data.get("lessons")
        entries = [one for one in lessons if isinstance(one, dict)] if isinstance(lessons, list) else []
        names = tuple(
            _Lesson(str(one.get("id")), tuple(name for _, name in strings(one.get("aliases")))) for one in entries
        )
        title = str(document.data.get("title", ""))
        aliases = tuple(name for _, name in strings(document.data.get("aliases")))
        words = (document.status, title, document.path, document.images)
        return cls(document.stem, document.kind, *words, names, aliases)


@cache
def known() -> dict[str, Any]:
    """Return the facts of this repository, without items."""
    return form.facts(real()[1], SCREEN, ())


def item_of(document: Document) -> dict[str, Any]:
    """Return what the form would know of an item."""
    found: dict[str, Any] = form.facts({}, (), [_Listed.of(document)])["items"][0]
    return found


def answers(calls: Sequence[dict[str, Any]], items: Sequence[dict[str, Any]] = ()) -> list[Any]:
    """Return what the browser code answers to some calls; `tests/form/run.js` names them."""
    beside = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [str(beside) if beside.exists() else "node", str(ROOT / "tests" / "form" / "run.js")],
        input=json.dumps({"facts": {**known(), "items": list(items)}, "calls": list(calls)}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


@cache
def codes() -> dict[str, Any]:
    """Return the codes that the browser knows, and those that it leaves to the check after sending."""
    found: dict[str, Any] = answers([{"call": "codes"}])[0]
    return found


def of_browser(findings: Sequence[dict[str, Any]]) -> list[str]:
    """Return the findings of the browser that the command line must say too, as the data files write them."""
    return [
        f"{one['line']}:{one['column']}: {one['severity']} {one['code']} {one['message']}"
        + (f" | {one['hint']}" if one["hint"] else "")
        for one in findings
        if one["code"] in codes()["CODES"]
    ]


def name(path: Path) -> str:
    """Return the name of a data file: rule and case."""
    return f"{path.parent.name}/{path.stem}"


@dataclass(frozen=True)
class Question:
    """An item of a data file: its text, the items around it, and what the command line says of it."""

    about: str
    path: str
    text: str
    items: list[dict[str, Any]]
    findings: list[str]


@cache
def document_of(path: str, content: bytes, images: tuple[str, ...]) -> Document | None:
    """Return an item of a data file, or nothing where no item can lie."""
    kind = KIND_BY_FOLDER.get(path.split("/")[1]) if path.count("/") == 2 else None
    return replace(parse(content, path, kind), images=images) if kind else None


def questions(path: Path) -> Iterator[Question]:
    """Yield the items of a data file that it changes, or all of them where it changes none.

    What the command line says of them stands in the file; `test_rules` proves it. An item that names another one that
    cannot be read is left out: the items that the form knows are public, and can be read.
    """
    case = data_case(path)
    given = {**(based(case.base, case.replace) if case.base else {}), **case.files}
    files = {one: content if isinstance(content, bytes) else content.encode() for one, content in given.items()}
    pictures = [one for one in files if one.endswith(IMAGES)]
    texts = {one: content for one, content in sorted(files.items()) if one.endswith((".md", ".markdown"))}
    found = {one: document_of(one, texts[one], _beside(one, pictures)) for one in texts}
    documents = [one for one in found.values() if one]
    unread = {one.stem for one in documents if one.tree is None}
    wanted = [one for one in texts if any(one.startswith(only) for only in case.only or [""])]
    for item in [one for one in wanted if (one, texts[one]) not in UNCHANGED] or wanted:
        written = texts[item].decode("utf-8")
        if not (unread - {Path(item).stem}) & set(re.findall(r"[a-z0-9-]+", written)):
            said = [one.removeprefix(f"{item}:") for one in case.findings if one.startswith(f"{item}:")]
            own = [one for one in said if one.split(" ")[2] in codes()["CODES"]]
            yield Question(name(path), item, written, [item_of(one) for one in documents], own)


def _beside(item: str, pictures: list[str]) -> tuple[str, ...]:
    """Return the names of the pictures in the folder of an item."""
    return tuple(one.rpartition("/")[2] for one in pictures if one.rpartition("/")[0] == item.removesuffix(".md"))


def test_the_same_findings_over_the_data_of_all_rules() -> None:
    """For each item of each data file the browser says what the command line says, in the same order."""
    asked = [one for path in FILES if name(path) not in EXCEPTIONS for one in questions(path)]
    given = answers([{"call": "check", "text": one.text, "path": one.path, "items": one.items} for one in asked])
    differences = {
        f"{one.about} {one.path}": {"command line": one.findings, "browser": of_browser(said)}
        for one, said in zip(asked, given, strict=True)
        if one.findings != of_browser(said)
    }
    assert differences == {}
    assert {one.about for one in asked} == {name(path) for path in FILES} - set(EXCEPTIONS)
    assert {finding.split(" ")[2] for one in asked for finding in one.findings} == set(codes()["CODES"])


def test_codes_and_what_is_only_said_after_sending() -> None:
    """Each rule is either known in the browser, or named with the reason why not; so are the data left out."""
    assert {*codes()["CODES"], *codes()["ONLY_ON_SEND"]} == {rule.code for rule in RULES}
    assert not {*codes()["CODES"]} & {*codes()["ONLY_ON_SEND"]}
    assert set(EXCEPTIONS) <= {name(path) for path in FILES}


def test_the_real_library_and_its_way_through_the_form() -> None:
    """Over the real library nothing differs; each item that was read and written has the same fields and body."""
    corpus = real_corpus()
    listed = [item_of(entry.document) for entry in corpus.entries]
    assert build.check(corpus) == []
    assert {entry.document.kind for entry in corpus.entries} == {*KINDS}
    calls: list[dict[str, Any]] = []
    for entry in corpus.entries:
        text = (ROOT / entry.document.path).read_text(encoding="utf-8")
        calls.append({"call": "check", "text": text, "path": entry.document.path})
        calls.append({"call": "again", "text": text, "kind": entry.document.kind.name})
    given = answers(calls, listed)
    for entry, said, again in zip(corpus.entries, given[::2], given[1::2], strict=True):
        document = entry.document
        assert of_browser(said) == []
        assert again["first"] == again["second"]
        written = parse(again["written"].encode("utf-8"), document.path, document.kind)
        assert written.data == document.data, document.path
        assert written.body == document.body, document.path
        assert list(written.data) == [
            key for key in real()[1][document.kind.name].schema["properties"] if key in written.data
        ]


def test_the_likeness_of_words_is_the_same() -> None:
    """The browser likens words as the command line does, in the same order."""
    chance = random.Random(5)  # noqa: S311  # words for a test
    words = ["".join(chance.choices("abcäß-日𝄞", k=chance.randrange(9))) for _ in range(60)]
    terms = [*real()[0]["topics"].terms]
    calls = [{"call": "near", "word": word, "candidates": words} for word in words]
    calls += [{"call": "near", "word": term[1:].upper(), "candidates": terms} for term in terms]
    wanted = [near(call["word"], call["candidates"]) for call in calls]  # type: ignore[arg-type]
    assert answers(calls) == wanted
    assert sum(len(one) for one in wanted) > len(calls)


ODD = [
    *("NO", "yes", "~", "null", "1.10", "0x1F", "12:30", "2001-03-05", "=", "<<", "- a", "a: b", "a #b", "#b", "'"),
    *("*a", "&a", "!a", "%", "@", "`", "{", "[", "|", ">", "? a", " a", "a ", "a\nb", "a\n\nb\n", "\na", "a\n  b"),
    *('"', "\t", "", "---", "...", "a\n---\nb", "日本語: は", "word " * 60 + "end", "x" * 300, "a\\b", "a\u00a0b"),
    "word  two " * 20 + "end",
]


def test_any_text_of_the_form_comes_back() -> None:
    """What the form writes is read back as the same in the browser and by the command line, whatever was typed."""
    fields: dict[str, Any] = {
        "own": {text or "empty": text for text in ODD} | {"deep": [{"a": ["x y", None], "b": []}]},
        "keywords": [text for text in ODD if text],
        "version": 3,
        "title": "A title",
        "withdrawn_reason": None,
    }
    item = {
        "data": fields,
        "before": "Before.",
        "sections": [{"heading": "What happened", "text": "```\n## no\n```\n\nEnd."}],
    }
    [again] = answers([{"call": "again", "kind": "case-study", "item": item}])
    document = parse(again["written"].encode("utf-8"), "cases/case-studies/x.md", KINDS[0])
    assert not document.findings
    assert yaml.safe_load(again["written"].split("\n---\n")[0]) == fields
    assert again["second"] == {**item, "findings": []}
    assert document.data == {**fields, "version": "3"}
    assert list(document.data) == ["title", "keywords", "withdrawn_reason", "version", "own"]
    assert document.body == "\nBefore.\n\n## What happened\n\n```\n## no\n```\n\nEnd.\n"


def test_a_finding_says_which_field_or_section_it_is_about() -> None:
    """The form shows a finding at its field, or at its section."""
    text = base("case-study").replace("setting: industrial-use", "setting: industry")
    text = text.replace("## What changed\n", "## What changed\n\nIt is 대외비.[^s9]\n", 1)
    text = text.replace("place: Sampletown", "place: a 대외비 town").replace("title: ", "titel: ", 1)
    [found] = answers([{"call": "check", "text": text, "path": BASES["case-study"], "items": []}])
    places = {(one["code"], tuple(one["steps"]), one["section"]) for one in found}
    assert places >= {
        ("unknown-term", ("event", "setting"), ""),
        ("sensitive", ("event", "place"), ""),
        ("unknown-field", ("titel",), ""),
        ("missing-field", ("title",), ""),
        ("sensitive", (), "What changed"),
        ("unknown-source", (), "What changed"),
    }


def test_a_schema_that_the_browser_cannot_check_stops_the_tool() -> None:
    """A keyword that the browser does not know would let pass what is wrong."""
    assert set(codes()["KEYWORDS"]) == form.KNOWN_KEYWORDS
    shapes = real()[1]
    shape = shapes["case-study"]
    schema = {**shape.schema, "properties": {"id": {"type": "string", "not": {"const": "x"}}}}
    with pytest.raises(CasebookError, match="uses `not`"):
        form.facts({"case-study": Shape(shape.kind, schema, shape.validator, shape.quick)}, SCREEN, ())


# --- what else the form computes


def test_ids_from_titles() -> None:
    """An id has the words of a title that tell something, without accents, and is not too long for an address."""
    titles = {
        "A radiotherapy source left behind: Goiânia, 1987": "radiotherapy-source-left-behind-goiania-1987",
        "  The ": "",
        "福島": "",
        "Łódź & Đà Nẵng": "lodz-da-nang",
        "word " * 40: "-".join(["word"] * 12),
    }
    assert answers([{"call": "slug", "given": [title]} for title in titles]) == list(titles.values())


def test_terms_are_found_by_parts_of_words() -> None:
    """Every word must be in the id, the label or the definition; what begins so comes first."""
    terms = [
        {"id": "lost", "label": "Source lost", "definition": "Nobody knows where it is."},
        {"id": "sources", "label": "Lost sources", "definition": ""},
        {"id": "theft", "label": "Theft", "definition": "A source is taken."},
    ]
    questions = {"lost": ["sources", "lost"], "SOURCE taken": ["theft"], "": ["lost", "sources", "theft"], "xyz": []}
    asked = [{"call": "matching", "terms": terms, "question": one} for one in questions]
    assert answers(asked) == list(questions.values())


def test_the_address_of_a_new_file_has_a_limit() -> None:
    """Only an address that GitHub takes is offered: with a repository of GitHub, and at most 8,000 bytes."""
    place = ["https://github.com/example/casebook/", "trunk", "cases/case-studies/a-b.md"]
    given = [
        [*place, "a b&c\nä"],
        [*place, "福" * 900],
        [*place, "x" * 8_000],
        ["https://gitlab.com/a/b", *place[1:], "x"],
    ]
    short, *refused = answers([{"call": "newFileAddress", "given": one} for one in given])
    assert short == (
        "https://github.com/example/casebook/new/trunk?filename=cases%2Fcase-studies%2Fa-b.md&value=a+b%26c%0A%C3%A4"
    )
    assert refused == ["", "", ""]


def test_a_mail_holds_the_text_or_names_the_file() -> None:
    """A short text stands in the mail; for a long one the mail names the file, because mail programs cut addresses."""
    short, long = answers([{"call": "mailAddress", "given": ["a.md", text]} for text in ("a\nb & c", "x" * 3_000)])
    assert short == "mailto:?subject=Casebook%3A%20a.md&body=a%0D%0Ab%20%26%20c"
    assert "the%20file%20a.md%20that%20is%20attached" in long
    assert len(long) < 2_000
