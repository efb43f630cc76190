"""Circles and their names on a map, so that none covers another; the same circles always come to the same places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import cos, hypot, sin
from typing import TYPE_CHECKING, Generic, TypeVar

from casebook.render.drawings.svg import LETTER, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")
_ROUNDS, _SPACE = 240, 2.0
_SIZE, _LINE = 12.5, 14.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def within(self, other: Box) -> bool:
        """Say whether the whole box lies inside another."""
        return other.holds(self.left, self.top) and other.holds(self.right, self.bottom)

    def meets(self, other: Box) -> bool:
        """Say whether two boxes overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def scaled(self, scale: float) -> Box:
        """Return the box in a drawing of another scale."""
        return Box(self.left * scale, self.top * scale, self.right * scale, self.bottom * scale)


@dataclass(slots=True)
class Circle(Generic[T]):
    """A circle for something: where it belongs, and where it stands after those that overlap were parted."""

    of: T
    home_x: float
    home_y: float
    radius: float
    x: float = 0
    y: float = 0

    @property
    def box(self) -> Box:
        """The box around the circle."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


def parted(circles: Sequence[Circle[T]], frame: Box) -> list[Circle[T]]:
    """Return the circles moved apart as little as is needed, none over the edge of the frame."""
    moved = [replace(circle, x=circle.home_x, y=circle.home_y) for circle in circles]
    for _ in range(_ROUNDS):
        crowded = [_push(one, other) for one, other in combinations(moved, 2)]
        for circle in moved:
            _hold(circle, frame)
        if not any(crowded):
            break
    return moved


def _push(one: Circle[T], other: Circle[T]) -> bool:
    dx, dy = other.x - one.x, other.y - one.y
    wanted = one.radius + other.radius + _SPACE
    if abs(dx) >= wanted or abs(dy) >= wanted:
        return False
    distance = hypot(dx, dy)
    if distance >= wanted:
        return False
    if distance == 0:
        # Two at one point part in a direction that depends on nothing but their sizes and their place.
        dx, dy, distance = cos(one.x + one.radius), sin(one.x + one.radius), 1.0
    # The larger circle moves less.
    push = (wanted - hypot(other.x - one.x, other.y - one.y) + 0.1) / distance
    share = other.radius**2 / (one.radius**2 + other.radius**2)
    one.x, one.y = one.x - dx * push * share, one.y - dy * push * share
    other.x, other.y = other.x + dx * push * (1 - share), other.y + dy * push * (1 - share)
    return True


def _hold(circle: Circle[T], frame: Box) -> None:
    edge = circle.radius + 1
    circle.x = min(max(circle.x, frame.left + edge), frame.right - edge)
    circle.y = min(max(circle.y, frame.top + edge), frame.bottom - edge)


def labelled(
    circles: Sequence[Circle[T]], names: Sequence[str], frame: Box, full: Sequence[Box] = ()
) -> list[tuple[float, float, str] | None]:
    """Return for each circle where its name stands and how it is anchored, or None where there is no room.

    A name stands inside the frame and outside of what is full.
    """
    taken = [*full, *(circle.box for circle in circles)]
    found: list[tuple[float, float, str] | None] = []
    for circle, name in zip(circles, names, strict=True):
        free = next((one for one in _spots(circle, name) if _is_free(one[3], taken, frame)), None)
        found.append(free[:3] if free else None)
        if free:
            taken.append(free[3])
    return found


def _spots(circle: Circle[T], name: str) -> Iterator[tuple[float, float, str, Box]]:
    """Yield the places for a name from the best to the worst: left edge or middle, base line, anchor, box."""
    length, radius = width(name) * _SIZE * LETTER, circle.radius + 3
    for anchor, x, left in (
        ("start", circle.x + radius, circle.x + radius),
        ("end", circle.x - radius, circle.x - radius - length),
    ):
        for lift in (0.0, -0.5, 0.5):
            top = circle.y + lift * circle.radius - _LINE / 2
            yield x, top + _LINE * 0.8, anchor, Box(left, top, left + length, top + _LINE)
    below, above = circle.y + radius - 1, circle.y - radius - _LINE + 1
    for top in (below, above, below + _LINE / 2, above - _LINE / 2):
        for anchor, share in (("middle", 0.5), ("start", 0.1), ("end", 0.9)):
            left = circle.x - length * share
            x = left + length * {"middle": 0.5, "start": 0, "end": 1}[anchor]
            yield x, top + _LINE * 0.8, anchor, Box(left, top, left + length, top + _LINE)


def _is_free(box: Box, taken: Sequence[Box], frame: Box) -> bool:
    return box.within(frame) and not any(box.meets(other) for other in taken)
