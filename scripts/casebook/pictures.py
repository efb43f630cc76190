"""What drawings take from the npm packages that set-up installs: the land of the world, and the signs of the topics."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebook.paths import Paths

Point = tuple[float, float]
Ring = tuple[Point, ...]
# The style sheet says which topic has which sign; it is asked here so that both show the same.
_SIGN = re.compile(
    r'\.topic-([a-z0-9-]+) \{ --sign: url\("lucide-static/icons/([a-z0-9-]+)\.svg"\); --hue: var\(--([a-z]+)\)'
)
# The first colour of a name is the light one.
_COLOUR = re.compile(r"^  --([a-z]+): (#[0-9a-f]{6});$", re.MULTILINE)
_SHAPES = ("path", "circle", "rect", "line", "ellipse", "polyline", "polygon")
_TURN, _HALF = 360, 180


@dataclass(frozen=True, slots=True)
class Pictures:
    """Rings of land as longitudes and latitudes, and signs by main topic as parts of an SVG of 24 by 24.

    `colours` are those of the light pages by their names, and `hues` those of the main topics.
    """

    land: tuple[Ring, ...] = ()
    signs: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    hues: Mapping[str, str] = field(default_factory=dict)


NONE = Pictures()


def load(paths: Paths) -> Pictures:
    """Return the pictures; those whose package is not installed are missing."""
    land = paths.node_modules / "world-atlas" / "land-110m.json"
    tokens = paths.assets / "css" / "tokens.css"
    style = tokens.read_text(encoding="utf-8") if tokens.is_file() else ""
    colours = dict(reversed(_COLOUR.findall(style)))
    hues = {topic: colours[hue] for topic, _, hue in _SIGN.findall(style) if hue in colours}
    return Pictures(_land(land) if land.is_file() else (), dict(_signs(style, paths)), colours, hues)


def _land(path: Path) -> tuple[Ring, ...]:
    topology = json.loads(path.read_text(encoding="utf-8"))
    return tuple(rings(topology, "land"))


def rings(topology: Mapping[str, Any], name: str) -> Iterator[Ring]:
    """Yield the rings of an object of a TopoJSON topology; where a ring crosses 180 degrees it goes on beyond."""
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    for indices in _index_lists(topology["objects"][name]):
        # Each arc begins where the one before it ended; a negative index means an arc that runs backwards.
        parts = [arcs[one] if one >= 0 else arcs[~one][::-1] for one in indices]
        yield tuple(_unrolled([*parts[0], *(point for part in parts[1:] for point in part[1:])]))


def _arc(steps: list[list[int]], transform: Mapping[str, list[float]]) -> list[Point]:
    scale, origin = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
    return points


def _index_lists(node: Any) -> Iterator[list[int]]:
    if isinstance(node, dict):
        for part in (*node.get("geometries", ()), *node.get("arcs", ())):
            yield from _index_lists(part)
    elif node and isinstance(node[0], int):
        yield node
    else:
        for part in node:
            yield from _index_lists(part)


def _unrolled(points: list[Point]) -> Iterator[Point]:
    turns, last = 0, points[0][0]
    for x, y in points:
        turns += (last - x > _HALF) - (x - last > _HALF)
        last = x
        yield x + turns * _TURN, y


def _signs(style: str, paths: Paths) -> Iterator[tuple[str, str]]:
    for topic, name, _ in _SIGN.findall(style):
        icon = paths.node_modules / "lucide-static" / "icons" / f"{name}.svg"
        if icon.is_file():
            yield topic, _shapes(icon)


def _shapes(icon: Path) -> str:
    shapes = []
    for one in ET.fromstring(icon.read_text(encoding="utf-8")):  # noqa: S314  # of a package with a fixed hash
        tag = one.tag.rpartition("}")[2]
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in one.attrib.items())
        shapes.append(f"<{tag}{attributes}/>" if tag in _SHAPES else "")
    return "".join(shapes)
