"""From the library to pages: most are Markdown with front matter, which any site generator for Markdown can draw.

The others stand alone: see `leaf`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from casebook.pictures import NONE
from casebook.render import (
    basket,
    browse,
    cards,
    centres,
    changes,
    contribute,
    coverage,
    exercises,
    explore,
    home,
    items,
    lists,
    manual,
    redirects,
    reviews,
    search,
    teaching,
    terms,
    versions,
)
from casebook.render.page import Context
from casebook.render.redirects import former

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Artifact, Site
    from casebook.finding import Finding
    from casebook.library import Library
    from casebook.pictures import Pictures
    from casebook.shape import Shapes

__all__ = ["former", "leaves", "pages"]
_ROOMS = (
    home.pages,
    items.pages,
    lists.pages,
    terms.pages,
    browse.pages,
    centres.pages,
    coverage.pages,
    reviews.pages,
    changes.pages,
    explore.pages,
    search.pages,
    basket.pages,
)
_LEAVES = (redirects.pages, versions.pages, cards.pages, teaching.pages, exercises.pages)


def pages(
    library: Library,
    shapes: Shapes,
    site: Site,
    findings: Sequence[Finding] = (),
    pictures: Pictures = NONE,
    *,
    sizes: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Artifact]:
    """Yield every generated page of the site.

    Args:
        library: the items that are shown.
        shapes: the schemas, for the pages about fields.
        site: where the site will stand.
        findings: what a check found; shown on a page of the live preview only.
        pictures: the land and the signs for drawings, which do without where there are none.
        sizes: of the handouts, in bytes by their paths.
    """
    context = Context(library, site, pictures, sizes=sizes)
    for room in _ROOMS:
        yield from room(context)
    yield from manual.pages(context, shapes, findings)
    yield from contribute.pages(context, shapes)


def leaves(library: Library, site: Site) -> Iterator[Artifact]:
    """Yield every page that stands alone: complete HTML, which no site generator draws.

    Args:
        library: the items that are shown.
        site: where the site will stand.
    """
    context = Context(library, site)
    for room in _LEAVES:
        yield from room(context)
