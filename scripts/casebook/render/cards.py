"""The card of each item, a page that stands alone for the frame of another site.

Its style is in the page: in a frame that a strict site has closed (`sandbox`), not every browser loads a style sheet
from an address that the policy calls `self`. So the card is one request, and asks for no typeface.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import embed
from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL
from casebook.render.leaf import leaf
from casebook.render.page import evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.model import Item
    from casebook.render.page import Context


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the card of every item."""
    for item in context.library.items.values():
        yield _card(item, context)


def _card(item: Item, context: Context) -> Artifact:
    page = context.page(item.embed_address)
    return leaf(
        page,
        "card.html.j2",
        item.title,
        item.summary if item.is_shown else f"Withdrawn: {item.withdrawn_reason}",
        item=item,
        card=embed.card(item, context.library),
        first_step=embed.FIRST_STEP,
        evidence=evidence(item.sources, context.library.vocabularies),
        standing=context.library.standing(item),
        canonical=item.address,
        language=item.language,
        licence=CONTENT_LICENCE,
        licence_url=CONTENT_LICENCE_URL,
    )
