"""A new item as its author finds it: a draft that passes the checker, with what is still to be written in comments."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casebook import yamltree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.shape import Shape

_FIRST = ("id", "title", "summary", "status", "topics", "sources")


@dataclass(frozen=True, slots=True)
class Answers:
    """What an author says at the beginning: enough for a draft.

    `suggested` holds parts of further fields; they stand in the example of the field, as a comment.
    """

    id: str
    title: str
    summary: str
    topic: str
    source: str
    url: str = ""
    source_type: str = "official-report"
    suggested: Mapping[str, Any] = field(default_factory=dict)


def draft(shape: Shape, answers: Answers) -> str:
    """Return the file of a new item of a kind.

    The fields that the author answered come first. Every other field stands below as a comment with its meaning and an
    example, ready to be uncommented.
    """
    source = {"id": "s1", "title": answers.source, "type": answers.source_type}
    source |= {"url": answers.url} if answers.url else {}
    values: dict[str, Any] = {
        "id": answers.id,
        "title": answers.title,
        "summary": answers.summary,
        "status": "draft",
        "topics": [answers.topic],
        "sources": [source],
    }
    lines = [_field(key, value) for key, value in values.items()]
    comments = "\n".join(_comments(shape, answers.suggested))
    body = "\n\n".join(f"## {section.heading}\n\n{section.description} [^s1]" for section in shape.kind.sections)
    head = "# Fields below are needed before publication. Remove the # where you fill one in."
    return "\n".join(["---", *lines, "", head, comments, "---", "", body, ""])


def item(values: Mapping[str, Any], body: str) -> str:
    """Return the file of an item with these fields, in this order, and this text."""
    return "\n".join(["---", *(_field(key, value) for key, value in values.items()), "---", "", body, ""])


def _comments(shape: Shape, suggested: Mapping[str, Any]) -> Iterator[str]:
    for name, given in shape.schema["properties"].items():
        if name in _FIRST or name in ("withdrawn_reason", "superseded_by", "reviews"):
            continue
        part: Mapping[str, Any] = {**shape.resolved(given), **{key: one for key, one in given.items() if key != "$ref"}}
        yield f"#\n# {part.get('title', name)}: {part.get('description', '')}"
        yield textwrap.indent(_field(name, _example(part, suggested.get(name))), "# ")


def _example(part: Mapping[str, Any], suggested: Any) -> Any:
    example = (part.get("examples") or [""])[0]
    if isinstance(example, dict) and isinstance(suggested, dict):
        return {**example, **suggested}
    return example if suggested is None else suggested


def _field(name: str, value: Any) -> str:
    return yamltree.written({name: value})
