"""What a template asks: the fields of a kind of item, from its schema, with the words by which they are found again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.registry import Kind
    from casebook.shape import Shape
    from casebook.vocabulary import Vocabularies

# What an editor writes when an item is taken in or changes: no author is asked for it.
_FORMER = "aliases"
OF_EDITORS = frozenset({"status", "withdrawn_reason", "superseded_by", _FORMER, "version", "history", "reviews"})
NOW, LATER = "Needed now.", "Needed before publication."
ASKED, ANSWER = "What is asked", "Your answer"
SECTION = "Text: "
MOST_CHOICES = 20
LISTED = {"topics": "Topics", "factors": "Factors", "guidance": "Guidance", "centres": "Centres"}
HEADINGS = ("Before you write: safety", "How to fill in this file", "The fields", "The text")
MANY_BLOCKS, FEW_BLOCKS = 5, 3
LONGEST_ID = 60
BAR = " | "
# So many entries of a list inside a block are found again; the template has room for `FEW_BLOCKS`.
MOST_INSIDE = 12
_LONG = 10
_SHORT = 80
# Texts of one or a few sentences are not longer; see `text` in common.schema.json.
_LONG_TEXT = 1200
_REFERS = {"sources": "sources", "lesson": "lessons"}
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4", "'") | dict.fromkeys("\u201c\u201d\u201e", '"'))
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked.

    `terms` are the ids and labels of its vocabulary; `fields` are the fields of which it consists. `many` says that it
    is a list. `refers` is the field whose entries it names by id; `made` says that an id is made when none is given.
    `steps` lead to the answer of a row inside its block: a name, or a list with a number from 0 and what is in it.
    `parts` are the fields of entries that stand in one row, each entry on a line, with a bar between its parts.
    """

    name: str
    title: str
    description: str
    example: str
    need: str
    type: str = "string"
    many: bool = False
    entry: str = ""
    most: int = 0
    length: int = 0
    vocabulary: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    refers: str = ""
    made: bool = False
    steps: tuple[str | int, ...] = ()
    parts: tuple[Field, ...] = ()

    def rows(self, blocks: int) -> Iterator[Field]:
        """Yield the rows of a block of this field: its fields, and inside it those of so many entries of a list."""
        for one in self.fields:
            if not one.fields:
                yield replace(one, steps=(one.name,))
            elif not any(inner.fields for inner in one.fields):
                yield replace(one, fields=(), steps=(one.name,), parts=one.fields, example=one.line)
            else:
                for number in range(blocks):
                    for row in one.rows(blocks):
                        title = f"{one.entry} {number + 1}: {row.title}"
                        yield replace(row, title=title, steps=(one.name, number, *row.steps))

    @property
    def line(self) -> str:
        """An example of an entry on one line."""
        return BAR.join(inner.example for inner in self.fields)

    @property
    def blocks(self) -> int:
        """How many empty blocks the template has for the entries of a list of fields."""
        return MANY_BLOCKS if self.most > _LONG * 2 else FEW_BLOCKS

    @property
    def has_paragraphs(self) -> bool:
        """Whether each line of the answer is a paragraph of its own."""
        return self.length > _LONG_TEXT

    @property
    def is_short(self) -> bool:
        """Whether several answers may stand on one line with commas between them."""
        return bool(self.terms or self.refers) or 0 < self.length <= _SHORT

    @property
    def help(self) -> tuple[str, ...]:
        """The paragraphs of explanation in the template; the last one is the example."""
        need = "Leave it empty and it will be made for you." if self.made else self.need
        titles = BAR.join(part.title for part in self.parts)
        one_a_line = f"Each on a line of its own, with a bar between its parts: {titles}." if titles else ""
        example = f"Example: {self.example}" if self.example else ""
        return tuple(
            words
            for words in (" ".join(filter(None, (self.description, need))), self.choices, one_a_line, example)
            if words
        )

    @property
    def choices(self) -> str:
        """How an answer from a vocabulary is chosen, or an empty text."""
        if not self.terms:
            return ""
        how = "Choose one or more, each on a line of its own" if self.many else "Choose one"
        if len(self.terms) <= MOST_CHOICES:
            return f"{how}: {'; '.join(self.terms.values())}."
        page = LISTED.get(self.vocabulary)
        where = (
            f"They are listed on the page '{page}' of the site." if page else "Write the name in English, or its code."
        )
        return f"{how}. {where}"


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that is asked for one kind of item."""

    kind: Kind
    fields: tuple[Field, ...]

    def targets(self) -> Iterator[tuple[str, tuple[Field, ...]]]:
        """Yield each heading under which tables stand, with the way of fields that leads there."""
        for one in self.fields:
            yield one.title, (one,)
            for inner in one.fields if not one.many else ():
                if inner.fields:
                    yield f"{one.title}: {inner.title}", (one, inner)


def form_of(shape: Shape, vocabularies: Vocabularies) -> Form:
    """Return what the template of a kind asks."""
    published = shape.schema.get("else", {}).get("then", {})
    return Form(shape.kind, tuple(_Reader(shape, vocabularies).fields(shape.schema, published, NOW)))


def folded(text: str) -> str:
    """Return a text as labels are compared: no matter which quotes, dashes, spaces, case and closing marks it has."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).translate(_QUOTES))
    return " ".join(re.sub("[\u200b\ufeff\u00ad]", "", plain).split()).casefold().rstrip(" :*.")


