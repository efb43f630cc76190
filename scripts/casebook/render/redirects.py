"""Addresses that lead to another page: the short ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.render.leaf import redirect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.render.page import Context


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page at the short address of every item."""
    for item in context.library.items.values():
        yield redirect(context, item.short_address, item.address, item.title)
