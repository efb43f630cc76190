"""What a rule looks at: one item, its parsed body, and all other items.

Front matter may still have the wrong shape when a rule sees it, because one fault must not hide another. The readers
here therefore give only what has the shape that they promise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebook.finding import Location
    from casebook.load import Document
    from casebook.release import Release
    from casebook.screen import Screen
    from casebook.sentences import Sentence
    from casebook.vocabulary import Vocabularies

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """What a rule may know of all items, gathered once.

    `corpus` is every document by its id, `by_path` by its path, and `namesakes` the paths of files that share an id.
    `sentences` are the paths of items by their sentences (folded, without citations), and `answering` the practices to
    which a lesson leads, or None when a file could not be read. `former` are the paths of items by their former ids,
    and `released` the released versions by id and number.
    """

    corpus: Mapping[str, Document]
    by_path: Mapping[str, Document]
    namesakes: Mapping[str, Sequence[str]]
    sentences: Mapping[str, Sequence[str]]
    answering: frozenset[str] | None
    former: Mapping[str, Sequence[str]] = field(default_factory=dict)
    released: Mapping[str, Mapping[int, Release]] = field(default_factory=dict)

    def holder(self, name: str) -> Document | None:
        """Return the document that has an id, or had it before; None where there is none."""
        paths = self.former.get(name, ())
        return self.corpus.get(name) or (self.by_path.get(paths[0]) if paths else None)


@dataclass(frozen=True)
class Subject:
    """One item with everything that a rule may look at.

    `data` is the typed front matter, `stream` the tokens of the body, `sentences` those of its prose.
    """

    document: Document
    data: Mapping[str, Any]
    stream: Sequence[Token]
    pieces: Sequence[text.Piece]
    sentences: Sequence[Sentence]
    index: Index
    vocabularies: Vocabularies
    screen: Screen

    @property
    def corpus(self) -> Mapping[str, Document]:
        """Every document by its id."""
        return self.index.corpus

    @property
    def released(self) -> Release | None:
        """The release of the version that the item says it is, also under a former id; None without one."""
        version = self.data.get("version")
        names = (self.document.stem, *(name for _, name in strings(self.data.get("aliases"))))
        known = (self.index.released.get(name, {}) for name in names)
        return next((one[version] for one in known if version in one), None) if isinstance(version, int) else None

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

    def by_section(self) -> Iterator[tuple[text.Piece, list[Sentence]]]:
        """Yield each heading of level 2 with the sentences below it."""
        heads = [piece for piece in self.pieces if piece.what == "heading" and piece.more == "2"]
        ends = [*(head.line for head in heads[1:]), len(self.document.body)]
        for head, end in zip(heads, ends[: len(heads)], strict=True):
            yield head, [sentence for sentence in self.sentences if head.line < sentence.line < end]

    @cached_property
    def texts(self) -> tuple[tuple[Steps, str], ...]:
        """Every text of the front matter with the steps that lead to it."""
        return tuple(texts(self.data))

    def sourced(self) -> Iterator[tuple[Steps, str]]:
        """Yield every source id that a `sources` list below an entry names, with the steps that lead to it."""
        for steps, value in self.texts:
            if len(steps) > 2 and steps[-2] == "sources" and isinstance(steps[-1], int):  # noqa: PLR2004
                yield steps, value

    def cited_in_texts(self) -> Iterator[tuple[Steps, str]]:
        """Yield every source id that a citation in a text of the front matter names."""
        for steps, value in self.texts:
            if "[^" in value:
                yield from ((steps, source) for source in text.citations(value))

    def cited_in_body(self) -> Iterator[tuple[Location, str]]:
        """Yield every source id that a citation in the body names, with its location."""
        for piece in self.pieces:
            if piece.what == "citation":
                yield self.document.at_body(piece.line, piece.column), piece.text


def texts(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Yield every text below a value with the steps that lead to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, (*steps, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from texts(part, (*steps, index))


def strings(value: Any) -> Iterator[tuple[int, str]]:
    """Yield index and text of each text in a list."""
    for index, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, str):
            yield index, entry
