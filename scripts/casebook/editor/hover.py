"""What an editor says about the word under the pointer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook.editor.lesson import lesson
from casebook.editor.reference import OWN, Target, reference_at
from casebook.finding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.editor.item import OpenItem
    from casebook.editor.mark import Mark
    from casebook.editor.reference import Reference

_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#!|~&]")
NEEDED = {"always": "Needed now, also in a draft.", "to publish": "Needed before publication.", "": "May be left out."}


@dataclass(frozen=True, slots=True)
class Hover:
    """Words about a part of a line, from `start` to `end`, in Markdown."""

    text: str
    start: int
    end: int


def hover(item: OpenItem, line: int, column: int) -> Hover | None:
    """Return what is to be said about the word at a place, or None."""
    reference = reference_at(item, line, column)
    text = about(item, reference) if reference else ""
    return Hover(text, reference.start, reference.end) if reference and text else None


def plain(text: str) -> str:
    """Return a text so that no part of it acts as Markdown: an item must not make an editor fetch a picture."""
    return _MARKUP.sub(r"\\\g<0>", text)


def about(item: OpenItem, reference: Reference) -> str:
    """Return what is to be said about what a reference names; nothing where there is no such thing."""
    match reference.target:
        case Target.FIELD:
            return about_field(item, *reference.steps)
        case Target.ITEM | Target.CASE | Target.PRACTICE:
            return about_item(item, reference.id)
        case Target.CASE_LESSON:
            found = lesson(item, reference.steps, reference.id)
            return plain(found[1]) if found else ""
        case Target.SOURCE | Target.LESSON | Target.ROLE | Target.INJECT:
            return _about_own(item, reference)
        case _:
            return about_term(item, reference.vocabulary, reference.id)


def about_field(item: OpenItem, *steps: str | int) -> str:
    """Return title, description and example of a field, and when it is needed."""
    schema = item.schema(steps)
    if not schema:
        return ""
    parts = [f"**{plain(str(schema.get('title', steps[-1])))}**", plain(schema.get("description", ""))]
    parts += [NEEDED[item.shape.needed(*steps)], _example(schema)]
    return "\n\n".join(part for part in parts if part)


def _example(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples")
    if not examples:
        return ""
    shown = examples[0] if isinstance(examples[0], str) else json.dumps(examples[0], ensure_ascii=False)
    return f"Example: `{on_one_line(shown)}`"


def about_term(item: OpenItem, vocabulary: str, term_id: str) -> str:
    """Return label and definition of a term."""
    known = item.known.vocabularies.get(vocabulary)
    term = known.get(term_id) if known else None
    return "\n\n".join(filter(None, (f"**{plain(term.label)}**", plain(term.definition)))) if term else ""


def about_item(item: OpenItem, item_id: str) -> str:
    """Return title and summary of another item."""
    document = item.known.items.get(item_id)
    if document is None:
        return ""
    title, summary = (document.data.get(key) for key in ("title", "summary"))
    head = f"**{plain(title)}**" if isinstance(title, str) else ""
    rest = plain(summary.strip()) if isinstance(summary, str) else ""
    return "\n\n".join(filter(None, (head, document.kind.label, rest)))


def _about_own(item: OpenItem, reference: Reference) -> str:
    name, key = OWN[reference.target]
    mark = next((mark for mark in item.entries(name, key) if mark.text == reference.id), None)
    return about_own(item, reference.target, mark) if mark else ""


def about_own(item: OpenItem, target: Target, mark: Mark) -> str:
    """Return what the item itself says of one of its sources, lessons, roles or injects; `mark` is its id."""
    fields = item.outline.fields(*mark.steps[:-1])
    if target is Target.SOURCE:
        about = (fields.get("author"), fields.get("year"), fields.get("type"), fields.get("url"))
        title = plain(fields.get("title") or mark.text)
        return "\n\n".join(filter(None, (f"**{title}**", plain(", ".join(filter(None, about))))))
    head = plain(fields.get("lesson") or fields.get("title") or mark.text)
    return "\n\n".join(filter(None, (head, plain(fields.get("brief") or fields.get("text") or ""))))
