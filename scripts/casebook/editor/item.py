"""An item as it stands in the editor, saved or not, and what is known around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook.editor.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.editor.mark import Mark, Steps
    from casebook.load import Document
    from casebook.paths import Paths
    from casebook.registry import Kind
    from casebook.shape import Shape, Shapes
    from casebook.vocabulary import Vocabularies

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the repository: vocabularies, shapes, and all saved items by their id."""

    paths: Paths
    vocabularies: Vocabularies
    shapes: Shapes
    items: Mapping[str, Document]


@dataclass(frozen=True)
class OpenItem:
    """An item that is being written: its path in the repository, its kind and its text."""

    path: str
    kind: Kind
    text: str
    known: Known

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines as the protocol and the checker count them."""
        return lines(self.text)

    @cached_property
    def outline(self) -> Outline:
        """The front matter as far as it can be read."""
        return Outline.of(self.lines)

    @property
    def shape(self) -> Shape:
        """The shape of the item's kind."""
        return self.known.shapes[self.kind.name]

    @property
    def stem(self) -> str:
        """The id that the name of the file gives to the item."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    def line(self, number: int) -> str:
        """Return a line, or an empty text where there is none."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def schema(self, steps: Steps) -> Mapping[str, Any]:
        """Return the schema of a value; an empty one where the schema knows no such value."""
        return self.shape.part(*steps) or {}

    def entries(self, name: str, key: str) -> Iterator[Mark]:
        """Yield the names of the entries of one of the item's own lists: sources, lessons or factors."""
        return (mark for mark in self.outline.values(name, "*", key) if mark.text)


def lines(text: str) -> list[str]:
    """Return the lines of a text as the protocol and the checker count them."""
    return _LINE_END.split(text)
