"""Word as a way to contribute: the template of a kind, and the way back from a filled one."""

from __future__ import annotations

import copy
import io
import re
import socket
import time
import tracemalloc
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests import support, word

from casebook import build, load
from casebook.cli import main
from casebook.registry import KINDS, Kind
from casebook.word.filled import Filled, filled
from casebook.word.form import ANSWER, LATER, NOW, OF_EDITORS, SECTION, Form, form_of
from casebook.word.template import SAFETY, template

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies

# Enough for a draft.
DRAFT: dict[str, Any] = {
    "title": "A lost source: Town, 2001",
    "summary": "A company moved and left a gauge behind, and it was found two weeks later at a metal works.",
    "topics": ["radiological-sources"],
    "sources": [
        {"title": "The lost gauge of the town", "type": "official-report", "language": "en", "reliability": "A"},
        {"title": "Gauge found in scrap", "type": "news", "language": "en", "reliability": "B"},
    ],
}
by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def forms(shapes: Shapes, vocabularies: Vocabularies) -> dict[str, Form]:
    """Return what is asked for each kind."""
    return {name: form_of(shape, vocabularies) for name, shape in shapes.items()}


def imported(folder: Path, document: WordDocument, *words: str) -> Result:
    """Run `casebook import` on a document."""
    file = folder / "filled.docx"
    file.write_bytes(word.saved(document))
    return CliRunner().invoke(main, ["-C", str(folder), "import", str(file), *words])


def unwrapped(body: str) -> str:
    """Return Markdown with each paragraph on one line."""
    parts = (part if part.startswith("1. ") else " ".join(part.split()) for part in body.strip().split("\n\n"))
    return "\n\n".join(parts)


# --- the template


@by_kind
def test_the_template_asks_for_every_field(kind: Kind, shapes: Shapes, forms: dict[str, Form]) -> None:
    """Each field of the schema has a heading, each field inside it a row, and each section a heading."""
    document = Document(io.BytesIO(template(forms[kind.name])))
    headings = [one.text for one in document.paragraphs if one.style and (one.style.name or "").startswith("Heading ")]
    assert {one.name for one in forms[kind.name].fields} == set(shapes[kind.name].schema["properties"]) - OF_EDITORS
    assert [one for one, _ in forms[kind.name].targets()] == headings[3 : -1 - len(kind.sections)]
    assert headings[-len(kind.sections) :] == [f"{SECTION}{section.heading}" for section in kind.sections]
    left = "\n".join(row.cells[0].text for table in document.tables for row in table.rows)
    for one in forms[kind.name].fields:
        assert all(inner.title in left and inner.description in left for inner in one.fields if not inner.fields)


@by_kind
def test_the_template_has_no_answers(kind: Kind, forms: dict[str, Form]) -> None:
    """The right column is empty but for its header, and safety comes first."""
    document = Document(io.BytesIO(template(forms[kind.name])))
    assert {row.cells[1].text for table in document.tables for row in table.rows} == {ANSWER, ""}
    assert [one.text for one in document.paragraphs[2:5]] == SAFETY


def test_the_template_is_accessible(forms: dict[str, Form]) -> None:
    """It has a title and a language, and each table has a caption and a header row."""
    document = Document(io.BytesIO(template(forms["case-study"])))
    assert document.core_properties.title == "Case study: a template of the Nuclear Security Casebook"
    assert document.core_properties.language == "en-GB"
    assert document.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["en-GB"]
    for table in document.tables:
        assert table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")
        assert table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val")


def test_the_template_says_what_is_needed_when(forms: dict[str, Form]) -> None:
    """Needed now is what a draft needs; needed later is what publishing asks for."""
    case = {one.name: one for one in forms["case-study"].fields}
    assert [name for name, one in case.items() if one.need == NOW] == ["title", "summary", "topics", "sources"]
    assert (case["event"].need, case["material"].need, case["id"].need) == (LATER, "", "")
    assert {one.name: one.need for one in case["sources"].fields}["reliability"] == LATER
    assert case["language"].title == "Language"


