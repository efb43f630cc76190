"""A card as a PNG of 1200 by 630 pixels, the size that Open Graph readers expect.

The picture has a palette of four ramps, each from paper to one colour, and a pixel says which ramp and how much of it.
So text keeps its smooth edges, and a card takes few bytes and little time.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from PIL import Image, ImageColor, ImageDraw

from casebook.metadata.facts import CARD_SIZE
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.socialcard import wrap
from casebook.socialcard.fonts import Fonts, load
from casebook.socialcard.sign import sign

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.library import Library
    from casebook.model import Item
    from casebook.pictures import Pictures

INK, QUIET, HUE, NAME = range(4)
_LEVELS = 64
_WIDTH, _HEIGHT = CARD_SIZE
_LEFT, _RIGHT, _BAND = 88, _WIDTH - 72, 22
_SIGN = (_LEFT, 60, 76)
_TOP, _BOTTOM, _FOOT, _GAP = 172, 554, 607, 26
# Size in pixels and most lines, the first that fits; the last one is cut.
_TITLES = ((68, 3), (60, 3), (52, 4), (46, 4))
_BELOW = (32, 3)
_LEADING = 1.18
# From how much ink a pixel has, 0 to 255, to the colours of each ramp; and whether it has any.
_IN_RAMP = [[ramp * _LEVELS + round(ink * (_LEVELS - 1) / 255) for ink in range(256)] for ramp in range(4)]
_INKED = [0] + [255] * 255


@dataclass(frozen=True, slots=True)
class Words:
    """What a card says: above the title, the title (`spare` where it cannot be drawn), below it, and at the foot."""

    above: str
    title: str
    spare: str
    below: str
    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, drawn from a height downwards."""

    lines: tuple[str, ...]
    size: int
    weight: int

    @property
    def height(self) -> int:
        """Height in pixels."""
        return round(len(self.lines) * self.size * _LEADING)


def words_of(item: Item, library: Library, name: str) -> Words:
    """Return what the card of an item says; `name` is that of the library."""
    vocabularies = library.vocabularies
    topic = vocabularies["topics"].label(item.topics[0]) if item.topics else ""
    below = item.statement if isinstance(item, BestPractice) else ""
    if isinstance(item, CaseStudy) and item.event:
        countries = [vocabularies["countries"].label(code) for code in item.event.countries]
        below = " · ".join([str(item.event.period), ", ".join(countries)])
    if isinstance(item, Exercise | LearningPath):
        below = f"{item.minutes} minutes"
    above = " · ".join(part for part in (item.kind.label, topic) if part)
    return Words(above, item.title, item.id, below, name)


def main_topic(item: Item, library: Library) -> str:
    """Return the id of the main topic of an item, which has its colour and its sign; empty where it has none."""
    term = library.vocabularies["topics"].get(item.topics[0]) if item.topics else None
    return (term.parent or term.id) if term else ""


def studio(node_modules: Path, pictures: Pictures) -> Studio | None:
    """Return what draws cards; None where the typeface is not installed."""
    fonts = load(node_modules)
    return Studio(fonts, pictures) if fonts and pictures.colours else None


