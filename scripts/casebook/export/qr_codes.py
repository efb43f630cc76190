"""`<item>/qr.svg`: the QR code of the short address of each item, for slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import qr
from casebook.artifact import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.shape import Shapes


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the code of each item that can be read; none where the site has no address that a camera could open."""
    for item in library.items.values() if site.url else ():
        if item.is_shown:
            yield Artifact(f"{item.address}qr.svg", qr.drawing(site.address(item.short_address)))
