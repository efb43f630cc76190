"""The template of our decks: master, layouts, theme and colours, made from the empty presentation of python-pptx."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.util import Pt

from casebook.slides.layout import CAPTION, FOOT, HEIGHT, LAYOUTS, MASTER, PICTURE, WIDTH, Box, Layout

if TYPE_CHECKING:
    from collections.abc import Iterable

EMU = 12_700
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# Those of the pages: ink on paper, one accent.
_COLOURS = {
    "dk1": "1C2126",
    "lt1": "FFFFFF",
    "dk2": "4A525A",
    "lt2": "FCFBF8",
    "accent1": "0F5D73",
    "accent2": "8A3B12",
    "accent3": "1D6B45",
    "accent4": "6D3F8F",
    "accent5": "1F5FA8",
    "accent6": "7A5A00",
    "hlink": "0F5D73",
    "folHlink": "6D3F8F",
}
_LATIN = "Arial"
# Each is part of Windows and of Office for Mac; LibreOffice takes what the machine has. The last one has Thai, Arabic
# and Hebrew.
_EAST_ASIAN = {"ja": "Yu Gothic", "ko": "Malgun Gothic"}
_EAST_ASIAN_ELSE, _COMPLEX = "Microsoft YaHei", "Tahoma"
_KEPT = 6
_LEVELS = 5
_UNUSED = (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES)


@cache
def template(language: str) -> bytes:
    """Return an empty deck with our layouts, for texts in a language."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.part._element.sldSz.attrib.pop("type", None)  # noqa: SLF001  # python-pptx has no other way to its XML
    for one in list(deck.slide_layouts)[_KEPT:]:
        deck.slide_layouts.remove(one)
    master = deck.slide_master
    _fill(master._element, _tree((*MASTER, *_master_foot()), "", prompts=True), "lt2")  # noqa: SLF001
    _replace(master._element, "p:txStyles", _styles())  # noqa: SLF001
    for layout, made in zip(deck.slide_layouts, LAYOUTS.values(), strict=True):
        layout._element.set("type", made.type)  # noqa: SLF001
        _fill(layout._element, _tree((*made.boxes, *FOOT), _drawing(made), dark=made.dark), "", made)  # noqa: SLF001
    _drop_unused(deck)
    _theme(deck, language)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _drop_unused(deck: Any) -> None:
    """Take out what the empty presentation brings along from another machine."""
    package = deck.part.package
    for rels in (package._rels, deck.part.rels):  # noqa: SLF001
        for key, one in list(rels.items()):
            if one.reltype in _UNUSED or one.reltype == RT.PRINTER_SETTINGS:
                rels.pop(key)


def _theme(deck: Any, language: str) -> None:
    part = deck.slide_master.part.part_related_by(RT.THEME)
    xml = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', xml)
    xml = re.sub(r'<a:latin typeface="[^"]*"/>', f'<a:latin typeface="{_LATIN}"/>', xml)
    east = _EAST_ASIAN.get(language.partition("-")[0], _EAST_ASIAN_ELSE)
    xml = xml.replace('<a:ea typeface=""/>', f'<a:ea typeface="{east}"/>')
    xml = xml.replace('<a:cs typeface=""/>', f'<a:cs typeface="{_COMPLEX}"/>')
    part._blob = xml.replace('name="Office', 'name="Casebook').encode("utf-8")  # noqa: SLF001


