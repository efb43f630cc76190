"""What a field of the data is, once: schemas, data dictionary and documentation all follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Type:
    """Type of a value: in the words of the documentation, as JSON Schema, and as Table Schema for a cell of a table."""

    words: str
    schema: Mapping[str, Any]
    column: Mapping[str, Any]


_DAY = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
TEXT = Type("text", {"type": "string"}, {"type": "string"})
DAY = Type("text", {"type": "string", "pattern": _DAY}, {"type": "date"})
NUMBER = Type("number", {"type": "integer"}, {"type": "integer"})
TRUTH = Type(
    "true or false",
    {"type": "boolean"},
    {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]},
)
TEXTS = Type("list of texts", {"type": "array", "items": {"type": "string"}}, {"type": "string"})
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the type of its value, and what it means.

    `terms` are the only values that it can have; none mean any. `filled` says that it is never empty, `alone` that no
    two rows of a table share a value.
    """

    name: str
    type: Type
    meaning: str
    title: str = ""
    terms: tuple[str, ...] = ()
    filled: bool = False
    alone: bool = False
    within: Mapping[str, Any] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        enumeration = {"enum": list(self.terms)} if self.terms else {}
        return {**self.type.schema, **enumeration, **self.within, "description": self.meaning}

    @property
    def column(self) -> dict[str, Any]:
        """The field as a column of a table, in the form of Table Schema."""
        constraints = {
            "required": self.filled or None,
            "unique": self.alone or None,
            "enum": list(self.terms) or None,
        }
        known = {key: value for key, value in constraints.items() if value}
        separated = f" Values are separated by `{SEPARATOR}`, without spaces." if self.type is TEXTS else ""
        return {
            "name": self.name,
            "title": self.title or self.name.replace("_", " ").capitalize(),
            **self.type.column,
            "description": f"{self.meaning}{separated}",
            **({"constraints": known} if known else {}),
        }


def closed(properties: Mapping[str, Any], required: Iterable[str], **words: Any) -> dict[str, Any]:
    """Return the JSON Schema of an object that has these properties and no other ones."""
    shape = {"properties": dict(properties), "required": list(required), "additionalProperties": False}
    return {"type": "object", **words, **shape}


def whole(fields: Iterable[Field], **words: Any) -> dict[str, Any]:
    """Return the JSON Schema of an object that has all of these fields and no other ones."""
    known = list(fields)
    return closed({one.name: one.schema for one in known}, [one.name for one in known], **words)