def test_the_template_names_choices(forms: dict[str, Form]) -> None:
    """A short vocabulary is listed in its row; of a long one the row says where it is listed."""
    event = {one.name: one for one in {one.name: one for one in forms["case-study"].fields}["event"].fields}
    assert "Hospital" in event["setting"].choices
    assert event["countries"].choices.endswith("Write the name in English, or its code.")
    topics = next(one for one in forms["case-study"].fields if one.name == "topics")
    assert topics.choices.endswith("They are listed on the page 'Topics' of the site.")


def test_the_template_is_the_same_each_time(forms: dict[str, Form], monkeypatch: pytest.MonkeyPatch) -> None:
    """No time of making stands in it, not even that of the zip."""
    first = template(forms["case-study"])
    late = time.localtime(2_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: late)
    assert template(forms["case-study"]) == first
    assert {part.date_time[0] for part in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {2026}


# --- a filled template


def on_lines(value: Any) -> Any:
    """Return a value with each paragraph of its texts on one line, as Word has them."""
    if isinstance(value, dict):
        return {key: on_lines(part) for key, part in value.items()}
    if isinstance(value, list):
        return [on_lines(one) for one in value]
    return "\n\n".join(" ".join(one.split()) for one in value.split("\n\n")) if isinstance(value, str) else value


@by_kind
def test_a_filled_template_is_an_item(kind: Kind, tmp_path: Path) -> None:
    """What was typed into the rows is the item from which it was typed, and passes the check."""
    given = word.item(kind.name)
    paths = support.write(tmp_path, support.based(kind.name))
    (tmp_path / support.BASES[kind.name]).unlink()
    document = word.filled_in(kind.name, given.data, given.document.body)
    result = imported(tmp_path, document)
    assert result.exit_code == 0, result.stderr
    made = load.load(tmp_path / support.BASES[kind.name], paths)
    _, shapes = support.real()
    written = build.Entry.of(made, shapes).data
    editors = {"version", "history", "reviews"}
    asked = {key: on_lines(value) for key, value in given.data.items() if key not in editors}
    assert written == {**asked, "status": "draft"}
    assert [finding.message for finding in build.check(support.read(paths)) if finding.location.path == made.path] == [
        "before publication: the field `history` is missing",
        "before publication: the field `version` is missing",
    ]
    # Links between items have to be typed in Markdown: in Word they were plain text.
    assert made.body.strip() == re.sub(r"\[([^\]^]+)\]\([^)]*\)", r"\1", unwrapped(given.document.body))


def test_a_partly_filled_template_says_what_is_wrong_where(tmp_path: Path) -> None:
    """A finding has the code and words of the check, and names heading, block and row in the Word file."""
    paths = support.write(tmp_path, {})
    given = {
        "title": "A lost source: Sampletown, 2001",
        "summary": "A company moved and left a gauge behind, and it was found two weeks later at a metal works.",
        "topics": ["radiological-sources"],
        "event": {"start": "March 2001", "setting": "industrial-use", "outcome": "loss", "countries": ["NO"]},
        "factors": [{"factor": "no-tracking"}, {"factor": "bad luck", "basis": "stated", "sources": ["s9"]}],
        "sources": [{"title": "The lost gauge of Sampletown", "type": "official-report", "year": "last year"}],
    }
    document = word.filled_in("case-study", given, "## What happened\n\nIt was lost.[^s8]\n")
    result = imported(tmp_path, document)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    weighty = [pair for pair in pairwise(lines) if pair[0].startswith("cases/") and " note: " not in pair[0]]
    found = [(line.partition(" ")[2].partition(" ")[0], hint.strip().partition(". ")[0]) for line, hint in weighty]
    assert found == [
        ("wrong-form", "in Word: 'Event', row 'Start'"),
        ("missing-field", "in Word: 'Contributing factors', block 1, row 'Factor'"),
        ("unknown-term", "in Word: 'Contributing factors', block 2, row 'Factor'"),
        ("unknown-source", "in Word: 'Contributing factors', block 2, row 'Sources'"),
        ("wrong-type", "in Word: 'Sources', block 1, row 'Year'"),
        ("unknown-source", "in Word: 'Text: What happened'"),
    ]
    assert paths.relative(next(tmp_path.rglob("*.md"))) == "cases/case-studies/a-lost-source-sampletown-2001.md"


def test_an_empty_template_has_no_answers(tmp_path: Path) -> None:
    """Nothing of what the template explains is taken for an answer, and nothing is written."""
    support.write(tmp_path, {})
    _, shapes = support.real()
    for kind in KINDS:
        result = imported(tmp_path, word.filled_in(kind.name, {}))
        assert result.exit_code == 1
        missing = re.findall(r"missing-field (.*)", result.stderr)
        assert len(missing) == (4 if shapes[kind.name].needs_sources else 3)
        assert "word-left-out" not in result.stderr
        assert result.stderr.endswith("Nothing was written: the item has no title.\n")
    assert not list(tmp_path.rglob("*.md"))


def test_sensitive_content_is_not_written(tmp_path: Path) -> None:
    """The screen looks before anything is written."""
    support.write(tmp_path, {})
    result = imported(tmp_path, word.filled_in("case-study", {**DRAFT, "uncertain": ["RESTRICTED: the plan."]}))
    assert result.exit_code == 1
    assert re.search(r": sensitive .*'RESTRICTED'", result.stderr)
    assert "in Word: 'What is uncertain'" in result.stderr
    assert result.stderr.endswith("Nothing was written: look at what the screen found first.\n")
    assert not list(tmp_path.rglob("*.md"))


def test_a_draft_that_could_not_be_checked_is_not_written(tmp_path: Path) -> None:
    """An item larger than a file may be is refused before it is checked."""
    support.write(tmp_path, {})
    result = imported(tmp_path, word.filled_in("case-study", DRAFT, "## What happened\n\n" + "*" * 300_000))
    assert result.exit_code == 1
    assert " file-too-large the item would be larger than 400,000 bytes\n" in result.stderr
    assert not list(tmp_path.rglob("*.md"))


@pytest.mark.parametrize("name", ["../../outside", "A Lost Source", "/outside", "x" * 61])
def test_an_id_is_no_path(name: str, tmp_path: Path) -> None:
    """An id that is none ends the import before anything is written."""
    support.write(tmp_path, {})
    result = imported(tmp_path, word.filled_in("case-study", {**DRAFT, "id": name}))
    assert result.exit_code == 2
    assert "cannot be an id" in result.stderr
    assert not list(tmp_path.rglob("*.md"))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there stays as it is, and so does its folder."""
    support.write(tmp_path, {})
    document = word.filled_in("case-study", DRAFT)
    assert imported(tmp_path, document).exit_code == 0
    made = next(tmp_path.rglob("*.md"))
    made.write_text("mine", encoding="utf-8")
    assert imported(tmp_path, document).exit_code == 2
    assert imported(tmp_path, document, "--output", str(made)).exit_code == 2
    assert made.read_text(encoding="utf-8") == "mine"
    assert list(made.parent.iterdir()) == [made]
    shown = imported(tmp_path, document, "--output", "-")
    assert (shown.exit_code, shown.stdout.splitlines()[:2]) == (0, ["---", "id: a-lost-source-town-2001"])


def read(document: WordDocument) -> Filled:
    """Return what is read from a document."""
    result = filled(word.saved(document), "a.docx", {kind.name: word.form(kind.name) for kind in KINDS})
    assert isinstance(result, Filled), result
    return result


def left_out(result: Filled) -> list[str]:
    """Return what was left out, in words."""
    assert {finding.code for finding in result.findings} <= {"word-left-out"}
    return [finding.message for finding in result.findings]


def test_blocks_are_copied_and_labels_changed_by_programs() -> None:
    """Touching tables, smart quotes, odd spaces, content controls, and answers in other words are all read."""
    lesson = {"lesson": "Ask where each source goes before a company moves.", "sources": ["s1"]}
    document = word.filled_in("case-study", {**DRAFT, "lessons": [lesson] * 3, "event": {"countries": ["NO", "JP"]}})
    tables = word.tables(document)
    last = tables["Lessons"][-1]._tbl
    # Word joins a table with the one that is pasted right below it.
    for row in copy.deepcopy(last).tr_lst:
        last.append(row)
    word.rows(tables["Lessons"][0])["sources"].text = "Source 1 and [S2]"
    word.rows(tables["Event"][0])["countries"].text = "norway\nJapan (JP)"
    cell = tables["Topics"][0]._tbl.tr_lst[1].tc_lst[0]
    cell.p_lst[0].r_lst[0].text = "\u00a0TOPICS\u200b: "
    answer = tables["Summary"][0]._tbl.tr_lst[1].tc_lst[1]
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    control[0].append(answer.p_lst[0])
    answer.append(control)
    result = read(document)
    assert [one["id"] for one in result.values["lessons"]] == [
        "ask-where-each-source-goes-before",
        *(f"ask-where-each-source-goes-before-{number}" for number in (2, 3, 4)),
    ]
    assert result.values["lessons"][0]["sources"] == ["s1", "s2"]
    assert result.values["event"]["countries"] == ["NO", "JP"]
    assert (result.values["topics"], result.values["summary"]) == (DRAFT["topics"], DRAFT["summary"])
    assert left_out(result) == []


def test_what_has_no_place_is_reported() -> None:
    """Unknown rows, words outside the tables, words on the left, and second answers are named with their place."""
    document = word.filled_in("case-study", DRAFT)
    tables = word.tables(document)
    rows = tables["Event"][0]._tbl.tr_lst
    rows[1].tc_lst[0].p_lst[0].r_lst[0].text = "Begin"
    rows[1].tc_lst[1].p_lst[0].add_r().text = "2001"
    rows[2].tc_lst[0].add_p().add_r().text = "in spring"
    title = tables["Title"][0]._tbl
    title.append(copy.deepcopy(title.tr_lst[1]))
    next(one for one in document.paragraphs if one.text == "Timeline").insert_paragraph_before("More later.")
    first, second = word.form("case-study").fields[6].fields[0].help
    assert left_out(read(document)) == [
        f"'Title': a second answer stands in the file: '{DRAFT['title']}'",
        f"'Event': the template does not know the row 'Begin | {first} | {second} | 2001'",
        "'Event', row 'End': 'in spring' stands in the left column",
        "below the heading 'Topics': the words 'More later.' stand outside the tables",
    ]


def test_the_text_becomes_markdown() -> None:
    """Lists, bold, italic, links, headings and citations are kept; the rest is escaped, or named as left out."""
    document = word.filled_in("case-study", DRAFT, "## What happened\n\nFirst.\n\n1. One.[^s1] 2. Two.\n")
    after = next(one for one in document.paragraphs if one.text == "Text: Why it happened")
    after.insert_paragraph_before("What came before", style="Heading 2")
    mixed = after.insert_paragraph_before("Some ")
    mixed.add_run("bold").bold = True
    mixed.add_run(" and ")
    mixed.add_run("italic").italic = True
    mixed.add_run(" words, 10")
    mixed.add_run("5").font.superscript = True
    mixed.add_run(" of them.")
    mixed.add_run("s1").font.superscript = True
    after.insert_paragraph_before("# <b>2 * 3</b> [x] snake_case R&D [s1, s2]")
    note = after.insert_paragraph_before("A note")
    note.add_run()._r.append(word.note_mark())
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    after._p.addprevious(table._tbl)
    result = read(document)
    assert result.body == (
        "## What happened\n\nFirst.\n\n1. One.[^s1]\n2. Two.\n\n### What came before\n\n"
        "Some **bold** and *italic* words, 10⁵ of them.[^s1]\n\n"
        "\\# \\<b>2 \\* 3\\</b> \\[x\\] snake_case R&D [^s1][^s2]\n\nA note"
    )
    assert left_out(result) == [
        "'Text: What happened': a footnote: ''",
        "'Text: What happened': a table: 'left | right'",
    ]


# --- hostile files


def _zip(parts: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{}"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EMPTY = f"<w:document {_W}><w:body/></w:document>"
_LETTERS = f"<w:body><w:p><w:r><w:t>{'word ' * 200_000}</w:t></w:r></w:p></w:body>"
_BOMB = f'<!DOCTYPE x [<!ENTITY a "{"x" * 99}"><!ENTITY b "{"&a;" * 99}">]>' + _EMPTY.replace(
    "<w:body/>", "<w:body>&b;</w:body>"
)


def _docx(text: bytes | str, **more: bytes) -> bytes:
    return _zip({"_rels/.rels": _RELS.format("word/document.xml"), "word/document.xml": text, **more})


HOSTILE = {
    "not a zip": (b"PK\x03\x04 and so on", "not a whole Word document"),
    "an empty file": (b"", "not a whole Word document"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "old `.doc`"),
    "a cut document": (_docx(_EMPTY)[:-40], "not a whole Word document"),
    "another zip": (_zip({"a.txt": "a"}), "which of its parts is the text"),
    "a missing part": (_zip({"_rels/.rels": _RELS.format("word/document.xml")}), "is not in the file"),
    "a path out of the file": (_zip({"_rels/.rels": _RELS.format("../../../etc/passwd")}), "is not in the file"),
    "another root": (_docx("<x/>"), "holds no text of Word"),
    "damaged": (_docx("<w:document"), "is damaged"),
    "an entity bomb": (_docx(_BOMB), "declares a document type"),
    "an entity bomb in UTF-16": (_docx(_BOMB.encode("utf-16")), "declares a document type"),
    "an entity that is a file": (
        _docx('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + _EMPTY),
        "declares a document type",
    ),
    "macros": (_docx(_EMPTY, **{"word/vbaProject.bin": b"x"}), "holds macros"),
    "a zip bomb": (_docx(b"<x>" + b" " * 50_000_000), "is empty or larger than 4,000,000 bytes"),
    "ten million letters": (_docx(_EMPTY.replace("<w:body/>", _LETTERS * 10)), "is empty or larger than"),
    "a million letters": (_docx(_EMPTY.replace("<w:body/>", _LETTERS)), "there is too much in the part"),
    "many elements": (_docx(_EMPTY.replace("<w:body/>", f"<w:body>{'<w:p/>' * 70000}</w:body>")), "there is too much"),
    "deep": (
        _docx(_EMPTY.replace("<w:body/>", f"<w:body>{'<w:sdt>' * 200}{'</w:sdt>' * 200}</w:body>")),
        "nested too deeply",
    ),
    "very deep": (
        _docx(_EMPTY.replace("<w:body/>", f"<w:body>{'<w:p>' * 9000}{'</w:p>' * 9000}</w:body>")),
        "is damaged",
    ),
    "no template": (_docx(_EMPTY), "not those of one of the templates"),
    "too many parts": (_docx(_EMPTY, **{f"word/{number}": b"" for number in range(2100)}), "too many parts"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    """A file that is no filled template is one finding, and no more of it is unpacked than the limit."""
    raw, words = HOSTILE[name]
    tracemalloc.start()
    result = filled(raw, "a.docx", {kind.name: word.form(kind.name) for kind in KINDS})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not isinstance(result, Filled)
    assert result.code == "word-file"
    assert words in result.message
    assert peak < 30_000_000


def test_a_lie_about_the_size() -> None:
    """A part that says it is small and is not ends at the limit."""
    raw = bytearray(_docx(b"<x>" + b" " * 50_000_000))
    true = (50_000_003).to_bytes(4, "little")
    assert raw.count(true) == 2
    raw = raw.replace(true, (1000).to_bytes(4, "little"))
    result = filled(bytes(raw), "a.docx", {kind.name: word.form(kind.name) for kind in KINDS})
    assert not isinstance(result, Filled)


def test_remote_parts_are_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that lies elsewhere is left out and named, and no address is asked for."""

    def asked(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", asked)
    document = word.filled_in("case-study", DRAFT, "## What happened\n\nSeen.\n")
    picture = f'<w:r {nsdecls("w", "a", "r")}><w:drawing><a:blip r:link="rId99"/></w:drawing></w:r>'
    document.part.rels.get_or_add_ext_rel("http://schemas.openxmlformats.org/image", "http://example.org/a.png")
    next(one for one in document.paragraphs if one.text == "Seen.")._p.append(parse_xml(picture))
    result = read(document)
    assert (result.body, left_out(result)) == ("## What happened\n\nSeen.", ["'Text: What happened': a picture"])
