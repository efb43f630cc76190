"""What the word at a place means: a field, a term of a vocabulary, another item, a source, or a lesson."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casebook.registry import BEST_PRACTICE, CASE_STUDY
from casebook.text import CITATION

if TYPE_CHECKING:
    from casebook.editor.item import OpenItem
    from casebook.editor.mark import Mark, Steps

_LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")


class Target(StrEnum):
    """What an id can name."""

    TERM = "term"
    ITEM = "item"
    CASE = "case"
    PRACTICE = "practice"
    CASE_LESSON = "lesson of a case"
    SOURCE = "source"
    FACTOR = "factor"
    LESSON = "lesson"
    ROLE = "role"
    INJECT = "inject"
    FIELD = "field"


# The lists of an item's own in which these stand, and the field that names an entry.
OWN = {
    Target.SOURCE: ("sources", "id"),
    Target.FACTOR: ("factors", "factor"),
    Target.LESSON: ("lessons", "id"),
    Target.ROLE: ("roles", "id"),
    Target.INJECT: ("injects", "id"),
}
# What names another item, and the kind that it must be; any will do where there is none.
ITEMS = {Target.ITEM: None, Target.CASE: CASE_STUDY, Target.PRACTICE: BEST_PRACTICE}
# Fields whose text is the id of something else. The schema knows their form alone.
_FIELDS = {
    ("superseded_by",): Target.ITEM,
    ("related", "id"): Target.ITEM,
    ("counter_cases", "id"): Target.CASE,
    ("grown_from", "id"): Target.CASE,
    ("steps", "item"): Target.ITEM,
    ("steps", "questions", "lesson"): Target.CASE_LESSON,
    ("injects", "to"): Target.ROLE,
    ("injects", "branches", "inject"): Target.INJECT,
    ("injects", "lessons"): Target.CASE_LESSON,
    ("evaluation", "lessons"): Target.CASE_LESSON,
    ("injects", "practices"): Target.PRACTICE,
    ("evaluation", "practices"): Target.PRACTICE,
    ("lessons", "practices"): Target.PRACTICE,
    ("lessons", "factors"): Target.FACTOR,
    ("teaching", "questions", "lesson"): Target.LESSON,
    ("teaching", "self_check", "lesson"): Target.LESSON,
}


@dataclass(frozen=True, slots=True)
class Reference:
    """An id in a line, from `start` to `end`, and what it names; a field is named by the steps to it."""

    target: Target
    id: str
    start: int
    end: int
    steps: Steps = ()
    vocabulary: str = ""


def target_of(item: OpenItem, steps: Steps) -> Target | None:
    """Return what the value to which steps lead is the id of, or None for any other value."""
    names = tuple(step for step in steps if isinstance(step, str))
    if names in _FIELDS:
        return _FIELDS[names]
    if len(names) > 1 and names[-1] == "sources" and isinstance(steps[-1], int):
        return Target.SOURCE
    return Target.TERM if "enum" in item.schema(steps) else None


def reference_at(item: OpenItem, line: int, column: int) -> Reference | None:
    """Return what the word at a place means, or None for words that mean nothing to the Casebook."""
    text = item.line(line)
    for match in CITATION.finditer(text):
        if match.start() <= column <= match.end():
            return Reference(Target.SOURCE, match[1], match.start(), match.end())
    if not item.outline.holds(line):
        return _link(item, text, column)
    mark = item.outline.at(line, column)
    return _marked(item, mark) if mark and mark.text else None


def _marked(item: OpenItem, mark: Mark) -> Reference | None:
    if mark.what == "key":
        return Reference(Target.FIELD, mark.text, mark.start, mark.end, mark.steps)
    target = target_of(item, mark.steps)
    if target is None:
        return None
    vocabulary = str(item.schema(mark.steps).get("x-vocabulary", ""))
    return Reference(target, mark.text, mark.start, mark.end, mark.steps, vocabulary)


def _link(item: OpenItem, text: str, column: int) -> Reference | None:
    for match in _LINK.finditer(text):
        if match.start() <= column <= match.end():
            address = match[1].partition("#")[0]
            path = posixpath.normpath(posixpath.join(posixpath.dirname(item.path), address))
            found = next((one for one in item.known.items.values() if one.path == path), None)
            return Reference(Target.ITEM, found.stem, match.start(), match.end()) if found else None
    return None
