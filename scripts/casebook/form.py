"""What the web form must know of the repository, as one dictionary for JSON.

The form checks in the browser what `casebook check` checks here. Schemas, sections, the screen and the items to which a
new one can link come from this dictionary, so that nothing of them is written a second time in the browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.registry import Kind
    from casebook.screen import Pattern, Screen
    from casebook.shape import Shape, Shapes

# What the checker in the browser reads in a schema, and what no value can break.
KNOWN_KEYWORDS = frozenset(
    {
        *("type", "const", "enum", "pattern", "required", "uniqueItems", "additionalProperties"),
        *("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "minProperties"),
        "dependentRequired",
        *("$ref", "properties", "items", "if", "then", "else"),
    }
)
_WORDS_ONLY = frozenset({"$schema", "$id", "$defs", "title", "description", "examples", "enumDescriptions", "default"})


class Listed(Protocol):
    """What is told of an item to which another can link."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def status(self) -> str:
        """Its status."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def path(self) -> str:
        """Path of its file in the repository."""

    @property
    def aliases(self) -> Sequence[str]:
        """Ids that it had before."""

    @property
    def images(self) -> Sequence[str]:
        """Names of the pictures in its folder."""


def facts(shapes: Shapes, screen: Screen, items: Iterable[Listed]) -> dict[str, Any]:
    """Return what `docs/assets/js/form/check.js` needs.

    Args:
        shapes: the shapes of all kinds.
        screen: the checks for sensitive content.
        items: the items to which the form may link, in the order of their paths.

    Raises:
        CasebookError: if a schema uses a keyword that the browser does not know; it would let pass what is wrong.
    """
    return {
        "kinds": {name: _kind(shape) for name, shape in shapes.items()},
        "screen": [
            {"id": one.id, "label": one.label, "why": one.why, "remedy": one.remedy}
            | {"patterns": [_pattern(pattern) for pattern in one.patterns]}
            for one in screen
        ],
        "items": [_item(item) for item in items],
    }


def _kind(shape: Shape) -> dict[str, Any]:
    kind = shape.kind
    if unknown := sorted(set(_keywords(shape.schema)) - KNOWN_KEYWORDS - _WORDS_ONLY):
        raise CasebookError(f"the schema of {kind.name} uses `{unknown[0]}`, which the web form cannot check")
    return {
        "schema": shape.schema,
        "folder": kind.folder,
        "label": kind.label,
        "noun": kind.noun,
        "address": kind.address,
        "pages": list(kind.pages),
        "is_fiction": kind.is_fiction,
        "words": list(kind.words),
        "sections": [
            {"heading": section.heading, "description": section.description, "words": list(section.words)}
            for section in kind.sections
        ],
    }


def _keywords(schema: Any) -> Iterator[str]:
    """Yield the keywords of a schema and of all schemas below it; names that begin with `x-` are our own."""
    yield from (key for key in schema if not key.startswith("x-"))
    below = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    below += [schema[key] for key in ("items", "if", "then", "else") if key in schema]
    for part in below:
        yield from _keywords(part)


def _pattern(pattern: Pattern) -> dict[str, Any]:
    any_case = bool(pattern.match.flags & re.IGNORECASE)
    return {"match": pattern.match.pattern, "any_case": any_case, "near": list(pattern.near)}


def _item(item: Listed) -> dict[str, Any]:
    lessons = [str(name) for one in getattr(item, "lessons", ()) for name in (one.id, *getattr(one, "aliases", ()))]
    words = {"id": item.id, "kind": item.kind.name, "status": item.status, "title": item.title, "path": item.path}
    former = {"aliases": list(item.aliases)} if item.aliases else {}
    own = {one.id: one.lesson for one in getattr(item, "lessons", ())}
    said = {"lesson_words": own} if own else {}
    return words | {"lessons": lessons, "images": list(item.images)} | former | said
