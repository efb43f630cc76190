"""The head of a page for machines: HTML that any site generator can put into the pages that it draws.

Title, description, canonical address and icon are the generator's own; nothing of them stands here a second time.
Addresses are full ones where the site has an address; else they are relative, so that they hold wherever it stands.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from casebook.metadata import facts, links, structured, tags
from casebook.metadata.links import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from casebook.artifact import Site
    from casebook.metadata.facts import Cited
    from casebook.model import Item
    from casebook.release import Release
    from casebook.render.page import Page

# The HTML standard lets `</script` and `<!--` in a block of data change how the rest of the page is read.
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def head(page: Page, title: str, description: str, trail: Sequence[tuple[str, str]] = ()) -> str:
    """Return what the head of a page says to machines, as HTML.

    Args:
        page: the page; with an item that is shown, everything about the item comes in.
        title: title of the page.
        description: one sentence or a few about it.
        trail: names and addresses of the pages that lead to this one, its own name last.
    """
    item = page.item if page.item and page.item.is_shown else None
    to = page.site.address if page.site.url else page.href
    parts = [
        *_tags(page, item, title, description),
        *(_link(link, to) for link in _links(page, item)),
        *(_data(node) for node in _nodes(page, item, description, trail, to)),
    ]
    return "\n".join(parts)


def release_head(page: Page, release: Release) -> str:
    """Return what the page of a released version says to citation managers, as HTML."""
    cited = facts.cited_release(release)
    to = page.site.address if page.site.url else page.href
    return "\n".join([*_citation(cited, page.site), _link(Link("cite-as", cited.address), to)])


def _tags(page: Page, item: Item | None, title: str, description: str) -> Iterator[str]:
    abstract = facts.abstract(item.summary) if item else description
    for name, content in tags.open_graph(title, abstract, page.address, page.site, item):
        yield _meta("property", name, content)
    yield _meta("name", "twitter:card", "summary_large_image" if item and page.site.url else "summary")
    if item:
        pdf = facts.handout_address(item) if page.site.handouts else ""
        yield from _citation(facts.cited(item, page.library), page.site, pdf)


def _citation(cited: Cited, site: Site, pdf: str = "") -> Iterator[str]:
    yield f'<link rel="schema.DC" href="{tags.DUBLIN_CORE}">'
    for name, content in (*tags.highwire(cited, site, pdf), *tags.dublin_core(cited, site)):
        yield _meta("name", name, content)


def _links(page: Page, item: Item | None) -> Iterator[Link]:
    if item:
        yield from links.of_item(item, page.library, page.site)
    yield from links.feeds(page.address, page.library.vocabularies, page.site)


def _nodes(
    page: Page, item: Item | None, description: str, trail: Sequence[tuple[str, str]], to: Callable[[str], str]
) -> Iterator[structured.Node]:
    if item:
        yield structured.of_item(item, page.library, page.site, to)
    if not page.address:
        yield structured.website(page.site, description, to)
    if page.address == "about/data/":
        yield structured.dataset(page.library, page.site, to)
    if trail:
        yield structured.breadcrumbs(trail, to)


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{escape(name)}" content="{escape(" ".join(content.split()))}">'


def _link(link: Link, to: Callable[[str], str]) -> str:
    href = link.target if link.is_full else to(link.target)
    attributes = {"rel": link.rel, "href": href, "type": link.type, "title": link.title}
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<link{written}>"


def _data(node: Mapping[str, Any]) -> str:
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return f'<script type="application/ld+json">{text}</script>'
