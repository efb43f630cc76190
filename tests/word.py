"""Templates for Word as their users fill them in: an item of the tests, typed into the rows that ask for it."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml import OxmlElement
from docx.table import Table, _Cell
from tests.support import base, real

from casebook import build, load
from casebook.registry import KIND_BY_NAME
from casebook.word.form import FEW_BLOCKS, SECTION, Field, Form, folded, form_of
from casebook.word.template import template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as WordDocument

    from casebook.build import Entry


def form(kind: str) -> Form:
    """Return what is asked for a kind."""
    vocabularies, shapes = real()
    return form_of(shapes[kind], vocabularies)


def item(kind: str) -> Entry:
    """Return the item of the tests of a kind."""
    text = base(kind)
    _, shapes = real()
    document = load.parse(text.encode(), f"{kind}.md", KIND_BY_NAME[kind])
    return build.Entry.of(document, shapes)


def saved(document: WordDocument) -> bytes:
    """Return the bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def filled_in(kind: str, values: Mapping[str, Any], body: str = "") -> WordDocument:
    """Return the template of a kind with answers typed into its rows and a text below its headings."""
    document = Document(io.BytesIO(template(form(kind))))
    found = tables(document)
    for heading, way in form(kind).targets():
        value: Any = values
        for one in way:
            value = value.get(one.name, {}) if isinstance(value, dict) else {}
        if value not in ({}, []):
            _answer(found[heading], way[-1], value)
    for part in body.split("## ")[1:]:
        heading, _, text = part.partition("\n")
        write(document, heading, [" ".join(one.split()) for one in text.strip().split("\n\n")])
    return document


def tables(document: WordDocument) -> dict[str, list[Table]]:
    """Return the tables below each heading, up to the next one."""
    found: dict[str, list[Table]] = {"": []}
    heading = ""
    for block in document.element.body:
        style = block.xpath("string(./w:pPr/w:pStyle/@w:val)")
        if block.tag.endswith("}tbl"):
            found[heading].append(Table(block, document._body))
        elif style.startswith("Heading"):
            heading = block.text
            found[heading] = []
    return found


def rows(table: Table) -> dict[str, Any]:
    """Return the cells for the answers of a table by their labels."""
    pairs = [row.tc_lst for row in table._tbl.tr_lst]  # `row.cells` is slow
    return {folded(_Cell(left, table).paragraphs[0].text): _Cell(right, table) for left, right in pairs}


def write(document: WordDocument, section: str, paragraphs: list[str]) -> None:
    """Type paragraphs into a section of the text; a list is typed with the button for lists."""
    known = document.paragraphs
    after = known[[one.text for one in known].index(f"{SECTION}{section}") + 3]
    for paragraph in paragraphs:
        steps = re.split(r"(?:^| )[0-9]\. ", paragraph)[1:]
        for words in steps or [paragraph]:
            after.insert_paragraph_before(_linked(words), style="List Number" if steps else None)


def _linked(words: str) -> str:
    return re.sub(r"\[\^(s[0-9]+)\]", r"[\1]", re.sub(r"\[([^\]^]+)\]\([^)]*\)", r"\1", words))


def _answer(found: list[Table], asked: Field, value: Any) -> None:
    entries = value if asked.many and asked.fields else [value]
    while len(found) < len(entries):
        # As people do: copy an empty block, and paste it below the last one.
        last = found[-1]
        last._tbl.addnext(copied := deepcopy(last._tbl))
        found.append(Table(copied, last._parent))
    for table, entry in zip(found, entries, strict=False):
        cells = rows(table)
        if asked.many and asked.fields:
            for row in asked.rows(FEW_BLOCKS):
                _type(cells, row, _at(entry, row.steps))
            continue
        for one in asked.fields or (asked,):
            if not one.fields:
                _type(cells, one, entry.get(one.name) if asked.fields else entry)


def _at(value: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        is_there = step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value or ())
        value = value[step] if is_there else None
    return value


def _type(cells: Mapping[str, Any], one: Field, given: Any) -> None:
    if given is None:
        return
    words = [_said(one, word) for word in (given if one.many else [given])]
    cells[folded(one.title)].text = "\n".join(words) if not one.is_short else "; ".join(words)


def _said(one: Field, value: Any) -> str:
    """Return a value as a person writes it: the label of a term in other case, and `[s1]` for a source."""
    if one.parts:
        return " | ".join(re.sub(r"\[\^", "[", str(value[part.name])) for part in one.parts)
    words = "\n".join(" ".join(part.split()) for part in str(value).split("\n\n"))
    return one.terms[value].upper() if value in one.terms else re.sub(r"\[\^", "[", words)


def note_mark() -> Any:
    """Return the mark of a footnote in a text."""
    mark = OxmlElement("w:footnoteReference")
    mark.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id", "7")
    return mark
