"""`/embed/<kind>/<id>/oembed.json`: the card of each item for programs that ask with oEmbed; see https://oembed.com/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casebook import embed
from casebook.artifact import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.shape import Shapes


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the record of each item; none where the site has no address, as their code would lead nowhere."""
    for item in library.items.values() if site.url else ():
        shown = embed.card(item, library)
        text = json.dumps(embed.record(shown, site), ensure_ascii=False, indent=1) + "\n"
        yield Artifact(shown.address_of_record, text)
