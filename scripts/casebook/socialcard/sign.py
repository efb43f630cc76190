"""The sign of a topic as a picture: the strokes of its SVG, drawn large and made smaller."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import SVGPath
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]
_BOX, _STROKE = 24, 2
_LARGER, _STEPS = 4, 16


def sign(shapes: str, size: int) -> Image.Image:
    """Return how much ink each pixel has, 0 to 255, in a square of some pixels.

    Args:
        shapes: parts of an SVG of 24 by 24, of which the outlines are drawn.
        size: width and height in pixels.
    """
    scale = size * _LARGER / _BOX
    picture = Image.new("L", (size * _LARGER, size * _LARGER), 0)
    draw = ImageDraw.Draw(picture)
    for line in _lines(shapes):
        points = [(x * scale, y * scale) for x, y in line]
        draw.line(points, fill=255, width=round(_STROKE * scale))
        for x, y in points:
            radius = _STROKE * scale / 2
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return picture.resize((size, size), Image.Resampling.BOX)


def _lines(shapes: str) -> Iterator[list[Point]]:
    pen = RecordingPen()
    SVGPath.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{shapes}</svg>'.encode()).draw(pen)
    line: list[Point] = []
    for name, points in pen.value:
        if name == "moveTo":
            line = [points[0]]
        elif name == "lineTo":
            line.append(points[0])
        elif name in ("curveTo", "qCurveTo"):
            line += _curve([line[-1], *points])
        elif name in ("closePath", "endPath"):
            yield [*line, line[0]] if name == "closePath" else line


def _curve(points: list[Point]) -> Iterator[Point]:
    """Yield points on a Bézier curve after its first one (the algorithm of de Casteljau)."""
    for step in range(1, _STEPS + 1):
        t, left = step / _STEPS, points
        while len(left) > 1:
            left = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(left)]
        yield left[0]