@dataclass(frozen=True)
class Studio:
    """Draws cards; fonts and signs are read once for all of them."""

    fonts: Fonts
    pictures: Pictures

    def card(self, words: Words, topic: str) -> bytes:
        """Return the card with some words, in the colour and with the sign of a main topic."""
        canvas = Image.new("P", CARD_SIZE, INK * _LEVELS)
        canvas.putpalette(self._palette(self.pictures.hues.get(topic, self.pictures.colours["grey"])))
        full = HUE * _LEVELS + _LEVELS - 1
        canvas.paste(full, (0, 0, _BAND, _HEIGHT))
        left, top, size = _SIGN
        canvas.paste(self._signs.get(topic, full), (left, top, left + size, top + size))
        self._line(canvas, words.above, (left + size + 24, top + size // 2 + 11), (32, 600, HUE))
        self._body(canvas, words)
        canvas.paste(QUIET * _LEVELS + _LEVELS // 4, (_LEFT, _BOTTOM + 11, _RIGHT, _BOTTOM + 13))
        self._line(canvas, words.name, (_LEFT, _FOOT), (30, 600, NAME))
        out = io.BytesIO()
        # Half the time of the usual level, for a sixth more bytes.
        canvas.save(out, "PNG", compress_level=3)
        return out.getvalue()

    @cached_property
    def _signs(self) -> dict[str, Image.Image]:
        """Return the signs of the topics, paper on their colour."""
        size = _SIGN[2]
        inner = size - 28
        made = {}
        for topic, shapes in self.pictures.signs.items():
            square = Image.new("L", (size, size), 0)
            square.paste(sign(shapes, inner), (14, 14))
            made[topic] = square.point(_IN_RAMP[HUE][::-1])
        return made

    def _palette(self, hue: str) -> list[int]:
        colours = self.pictures.colours
        paper = ImageColor.getrgb(colours["paper"])
        return [
            round(low + (high - low) * level / (_LEVELS - 1))
            for name in (colours["ink"], colours["quiet"], hue, colours["accent"])
            for level in range(_LEVELS)
            for low, high in zip(paper, ImageColor.getrgb(name), strict=True)
        ]

    def _body(self, canvas: Image.Image, words: Words) -> None:
        """Draw the title and what stands below it, as large as they fit."""
        title = wrap.cleaned(words.title)
        below = wrap.cleaned(words.below)
        head = self._block(title if self.fonts.pieces(title) else words.spare, _TITLES, 700, _BOTTOM - _TOP)
        rest = _BOTTOM - _TOP - head.height - _GAP
        size, most = _BELOW
        foot = self._block(below if self.fonts.pieces(below) else "", ((size, most),), 400, rest)
        for block, top, ramp in ((head, _TOP, INK), (foot, _TOP + head.height + _GAP, QUIET)):
            for number, line in enumerate(block.lines):
                baseline = top + round((number * _LEADING + 0.95) * block.size)
                self._line(canvas, line, (_LEFT, baseline), (block.size, block.weight, ramp))

    def _block(self, text: str, sizes: tuple[tuple[int, int], ...], weight: int, height: int) -> Block:
        """Return a text in the first size in which it fits, or cut in the last one."""
        width = _RIGHT - _LEFT
        for size, most in sizes:
            measure = cache(partial(self._measured, size=size, weight=weight))
            found = wrap.lines(text, width, measure)
            if len(found) <= most or size == sizes[-1][0]:
                fits = min(most, int(height / (size * _LEADING)))
                return Block(tuple(wrap.shortened(found, fits, width, measure)) if fits > 0 else (), size, weight)
        return Block((), 0, weight)

    def _measured(self, text: str, *, size: int, weight: int) -> float:
        return sum(face.at(size, weight).getlength(piece) for face, piece in self.fonts.pieces(text) or ())

    def _line(self, canvas: Image.Image, text: str, start: tuple[int, int], style: tuple[int, int, int]) -> None:
        """Draw a line of text whose baseline begins somewhere, in a size, a weight and the colour of a ramp."""
        (x, baseline), (size, weight, ramp) = start, style
        layer = Image.new("L", (_RIGHT - x + size, size * 2), 0)
        draw, at = ImageDraw.Draw(layer), 0.0
        for face, piece in self.fonts.pieces(wrap.cleaned(text)) or ():
            font = face.at(size, weight)
            draw.text((at, size * 1.4), piece, fill=255, font=font, anchor="ls")
            at += font.getlength(piece)
        inked = layer.point(_IN_RAMP[ramp])
        canvas.paste(inked, (x, baseline - round(size * 1.4)), layer.point(_INKED))
