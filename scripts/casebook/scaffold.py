"""A new item as its author finds it: a draft that passes the checker, with what is still to be written in comments."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casebook import yamltree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.shape import Shape
    from casebook.vocabulary import Term

_FIRST = ("id", "title", "summary", "status", "topics", "sources")

# Words that say nothing in an id.
_SMALL = re.compile("an?|and|as|at|by|for|from|in|into|is|it|of|on|or|the|to|was|were|what|when|who|with|without")
_LONGEST_ID = 40
SOURCE_TYPE = "official-report"


@dataclass(frozen=True, slots=True)
class Answers:
    """What an author says at the beginning: enough for a draft.

    A kind that needs no sources has none. `suggested` holds parts of further fields; they stand in the example of the
    field, as a comment.
    """

    id: str
    title: str
    summary: str
    topic: str
    source: str = ""
    url: str = ""
    source_type: str = SOURCE_TYPE
    suggested: Mapping[str, Any] = field(default_factory=dict)


def proposed_id(title: str) -> str:
    """Return an id made of the telling words of a title and its last year; nothing where no Latin letter is left."""
    plain = unicodedata.normalize("NFKD", title.translate({ord("\u2019"): "", ord("'"): ""}))
    words = re.findall(r"[a-z0-9]+", "".join(one for one in plain.lower() if not unicodedata.combining(one)))
    years = [word for word in words if re.fullmatch(r"(1[89]|20)\d\d", word)][-1:]
    kept: list[str] = []
    for word in words:
        if _SMALL.fullmatch(word) or word in years or word in kept:
            continue
        if len("-".join([*kept, word, *years])) > _LONGEST_ID:
            break
        kept.append(word)
    return "-".join([*kept, *years]) if kept else ""


def terms_meant(answer: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms that an answer means: by their number in the list from 1, their id, or a part of their words."""
    folded = answer.casefold().strip()
    if folded.isascii() and folded.isdigit():
        return list(terms[int(folded) - 1 : int(folded)]) if 0 < int(folded[:9]) <= len(terms) else []
    exact = [term for term in terms if folded in (term.id, term.label.casefold())]
    return exact or [term for term in terms if folded and (folded in term.id or folded in term.label.casefold())]


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
        **({"sources": [source]} if answers.source else {}),
    }
    lines = [_field(key, value) for key, value in values.items()]
    comments = "\n".join(_comments(shape, answers.suggested))
    body = "\n\n".join(
        f"## {section.heading}\n\n{section.description}{' [^s1]' if answers.source else ''}"
        for section in shape.kind.sections
    )
    head = "# Fields below are needed before publication. Remove the # where you fill one in."
    return "\n".join(["---", *lines, "", head, comments, "---", "", body, ""])


def item(values: Mapping[str, Any], body: str) -> str:
    """Return the file of an item with these fields, in this order, and this text."""
    return "\n".join(["---", *(_field(key, value) for key, value in values.items()), "---", "", body, ""])


def _comments(shape: Shape, suggested: Mapping[str, Any]) -> Iterator[str]:
    for name in shape.schema["properties"]:
        if name in _FIRST or name in ("withdrawn_reason", "superseded_by", "aliases", "reviews"):
            continue
        part = shape.part(name) or {}
        yield f"#\n# {part.get('title', name)}: {part.get('description', '')}"
        yield textwrap.indent(_field(name, _example(part, suggested.get(name))), "# ")


def _example(part: Mapping[str, Any], suggested: Any) -> Any:
    example = (part.get("examples") or [""])[0]
    if isinstance(example, dict) and isinstance(suggested, dict):
        return {**example, **suggested}
    return example if suggested is None else suggested


def _field(name: str, value: Any) -> str:
    return yamltree.written({name: value})
