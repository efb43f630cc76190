"""The layouts of our slides: what stands where, in points, on a slide of 16 to 9."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 960, 540
MARGIN = 48


@dataclass(frozen=True, slots=True)
class Box:
    """A placeholder: its type in the format, its index, where it stands, and the size of its type."""

    type: str
    index: int
    name: str
    x: int
    y: int
    width: int
    height: int
    size: int
    anchor: str = "t"
    align: str = "l"
    colour: str = "tx1"
    bold: bool = False
    bullets: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: its name in the program, its type in the format, its boxes, and whether it is dark."""

    name: str
    type: str
    boxes: tuple[Box, ...]
    dark: bool = False
    band: bool = False

    def box(self, index: int) -> Box:
        """Return the box with an index; that of the title is 0, that of the text 1."""
        return next(one for one in self.boxes if one.index == index)

    @property
    def has_picture(self) -> bool:
        """Whether there is a place for a QR code."""
        return any(one.index == PICTURE for one in self.boxes)


TITLE, TEXT, RIGHT, PICTURE, CAPTION = 0, 1, 2, 13, 14
_WIDE = WIDTH - 2 * MARGIN
_TOP, _DEEP = 122, 362
_COLUMN = 420
_HEAD = Box("title", TITLE, "Title", MARGIN, 24, _WIDE, 78, 30, anchor="b", bold=True)
_BODY = Box("", TEXT, "Content", MARGIN, _TOP, _WIDE, _DEEP, 24, bullets=True)
_CODE = (
    Box("pic", PICTURE, "QR code", 704, 128, 190, 190, 14),
    Box("body", CAPTION, "Short address", 664, 326, 270, 78, 14, align="ctr", colour="tx2"),
)
FOOT = (
    Box("ftr", 11, "Footer", MARGIN, 500, 740, 24, 12, anchor="ctr", colour="tx2"),
    Box("sldNum", 12, "Slide number", WIDTH - MARGIN - 90, 500, 90, 24, 12, anchor="ctr", align="r", colour="tx2"),
)
# For the notes and the outline: the master has a title and a text.
MASTER = (_HEAD, Box("body", TEXT, "Text", MARGIN, _TOP, _WIDE, _DEEP, 24, bullets=True))

LAYOUTS = {
    "opening": Layout(
        "Title",
        "title",
        (
            Box("ctrTitle", TITLE, "Title", 72, 60, 572, 190, 40, anchor="b", bold=True),
            Box("subTitle", TEXT, "Subtitle", 72, 266, 572, 222, 20, colour="tx2"),
            *_CODE,
        ),
        band=True,
    ),
    "section": Layout(
        "Section",
        "secHead",
        (
            Box("title", TITLE, "Title", 72, 130, 816, 130, 40, anchor="b", colour="bg1", bold=True),
            Box("body", TEXT, "Text", 72, 276, 816, 180, 24, colour="bg1"),
        ),
        dark=True,
    ),
    "content": Layout("Title and content", "obj", (_HEAD, _BODY)),
    "columns": Layout(
        "Two contents",
        "twoObj",
        (
            _HEAD,
            Box("", TEXT, "Left content", MARGIN, _TOP, _COLUMN, _DEEP, 20, bullets=True),
            Box("", RIGHT, "Right content", WIDTH - MARGIN - _COLUMN, _TOP, _COLUMN, _DEEP, 20, bullets=True),
        ),
    ),
    "code": Layout(
        "Content and QR code",
        "objTx",
        (_HEAD, Box("", TEXT, "Content", MARGIN, _TOP, 600, _DEEP, 22, bullets=True), *_CODE),
    ),
    "title": Layout("Title only", "titleOnly", (_HEAD,)),
}
