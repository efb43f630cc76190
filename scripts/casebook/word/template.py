"""The template of a kind of item as a `.docx`: headings, explanations, and tables with a place for each answer.

The same form gives the same bytes. The body is written as WordprocessingML (ECMA-376 part 1), because only there can a
row be marked as the header of its table, which a screen reader announces.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from casebook.word.form import ANSWER, ASKED, FEW_BLOCKS, HEADINGS, MOST_INSIDE, SECTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from casebook.word.form import Field, Form

_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
_ZIPPED = (2026, 1, 1, 0, 0, 0)
# Twentieths of a point: together the width of an A4 page within its margins.
_LEFT, _RIGHT = 3600, 5426
# A grey that keeps a contrast of 7 to 1 on white.
_GREY = RGBColor(0x4F, 0x4F, 0x4F)
SAFETY = """
Use public sources only, and add nothing that you know from your work alone. Never write about a weakness that exists \
today, about a way to defeat a protection, or about how to handle or disperse material.
When in doubt, stop and ask. Ask your own organisation first. Then ask an editor, in general words.
Whatever is sent to a public place can be kept by others at once, even if you delete it a minute later.
""".strip().splitlines()
HOW = """
Write in the right column of the tables. Leave the left column and the headings as they are: your answers are found by \
them. Leave empty what you cannot answer.
A draft needs a title, a summary, one topic and one source. Everything else can come later, with an editor's help.
To add one more source, lesson or step, copy a whole block (its table) and paste it below the last one.
Give each source a short id such as s1, and name it where it carries a statement: write [s1] after the full stop in \
the text, and s1 in a row 'Sources'. Footnotes, pictures and tables in the text cannot be taken over.
Status, version, history and reviews are written by the editors.
""".strip().splitlines()
COPY = "Copy a block for more."
WRITE = "Write below this line. Lists, bold, italic, links and headings are kept."


def template(form: Form) -> bytes:
    """Return the template of a kind of item as the bytes of a `.docx`."""
    document = Document()
    title = f"{form.kind.label}: a template of the Nuclear Security Casebook"
    _properties(document, title)
    _styles(document)
    body = document.element.body
    made = f"<w:body {nsdecls('w')}>{''.join(_body(form, title))}</w:body>"
    for index, child in enumerate(list(parse_xml(made))):
        body.insert(index, child)
    return _packed(document)


def explanations(form: Form) -> Iterator[str]:
    """Yield every paragraph of the template that is not an answer."""
    yield from (*SAFETY, *HOW, COPY, WRITE, ASKED, ANSWER, *HEADINGS)
    yield f"{form.kind.label}: a template of the Nuclear Security Casebook"
    yield from (section.description for section in form.kind.sections)
    for one in form.fields:
        yield from _explained(one)


def _explained(one: Field) -> Iterator[str]:
    yield from one.help
    for row in one.rows(MOST_INSIDE):
        yield from row.help
    for inner in one.fields:
        yield from _explained(inner)


def _properties(document: WordDocument, title: str) -> None:
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title, "Nuclear Security Casebook", "en-GB", ""
    core.created = core.modified = _ALWAYS
    core.last_modified_by, core.revision = "", 1


def _styles(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB"/>')
    for old in document.styles.element.xpath("//w:rPrDefault/w:rPr/w:lang"):
        old.getparent().replace(old, language)
    help_style = document.styles["Body Text 3"]
    help_style.font.size, help_style.font.color.rgb = Pt(9), _GREY


def _paragraph(words: str, style: str = "", *, bold: bool = False) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{weight}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    return f"<w:p>{look}{run}</w:p>"


def _body(form: Form, title: str) -> Iterator[str]:
    yield _paragraph(title, "Title")
    for heading, lines in zip(HEADINGS, (SAFETY, HOW), strict=False):
        yield _paragraph(heading, "Heading1")
        yield from (_paragraph(line, "ListBullet") for line in lines)
    yield _paragraph(HEADINGS[2], "Heading1")
    for one in form.fields:
        yield from _asked(one, one.title, 2)
    yield _paragraph(HEADINGS[3], "Heading1")
    for section in form.kind.sections:
        yield _paragraph(f"{SECTION}{section.heading}", "Heading2")
        yield from (_paragraph(section.description, "BodyText3"), _paragraph(WRITE, "BodyText3"))
        yield from (_paragraph("") for _ in range(3))


def _asked(one: Field, heading: str, level: int) -> Iterator[str]:
    """Yield the part of the template about one field: a heading, and a table or one for each empty block."""
    yield _paragraph(heading, f"Heading{level}")
    if not one.fields:
        yield _table(heading, ASKED, (one,))
        return
    yield from (_paragraph(line, "BodyText3") for line in one.help)
    if one.many:
        yield _paragraph(COPY, "BodyText3")
        for number in range(1, one.blocks + 1):
            yield _table(f"{heading} {number}", f"{one.entry} {number}", tuple(one.rows(FEW_BLOCKS)))
        return
    yield _table(heading, ASKED, tuple(inner for inner in one.fields if not inner.fields))
    for inner in one.fields:
        if inner.fields:
            yield from _asked(inner, f"{heading}: {inner.title}", level + 1)


def _table(name: str, head: str, fields: tuple[Field, ...]) -> str:
    """Return a table with a header row, and an empty paragraph after it that keeps it apart from the next."""
    rows = "".join(
        _row([_paragraph(one.title, bold=True), *(_paragraph(line, "BodyText3") for line in one.help)])
        for one in fields
    )
    first = _row([_paragraph(head, bold=True)], [_paragraph(ANSWER, bold=True)], header=True)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="1" w:firstColumn="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(name)}/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_LEFT}"/><w:gridCol w:w="{_RIGHT}"/></w:tblGrid>{first}{rows}</w:tbl><w:p/>'
    )


def _row(left: list[str], right: list[str] | None = None, *, header: bool = False) -> str:
    mark = "<w:tblHeader/>" if header else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(inside)}</w:tc>'
        for width, inside in ((_LEFT, left), (_RIGHT, right or ["<w:p/>"]))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{cells}</w:tr>"


def _packed(document: WordDocument) -> bytes:
    """Return the bytes of a document in which no time of making stands."""
    raw, made = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIPPED)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()