def slug(words: str) -> str:
    """Return words as an id: lower case letters, digits and hyphens; empty when nothing of them can be kept."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower().replace("'", "")
    name = "-".join(re.findall("[a-z0-9]+", plain))
    return name if len(name) <= LONGEST_ID else name[: LONGEST_ID + 1].rpartition("-")[0] or name[:LONGEST_ID]


@dataclass(frozen=True, slots=True)
class _Reader:
    shape: Shape
    vocabularies: Vocabularies

    def fields(self, schema: Mapping[str, Any], published: Mapping[str, Any], outer: str) -> Iterator[Field]:
        """Yield the fields of an object; `outer` says when the object itself is needed."""
        top = schema is self.shape.schema
        for name, given in schema["properties"].items():
            if name == _FORMER or (top and name in OF_EDITORS):
                continue
            need = outer if name in schema.get("required", ()) else ""
            if not need and name in published.get("required", ()):
                need = LATER
            later = published.get("properties", {}).get(name, {})
            yield self._field(
                name, self._part(given), need, later, made=name == "id" and (top or self._is_local(given))
            )

    def _part(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a part of the schema with what it refers to; what stands nearer to the field goes before."""
        own = {key: value for key, value in given.items() if key != "$ref"}
        target = str(given.get("$ref", "")).rpartition("/")[2]
        return {**self._part(self.shape.schema["$defs"][target]), **own} if target else own

    def _is_local(self, given: Mapping[str, Any]) -> bool:
        return str(given.get("$ref", "")).endswith("/localId")

    def _field(self, name: str, part: Mapping[str, Any], need: str, later: Mapping[str, Any], *, made: bool) -> Field:
        many = part.get("type") == "array"
        inner = self._part(part["items"]) if many else part
        published = later.get("items", {}) if many else later
        vocabulary = str(inner.get("x-vocabulary", ""))
        terms = self.vocabularies[vocabulary] if vocabulary else ()
        return Field(
            name=name,
            title=str(part.get("title", name)),
            description=str(part.get("description", "")),
            example="" if "properties" in inner else _example(part, inner),
            need="" if made else need,
            type=str(inner.get("type", "string")),
            many=many,
            entry=str(inner.get("title", name)),
            most=int(part.get("maxItems", FEW_BLOCKS)),
            length=int(inner.get("maxLength", 0)),
            vocabulary=vocabulary,
            terms={term.id: term.label for term in terms},
            fields=tuple(self.fields(inner, published, need or LATER)) if "properties" in inner else (),
            refers=_REFERS.get(name, "") if "pattern" in inner else "",
            made=made,
        )


def _example(part: Mapping[str, Any], inner: Mapping[str, Any]) -> str:
    example = (part.get("examples") or inner.get("examples") or [""])[0]
    return "; ".join(map(str, example)) if isinstance(example, list) else str(example)
