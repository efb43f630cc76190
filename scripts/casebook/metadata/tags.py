"""Names and values for the head of a page: Highwire Press tags, Dublin Core, Open Graph.

Zotero makes a report of a page because of `citation_technical_report_institution`; it takes the rights from Dublin Core
alone. Google Scholar documents the Highwire tags: https://scholar.google.com/intl/en/scholar/inclusion.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL
from casebook.metadata import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item

Tag = tuple[str, str]
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def highwire(item: Item, library: Library, site: Site) -> Iterator[Tag]:
    """Yield the tags that citation managers read. Addresses must be full ones, so that some need a site with one."""
    yield "citation_title", item.title
    for name in facts.authors(item):
        yield "citation_author", name
    if item.last_changed:
        yield "citation_publication_date", item.last_changed.replace("-", "/")
    yield "citation_technical_report_institution", site.name
    yield "citation_technical_report_number", facts.number(item)
    yield "citation_language", item.language
    yield "citation_abstract", facts.abstract(item)
    for subject in facts.subjects(item, library.vocabularies):
        yield "citation_keywords", subject
    if site.url:
        yield "citation_public_url", site.address(facts.cited_address(item, library))
        if site.handouts:
            yield "citation_pdf_url", site.address(facts.handout_address(item))


def dublin_core(item: Item, library: Library, site: Site) -> Iterator[Tag]:
    """Yield the elements of the Dublin Core Metadata Element Set."""
    yield "DC.title", item.title
    for name in facts.authors(item):
        yield "DC.creator", name
    if item.last_changed:
        yield "DC.date", item.last_changed
    yield "DC.type", "report"
    yield "DC.publisher", site.name
    yield "DC.language", item.language
    yield "DC.rights", f"{CONTENT_LICENCE}, {CONTENT_LICENCE_URL}"
    for subject in facts.subjects(item, library.vocabularies):
        yield "DC.subject", subject


def open_graph(title: str, description: str, address: str, site: Site, item: Item | None = None) -> Iterator[Tag]:
    """Yield what social networks and messengers show of a page; with the picture of an item. See https://ogp.me/."""
    yield "og:type", "article" if item else "website"
    yield "og:site_name", site.name
    yield "og:title", title
    yield "og:description", description
    if site.url:
        yield "og:url", site.address(address)
    if site.url and item:
        yield from _picture(item, site)
    if item and item.first_published:
        yield "article:published_time", item.first_published
        yield "article:modified_time", item.last_changed


def _picture(item: Item, site: Site) -> Iterator[Tag]:
    width, height = facts.CARD_SIZE
    yield "og:image", site.address(facts.card_address(item))
    yield "og:image:type", "image/png"
    yield "og:image:width", str(width)
    yield "og:image:height", str(height)
    yield "og:image:alt", f"{item.kind.label}: {item.title}"
