"""The world with a circle for each country that has cases: land only, because borders are not ours to draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from math import hypot, pi, radians, sqrt
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from casebook.render.drawings.places import Box, Circle, labelled, parted
from casebook.render.drawings.svg import link, number
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.model import Item
    from casebook.pictures import Point, Ring
    from casebook.render.page import Page
    from casebook.vocabulary import Term

# Robinson's projection: length of a parallel and distance from the equator, for each five degrees of latitude.
_LENGTHS: tuple[float, ...] = (1, 0.9986, 0.9954, 0.99, 0.9822, 0.973, 0.96, 0.9427, 0.9216, 0.8962)
_LENGTHS += (0.8679, 0.835, 0.7986, 0.7597, 0.7186, 0.6732, 0.6213, 0.5722, 0.5322)
_HEIGHTS: tuple[float, ...] = (0, 0.062, 0.124, 0.186, 0.248, 0.31, 0.372, 0.434, 0.4958, 0.5571)
_HEIGHTS += (0.6176, 0.6769, 0.7346, 0.7903, 0.8435, 0.8936, 0.9394, 0.9761, 1)
_STEP, _TURN = 5, 360
# The Bering Strait is at the edge, so that no land is cut.
_MIDDLE = 11
WIDTH, _TOP, _BOTTOM = 1000, 84, -57
_RADIUS = WIDTH / (2 * 0.8487 * pi)
_SOUTHERNMOST = -60
# Europe has many countries close together and is drawn a second time, larger.
_EUROPE = {"west": -12.5, "east": 52, "south": 34.5, "north": 71.5}
_NEARBY = "Europe and nearby"
_LARGER, _FEW, _EDGE = 5.4, 4, 14
# Radii of circles, half the width of a digit, and the share of the map that circles may cover.
_LARGEST, _SMALLEST, _GROWTH, _DIGIT, _COVERED = 36.0, 11.0, 7.0, 4.2, 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A country with its cases and its point on the map."""

    term: Term
    count: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the map with a name, how many times larger than the world it is drawn, and where no name may stand."""

    name: str
    css: str
    part: Box
    scale: float = 1
    full: tuple[Box, ...] = ()

    @property
    def frame(self) -> Box:
        """The edges of the drawing."""
        return self.part.scaled(self.scale)

    def drawn(self, land: str, circles: Sequence[Circle[Place]], page: Page) -> str:
        """Return the part with its land, its circles and their names, in a box that scrolls where it is too wide."""
        labels = labelled(circles, [circle.of.term.label for circle in circles], self.frame, self.full)
        lines = "".join(_thread(circle) for circle in circles)
        marks = "".join(_mark(circle, label, page) for circle, label in zip(circles, labels, strict=True))
        box = self.frame
        view = " ".join(number(value) for value in (box.left, box.top, box.width, box.height))
        return (
            f'<div class="drawing-scroll" id="map-{self.css}" tabindex="0" role="region" aria-label="{self.name}">'
            f'<svg class="{self.css}" viewBox="{view}" role="group" aria-label="Cases by country: {self.name}">'
            f'{land}<g class="threads">{lines}</g>{marks}</svg></div>'
        )


def map_of(by_country: Mapping[str, Sequence[Item]], page: Page) -> Markup:
    """Return a figure of the world, with Europe a second time and larger where it has more than a few countries."""
    places = list(_places(by_country, page))
    europe = _frame(**_EUROPE)
    inside = [place for place in places if europe.holds(place.x, place.y)]
    inset = inside if len(inside) > _FEW else []
    rest = [place for place in places if place not in inset]
    cases = {case.id for place in inset for case in by_country[place.term.id]}
    note = _europe_note(europe, len(inset), len(cases)) if inset else ""
    whole = Box(0, project(_TOP, _MIDDLE)[1], WIDTH, project(_BOTTOM, _MIDDLE)[1])
    world = Panel("World", "world", whole, full=(replace(europe, bottom=europe.bottom - _EDGE),) if inset else ())
    growth = _growth(places, whole.width * whole.height)
    path = f'<path id="land" class="land" d="{_land(page.context.pictures.land)}" transform="scale(.1)"/>'
    drawn = world.drawn(path + note, _circles(rest, world, growth), page)
    if inset:
        larger = Panel(_NEARBY, "europe", europe, _LARGER)
        land = f'<use href="#land" transform="scale({_LARGER})"/>'
        drawn += larger.drawn(land, _circles(inset, larger, growth), page)
    return Markup(f'<div class="map">{drawn}</div>')  # noqa: S704  # all text is escaped below


def project(latitude: float, longitude: float) -> Point:
    """Return a place on the map, from the left and from the top."""
    row, part = divmod(abs(latitude), _STEP)
    low, high = int(row), min(int(row) + 1, len(_LENGTHS) - 1)
    share = part / _STEP
    length = _LENGTHS[low] + (_LENGTHS[high] - _LENGTHS[low]) * share
    height = _HEIGHTS[low] + (_HEIGHTS[high] - _HEIGHTS[low]) * share
    x = 0.8487 * _RADIUS * length * radians(longitude - _MIDDLE)
    y = 1.3523 * _RADIUS * (height if latitude >= 0 else -height)
    return x + WIDTH / 2, 1.3523 * _RADIUS - y


def around(longitude: float) -> float:
    """Return a longitude as the map counts it, from the Bering Strait eastwards."""
    return (longitude - _MIDDLE + _TURN / 2) % _TURN - _TURN / 2 + _MIDDLE


def _frame(west: float, east: float, south: float, north: float) -> Box:
    # Measured along the parallel in the middle: to the north the land is narrower, to the south the sea is wide.
    (left, _), (right, _) = project((south + north) / 2, west), project((south + north) / 2, east)
    return Box(left, project(north, _MIDDLE)[1], right, project(south, _MIDDLE)[1])


def _places(by_country: Mapping[str, Sequence[Item]], page: Page) -> Iterator[Place]:
    for code, cases in sorted(by_country.items()):
        term = page.term("countries", code)
        at: Any = term.more.get("at") if term else None
        if term and at:
            yield Place(term, len(cases), *project(float(at[0]), around(float(at[1]))))


def _land(rings: Iterable[Ring]) -> str:
    """Return the rings as one path in tenths, each point as the step from the one before it."""
    shown = (ring for ring in rings if max(latitude for _, latitude in ring) > _SOUTHERNMOST)
    return "".join(_ring(ring) for ring in shown)


def _ring(ring: Ring) -> str:
    middle = (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2
    shift = around(middle) - middle
    projected = (project(latitude, longitude + shift) for longitude, latitude in ring)
    points = [(round(x * 10), round(y * 10)) for x, y in projected]
    steps = [(right[0] - left[0], right[1] - left[1]) for left, right in pairwise(points)]
    moved = " ".join(f"{dx} {dy}" for dx, dy in steps[:-1] if dx or dy).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{moved}z" if moved else ""


def _growth(places: Sequence[Place], area: float) -> float:
    """Return the radius of one case: the circle of the most cases is not too large, and all leave the land in sight."""
    counts = [place.count for place in places] or [1]
    return min(_GROWTH, _LARGEST / sqrt(max(counts)), sqrt(_COVERED * area / (pi * sum(counts))))


def _circles(places: Sequence[Place], panel: Panel, growth: float) -> list[Circle[Place]]:
    return parted(
        [
            Circle(place, place.x * panel.scale, place.y * panel.scale, _radius(place.count, growth))
            for place in sorted(places, key=lambda place: (-place.count, place.term.id))
        ],
        panel.frame,
    )


def _radius(count: int, growth: float) -> float:
    return max(growth * sqrt(count), _SMALLEST, _DIGIT * len(f"{count:,}"))


def _thread(circle: Circle[Place]) -> str:
    if hypot(circle.x - circle.home_x, circle.y - circle.home_y) < _SMALLEST / 2:
        return ""
    ends = [number(value) for value in (circle.home_x, circle.home_y, circle.x, circle.y)]
    return f'<path d="M{ends[0]} {ends[1]}L{ends[2]} {ends[3]}"/><circle cx="{ends[0]}" cy="{ends[1]}" r="2"/>'


def _mark(circle: Circle[Place], label: tuple[float, float, str] | None, page: Page) -> str:
    x, y, place = number(circle.x), number(circle.y), circle.of
    name = ""
    if label:
        left, top, anchor = label
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        name = f'<text class="name" x="{number(left)}" y="{number(top)}"{side}>{escape(place.term.label)}</text>'
    inner = (
        f'<circle cx="{x}" cy="{y}" r="{number(circle.radius)}"/>'
        f'<text class="count" x="{x}" y="{number(circle.y + 4.3)}">{place.count:,}</text>{name}'
    )
    title = f"{place.term.label}: {plural(place.count, 'case')}"
    return link(page.href(f"countries/{place.term.id.lower()}/"), title, inner, "place")


def _europe_note(frame: Box, countries: int, cases: int) -> str:
    x, y = number((frame.left + frame.right) / 2), frame.top + frame.height / 2
    lines = (_NEARBY, plural(cases, "case"), f"in {plural(countries, 'country', 'countries')},", "drawn larger below")
    words = "".join(
        f'<text x="{x}" y="{number(y - 14 + 15 * index)}">{line}</text>' for index, line in enumerate(lines)
    )
    corner, size = f'x="{number(frame.left)}" y="{number(frame.top)}"', (number(frame.width), number(frame.height))
    inner = f'<rect {corner} width="{size[0]}" height="{size[1]}" rx="6"/>{words}'
    return link("#map-europe", f"{_NEARBY}, drawn larger below", inner, "europe-note")
