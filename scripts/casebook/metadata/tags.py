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
    from casebook.metadata.facts import Cited
    from casebook.model import Item

Tag = tuple[str, str]
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def highwire(cited: Cited, site: Site, pdf: str = "") -> Iterator[Tag]:
    """Yield the tags that citation managers read. Addresses must be full ones, so that some need a site with one.

    Args:
        cited: what is cited.
        site: where the site will stand.
        pdf: address of a PDF of it, from the root; empty where there is none.
    """
    yield "citation_title", cited.title
    for name in cited.authors:
        yield "citation_author", name
    if cited.day:
        yield "citation_publication_date", cited.day.replace("-", "/")
    yield "citation_technical_report_institution", site.name
    yield "citation_technical_report_number", cited.number
    yield "citation_language", cited.language
    yield "citation_abstract", cited.abstract
    for subject in cited.subjects:
        yield "citation_keywords", subject
    if site.url:
        yield "citation_public_url", site.address(cited.address)
        if pdf:
            yield "citation_pdf_url", site.address(pdf)


def dublin_core(cited: Cited, site: Site) -> Iterator[Tag]:
    """Yield the elements of the Dublin Core Metadata Element Set."""
    yield "DC.title", cited.title
    for name in cited.authors:
        yield "DC.creator", name
    if cited.day:
        yield "DC.date", cited.day
    yield "DC.type", "report"
    yield "DC.publisher", site.name
    yield "DC.language", cited.language
    yield "DC.rights", f"{CONTENT_LICENCE}, {CONTENT_LICENCE_URL}"
    for subject in cited.subjects:
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
