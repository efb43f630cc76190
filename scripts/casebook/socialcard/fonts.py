"""Typefaces for pictures: Inter from its npm package, and for other scripts what the system has.

A text is drawn piece by piece, each with the first typeface that has its characters. A text with a character that no
typeface has is not drawn at all: a row of boxes, or half a title, would be worse than none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
_SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext")
# By file name: Pillow looks for it in the folders of Linux, macOS and Windows.
_SYSTEM = (
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansThai-Bold.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "DejaVuSans-Bold.ttf",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "Thonburi.ttc",
    "YuGothB.ttc",
    "msyhbd.ttc",
    "malgunbd.ttf",
    "leelawdb.ttf",
    "Nirmala.ttf",
    "arialbd.ttf",
)
# Marks and joiners belong to the character before them, and are drawn with its typeface.
_JOINED = ("Mn", "Me", "Mc", "Cf")


@dataclass(slots=True)
class Face:
    """One file of a typeface; `weight` can be chosen where the file is variable."""

    path: str
    variable: bool
    sized: dict[tuple[int, int], ImageFont.FreeTypeFont] = field(default_factory=dict)
    known: frozenset[int] | None = None

    def has(self, characters: str) -> bool:
        """Say whether the face has every one of some characters; joiners that are not seen do not count."""
        if self.known is None:
            with TTFont(self.path, fontNumber=0, lazy=True) as file:
                self.known = frozenset(file.getBestCmap() or ())
        return all(ord(one) in self.known for one in characters if unicodedata.category(one) != "Cf")

    def at(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        """Return the face in a size in pixels."""
        font = self.sized.get((size, weight))
        if font is None:
            font = ImageFont.truetype(self.path, size)
            if self.variable:
                font.set_variation_by_axes([weight])
            self.sized[size, weight] = font
        return font


@dataclass(frozen=True)
class Fonts:
    """The faces of Inter, and those of the system, which are looked for when a text needs one."""

    inter: Sequence[Face]
    chosen: dict[str, Face | None] = field(default_factory=dict)

    @cached_property
    def faces(self) -> Sequence[Face]:
        """Every face, in the order in which they are asked."""
        return [*self.inter, *_system()]

    def pieces(self, text: str) -> list[tuple[Face, str]] | None:
        """Return a text as pieces, each with its face; None when a character has none."""
        found: list[tuple[Face, str]] = []
        for cluster in clusters(text):
            face = self._face(cluster, found[-1][0] if found else None)
            if face is None:
                return None
            if found and found[-1][0] is face:
                found[-1] = (face, found[-1][1] + cluster)
            else:
                found.append((face, cluster))
        return found

    def _face(self, cluster: str, last: Face | None) -> Face | None:
        # A blank stays with what stands before it, and so do marks and signs of another script.
        if last and (cluster.isspace() or (last not in self.inter and not cluster.isascii() and last.has(cluster))):
            return last
        if cluster not in self.chosen:
            named = (face for face in self.inter if face.has(cluster))
            self.chosen[cluster] = next(named, None) or next((face for face in self.faces if face.has(cluster)), None)
        return self.chosen[cluster]


def load(node_modules: Path) -> Fonts | None:
    """Return the typefaces; None where the package with Inter is not installed."""
    paths = [node_modules / _INTER.format(subset) for subset in _SUBSETS]
    inter = [Face(str(path), variable=True) for path in paths if path.is_file()]
    return Fonts(inter) if inter else None


def clusters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with the marks that belong to it."""
    cluster = ""
    for one in text:
        if cluster and unicodedata.category(one) not in _JOINED:
            yield cluster
            cluster = ""
        cluster += one
    if cluster:
        yield cluster


def _system() -> Iterator[Face]:
    for name in _SYSTEM:
        try:
            path: Any = ImageFont.truetype(name, 20).path
            with TTFont(path, fontNumber=0, lazy=True):
                yield Face(str(path), variable=False)
        except (OSError, TTLibError):
            continue
