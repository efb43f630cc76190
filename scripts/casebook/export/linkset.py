"""`linkset.json` beside each item: the links of its page for machines, as a link set of RFC 9264 (Signposting)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casebook.artifact import Artifact
from casebook.metadata import links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.metadata.links import Link
    from casebook.model import Item
    from casebook.shape import Shapes


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the link set of each item; a withdrawn one has none."""
    for item in library.shown:
        text = json.dumps({"linkset": _linkset(item, library, site)}, ensure_ascii=False, indent=1) + "\n"
        yield Artifact(links.linkset_address(item), text, item.path)


def _linkset(item: Item, library: Library, site: Site) -> list[dict[str, Any]]:
    """Return the links from the page, and those that lead back to it from its descriptions and contents."""
    page = site.address(item.address)
    own: dict[str, Any] = {"anchor": page}
    for link in links.signposts(item, library, site):
        own.setdefault(link.rel, []).append(_target(link, site))
    described = [_back(link, "describes", page, site) for link in links.descriptions(item)]
    contents = links.contents(item, library, site)
    collected = [_back(link, "collection", page, site) for link in contents if link.target != item.address]
    return [own, *described, *collected]


def _target(link: Link, site: Site) -> dict[str, str]:
    href = link.target if link.is_full else site.address(link.target)
    return {"href": href} | {key: value for key, value in (("type", link.type), ("title", link.title)) if value}


def _back(link: Link, rel: str, page: str, site: Site) -> dict[str, Any]:
    return {"anchor": site.address(link.target), rel: [{"href": page, "type": "text/html"}]}