def _fill(element: Any, tree: str, background: str, layout: Layout | None = None) -> None:
    """Put shapes and a background in the place of those that a master or a layout has."""
    colour = "accent1" if layout and layout.dark else background
    back = (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{_mapped(colour)}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    name = f" name={quoteattr(layout.name)}" if layout else ""
    _replace(element, "p:cSld", f"<p:cSld {NAMES}{name}>{back if colour else ''}{tree}</p:cSld>")


def _mapped(colour: str) -> str:
    return {"lt1": "bg1", "lt2": "bg2"}.get(colour, colour)


def _replace(element: Any, tag: str, xml: str) -> None:
    old = element.find(tag, {"p": "http://schemas.openxmlformats.org/presentationml/2006/main"})
    old.getparent().replace(old, parse_xml(xml))


def _tree(boxes: Iterable[Box], drawing: str, *, dark: bool = False, prompts: bool = False) -> str:
    shapes = "".join(_shape(box, number, dark=dark, prompts=prompts) for number, box in enumerate(boxes, 20))
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    return f"<p:spTree>{group}{drawing}{shapes}</p:spTree>"


def _shape(box: Box, number: int, *, dark: bool, prompts: bool) -> str:
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id={quoteattr(str(number))} name={quoteattr(box.name)}/><p:cNvSpPr>"
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{place(box)}</p:nvPr></p:nvSpPr><p:spPr>{_frame(box)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{box.anchor}">'
        f"<a:normAutofit/></a:bodyPr>{_levels(box, dark=dark)}{_prompt(box, prompts=prompts)}</p:txBody></p:sp>"
    )


def place(box: Box) -> str:
    """Return what makes a shape the placeholder of a box."""
    kind = f' type="{box.type}"' if box.type else ""
    index = f' idx="{box.index}"' if box.index else ""
    return f"<p:ph{kind}{index}/>"


def _frame(box: Box) -> str:
    x, y, width, height = (one * EMU for one in (box.x, box.y, box.width, box.height))
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _levels(box: Box, *, dark: bool) -> str:
    """Return the style of each level of a placeholder."""
    colour = "bg1" if dark else box.colour
    bold = ' b="1"' if box.bold else ""
    rows = []
    for level in range(_LEVELS if box.bullets else 1):
        size = max(box.size - 2 * level, 18) if box.bullets else box.size
        bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if box.bullets else "<a:buNone/>"
        left, hang = ((level + 1) * 28 * EMU, -28 * EMU) if box.bullets else (0, 0)
        rows.append(
            f'<a:lvl{level + 1}pPr marL="{left}" indent="{hang}" algn="{box.align}">{bullet}<a:defRPr sz="{size * 100}"'
            f'{bold}><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl{level + 1}pPr>'
        )
    return f"<a:lstStyle>{''.join(rows)}</a:lstStyle>"


def _prompt(box: Box, *, prompts: bool) -> str:
    """Return what stands in a placeholder as long as nobody has written into it."""
    if box.type == "sldNum":
        field = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        return f'<a:p>{field}<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld></a:p>'  # noqa: RUF001
    words = {"ftr": "Short address and licence", "": "Text", "body": "Text", PICTURE: "QR code"}.get(box.type, box.name)
    if box.index == CAPTION:
        words = "Short address"
    deeper = ("Second level", "Third level", "Fourth level", "Fifth level") if prompts and box.bullets else ()
    lines = [(0, words), *enumerate(deeper, 1)]
    return "".join(
        f'<a:p><a:pPr lvl="{level}"/><a:r><a:rPr lang="en-GB"/><a:t>{escape(line)}</a:t></a:r></a:p>'
        if line
        else "<a:p/>"
        for level, line in lines
    )


def _drawing(layout: Layout) -> str:
    """Return what is drawn on a layout and says nothing: a band, or a line below the title."""
    if layout.dark:
        return ""
    x, y, width, height = (0, 0, 24, HEIGHT) if layout.band else (48, 108, 64, 3)
    box = Box("", 0, "", x, y, width, height, 0)
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Decoration"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _master_foot() -> tuple[Box, ...]:
    """Return the boxes at the foot as a master has them, where indexes count on from those of title and text."""
    return tuple(
        Box(one.type, index, one.name, one.x, one.y, one.width, one.height, one.size, one.anchor, one.align, one.colour)
        for index, one in enumerate(FOOT, 3)
    )


def _styles() -> str:
    """Return the styles of a master: for titles, for text, and for all else."""
    fonts = '<a:latin typeface="+m{0}-lt"/><a:ea typeface="+m{0}-ea"/><a:cs typeface="+m{0}-cs"/>'
    ink = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'

    def level(number: int, size: int, bullet: str, face: str, more: str = "") -> str:
        left = f'marL="{number * 28 * EMU}" indent="{-28 * EMU}"' if "buChar" in bullet else 'marL="0" indent="0"'
        return (
            f'<a:lvl{number}pPr {left} algn="l" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">{bullet}'
            f'<a:defRPr sz="{size * 100}" kern="1200"{more}>{ink}{fonts.format(face)}</a:defRPr></a:lvl{number}pPr>'
        )

    dot = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
    body = "".join(level(number, max(26 - 2 * number, 18), dot, "n") for number in range(1, 10))
    other = "".join(level(number, 18, "<a:buNone/>", "n") for number in range(1, 10))
    title = level(1, 30, "<a:buNone/>", "j", ' b="1"')
    return (
        f"<p:txStyles {NAMES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )
