"""The body of a Word document as plain blocks: paragraphs and tables, whatever wraps them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.word.package import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from casebook.word.package import Package

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
# What is not shown to a reader, stands there a second time, or is not text of this paragraph.
_UNREAD = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "instrText", "drawing", "pict")}
_UNREAD |= {f"{W}object", f"{_MC}Fallback"}
CITED = re.compile(r"\s*\[?\^?([A-Za-z]\w*(?:-\w+)*(?:\s*[,;]\s*[A-Za-z]\w*(?:-\w+)*)*)\]?\s*")
_HEADING = re.compile(r"(?:heading|title|heading )\s*([1-9])?$", re.IGNORECASE)
# The exponents and mass numbers of this field: 10⁵, ¹³⁷Cs.
RAISED = str.maketrans("0123456789+-\u2212n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
OBJECTS = {f"{W}drawing": "picture", f"{W}pict": "picture", f"{W}object": "embedded object"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass(frozen=True, slots=True)
class Styles:
    """The names of styles by their ids: an id is in the language of the program, a name of Word's own styles is not."""

    names: dict[str, str]

    @classmethod
    def of(cls, package: Package) -> Styles:
        """Return the styles of a document."""
        found = package.styles.iter(f"{W}style") if package.styles is not None else ()
        names = {}
        for style in found:
            name = style.find(f"{W}name")
            names[style.get(f"{W}styleId", "")] = "" if name is None else name.get(f"{W}val", "")
        return cls(names)

    def is_heading(self, paragraph: _Element) -> bool:
        """Whether a paragraph has the style of a heading or an outline level."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        return bool(_HEADING.match(self.names.get(name, name))) or (
            outline is not None and outline.get(f"{W}val") != "9"
        )


def blocks(parent: _Element) -> Iterator[_Element]:
    """Yield the paragraphs and tables of a body or cell in their order."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks(child)


def inside(parent: _Element, name: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, name)


def lines(cell: _Element) -> list[str]:
    """Return the lines of a cell that are not empty; those of tables inside it, too."""
    found = []
    for paragraph in cell.iter(f"{W}p"):
        found += [tidy(line) for line in text(paragraph).split("\n")]
    return [line for line in found if line]


def tidy(words: str) -> str:
    """Return a line with single spaces and without what Word puts in unseen."""
    return " ".join(re.sub("[\u200b\ufeff\u00ad]", "", words.replace("\u00a0", " ")).split())


def text(element: _Element) -> str:
    """Return the text of a paragraph; a superscript that names sources becomes a citation."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _UNREAD:
            continue
        if child.tag == f"{W}r" and _is_raised(child):
            words = "".join(_pieces(child))
            cited = CITED.fullmatch(words)
            yield f"[{cited[1]}]" if cited else words.translate(RAISED)
        elif child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)


def lost(element: _Element, package: Package) -> Iterator[str]:
    """Yield in words what an answer or a text holds that has no place in an item."""
    for one in element.iter(*OBJECTS):
        words = tidy(" ".join(text(inner) for box in one.iter(f"{W}txbxContent") for inner in box.iter(f"{W}p")))
        yield f"a text box: '{words}'" if words else f"a {OBJECTS[one.tag]}"
    for one in element.iter(*NOTES):
        yield f"a {NOTES[one.tag]}: '{note(one, package)}'"


def note(reference: _Element, package: Package) -> str:
    """Return the text of the footnote or endnote that a mark in the text refers to."""
    notes = package.footnotes if reference.tag == f"{W}footnoteReference" else package.endnotes
    for one in notes if notes is not None else ():
        if one.get(f"{W}id") == reference.get(f"{W}id"):
            return " ".join(lines(one))
    return ""


def _is_raised(run: _Element) -> bool:
    align = run.find(f"{W}rPr/{W}vertAlign")
    return align is not None and align.get(f"{W}val") == "superscript"
