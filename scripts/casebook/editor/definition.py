"""Where the thing stands that the word under the cursor names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.editor.lesson import lesson
from casebook.editor.reference import ITEMS, OWN, Target, reference_at
from casebook.finding import Location
from casebook.vocabulary import place_of

if TYPE_CHECKING:
    from casebook.editor.item import OpenItem


def definition(item: OpenItem, line: int, column: int) -> Location | None:
    """Return where the source, lesson, item or term at a place is defined, or None.

    A factor in a lesson leads to the factor of the case, and from there to its vocabulary.
    """
    reference = reference_at(item, line, column)
    if reference is None:
        return None
    if reference.target in ITEMS:
        document = item.known.items.get(reference.id)
        return Location(document.path) if document else None
    if reference.target is Target.CASE_LESSON:
        found = lesson(item, reference.steps, reference.id)
        return found[0] if found else None
    if reference.target in OWN:
        name, key = OWN[reference.target]
        for mark in item.entries(name, key):
            if mark.text == reference.id:
                return Location(item.path, mark.line + 1, mark.start + 1)
    return place_of(item.known.paths, reference.vocabulary, reference.id) if reference.vocabulary else None
