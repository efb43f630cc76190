"""Lessons of cases, as other items name them: `<id of the case>#<id of the lesson>`.

A question of a learning path names a lesson by its id alone; the case is the item of its step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.registry import CASE_STUDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.editor.item import OpenItem
    from casebook.editor.mark import Steps
    from casebook.finding import Location


def named(item: OpenItem, steps: Steps, text: str) -> tuple[str, str]:
    """Return the ids of case and lesson that the text of a value names; either may be empty."""
    if steps[0] == "steps":
        return next((mark.text for mark in item.outline.values(*steps[:2], "item")), ""), text
    case, _, lesson = text.partition("#")
    return case, lesson


def lessons(item: OpenItem, case: str) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """Yield the lessons of a case that have an id, each with the place of that id; none of what is no case."""
    document = item.known.items.get(case)
    found = document.data.get("lessons") if document and document.kind is CASE_STUDY else None
    for index, one in enumerate(found if isinstance(found, list) else []):
        if document and isinstance(one, dict) and isinstance(one.get("id"), str):
            yield document.at("lessons", index, "id"), one


def lesson(item: OpenItem, steps: Steps, text: str) -> tuple[Location, str] | None:
    """Return place and words of the lesson that a value names by its id or a former one, or None."""
    case, name = named(item, steps, text)
    for where, one in lessons(item, case):
        former = one.get("aliases")
        if name == one["id"] or (isinstance(former, list) and name in former):
            return where, str(one.get("lesson", name))
    return None
