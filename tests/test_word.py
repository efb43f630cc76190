"""Word as a way to contribute: the template of a kind."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from casebook.registry import KINDS, Kind
from casebook.word.form import ANSWER, LATER, NOW, OF_EDITORS, SECTION, Form, form_of
from casebook.word.template import SAFETY, template

if TYPE_CHECKING:
    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def forms(shapes: Shapes, vocabularies: Vocabularies) -> dict[str, Form]:
    """Return what is asked for each kind."""
    return {name: form_of(shape, vocabularies) for name, shape in shapes.items()}


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
