"""The deck of an item that was withdrawn: its address still answers, and says why and what to use instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.dates import EventDate
from casebook.slides.deck import PLAIN, Slide, entry, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.slides.words import Words

_SECTION = "Withdrawn"


def slides(words: Words) -> Iterator[Slide]:
    """Yield the one slide of a withdrawn item."""
    item = words.item
    day = f" on {EventDate.parse(item.last_changed)}" if item.last_changed else ""
    successor = words.library.named(item.superseded_by)
    place = words.place_of(successor) if successor else ""
    shown = [
        entry(run(f"This {item.kind.label.lower()} was withdrawn{day}.", bold=True), style=PLAIN),
        words.entry(item.withdrawn_reason, style=PLAIN),
        *(
            [entry("Use instead: ", run(successor.title, bold=True), " ", run(place, link=place), style=PLAIN)]
            if successor
            else []
        ),
        entry("Please do not teach with earlier copies of these slides.", style=PLAIN),
    ]
    notes = (f"What is left of it, with the history of its versions: {words.place}",)
    yield Slide(f"Withdrawn: {item.title}", tuple(shown), notes=notes, section=_SECTION)
