"""What a rule looks at: one item, its parsed body, and all other items.

Front matter may still have the wrong shape when a rule sees it, because one fault must not hide another. The readers
here therefore give only what has the shape that they promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebook.finding import Location
    from casebook.load import Document
    from casebook.vocabulary import Vocabularies

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One item with everything that a rule may look at.

    `data` is the typed front matter, `stream` the tokens of the body, `corpus` every document by its id, and
    `namesakes` the paths of files that share an id.
    """

    document: Document
    data: Mapping[str, Any]
    stream: Sequence[Token]
    pieces: Sequence[text.Piece]
    corpus: Mapping[str, Document]
    namesakes: Mapping[str, Sequence[str]]
    vocabularies: Vocabularies

    @property
    def source_ids(self) -> list[str]:
        """Ids of the sources that the item defines, in their order."""
        return [source["id"] for _, source in self.entries("sources") if isinstance(source.get("id"), str)]

    def entries(self, *steps: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield index and fields of each entry of a list of fields."""
        value: Any = self.data
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        for index, entry in enumerate(value if isinstance(value, list) else []):
            if isinstance(entry, dict):
                yield index, entry

    def texts(self) -> Iterator[tuple[Steps, str]]:
        """Yield every text of the front matter with the steps that lead to it."""
        yield from _texts(self.data, ())

    def sourced(self) -> Iterator[tuple[Steps, str]]:
        """Yield every source id that a `sources` list below an entry names, with the steps that lead to it."""
        for steps, value in self.texts():
            if len(steps) > 2 and steps[-2] == "sources" and isinstance(steps[-1], int):  # noqa: PLR2004
                yield steps, value

    def cited_in_texts(self) -> Iterator[tuple[Steps, str]]:
        """Yield every source id that a citation in a text of the front matter names."""
        for steps, value in self.texts():
            if "[^" in value:
                yield from ((steps, source) for source in text.citations(value))

    def cited_in_body(self) -> Iterator[tuple[Location, str]]:
        """Yield every source id that a citation in the body names, with its location."""
        for piece in self.pieces:
            if piece.what == "citation":
                yield self.document.at_body(piece.line, piece.column), piece.text


def _texts(value: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*steps, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, (*steps, index))


def strings(value: Any) -> Iterator[tuple[int, str]]:
    """Yield index and text of each text in a list."""
    for index, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, str):
            yield index, entry
