"""An exercise on paper: what all players may have, and all that the facilitator needs, as long as they are.

The edition of the players holds what stands on their briefing and no word more, so that it can be sent to everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.handout.items import common, places
from casebook.handout.page import Paper
from casebook.handout.sheet import INSTRUCTOR, Fit, Sheet
from casebook.model import Exercise
from casebook.render.exercises import play_of
from casebook.render.items import origins_of

if TYPE_CHECKING:
    from casebook.model import Item
    from casebook.render.page import Context

_SIZE = Fit(10)


def sheet(item: Item, edition: str, context: Context) -> Sheet:
    """Return the papers of an exercise in one of the two editions."""
    return Sheet(*places(item, edition), lambda fit: _html(item, edition, fit, context), (_SIZE,), 0)


def _html(item: Item, edition: str, fit: Fit, context: Context) -> str:
    page = Paper(context, item.address, item)
    values: dict[str, Any] = common(item, edition, context)
    if isinstance(item, Exercise) and edition == INSTRUCTOR:
        values |= {**play_of(item, context.library), "origins": origins_of(item, context.library)}
    if not item.sources:
        values["evidence"] = "A table-top exercise on a made-up site"
    template = context.environment.get_template("exercise.html.j2")
    html: str = template.render(page=page, item=item, fit=fit, questions=(), **values)
    return html
