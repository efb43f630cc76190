"""A new item as its author finds it: a draft that passes the checker, with what is still to be written in comments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.shape import Shape

_FIRST = ("id", "title", "summary", "status", "topics", "sources")


@dataclass(frozen=True, slots=True)
class Answers:
    """What an author says at the beginning: enough for a draft."""

    id: str
    title: str
    summary: str
    topic: str
    source: str
    url: str = ""
    source_type: str = "official-report"


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
    lines = [f"{key}: {_flow(value)}" for key, value in values.items()]
    comments = "\n".join(_comments(shape))
    body = "\n\n".join(f"## {section.heading}\n\n{section.description} [^s1]" for section in shape.kind.sections)
    head = "# Fields below are needed before publication. Remove the # where you fill one in."
    return "\n".join(["---", *lines, "", head, comments, "---", "", body, ""])


def _comments(shape: Shape) -> Iterator[str]:
    for name, given in shape.schema["properties"].items():
        if name in _FIRST or name in ("withdrawn_reason", "superseded_by", "reviews"):
            continue
        part: Mapping[str, Any] = {**shape.resolved(given), **{key: one for key, one in given.items() if key != "$ref"}}
        yield f"#\n# {part.get('title', name)}: {part.get('description', '')}"
        yield f"# {name}: {_flow((part.get('examples') or [''])[0])}"


def _flow(value: Any) -> str:
    """Return a value on one line. JSON is YAML; plain words need no quotes."""
    text = json.dumps(value, ensure_ascii=False)
    plain = isinstance(value, str) and value.replace("-", "").isalnum() and not value[0].isdigit()
    return str(value) if plain else text
