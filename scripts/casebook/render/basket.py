"""The page 'My course', which the browser's code fills: items that a reader chose, in an order, with notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.render.page import Context

ADDRESS = "basket/"
TITLE = "My course"
LEAD = "Put a course together from cases, practices, exercises and learning paths, and take it along."


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page."""
    # `basket` asks the theme for the scripts of the page.
    values = {"lead": LEAD, "trail": [(TITLE, "")], "meta": {"basket": True}}
    yield context.page(ADDRESS).artifact("basket.md.j2", TITLE, LEAD, **values)
