"""ContextObjects in Spans (COinS): on a list, a citation manager offers each item. The format is OpenURL 1.0."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from casebook.metadata import facts

if TYPE_CHECKING:
    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item


def context_object(item: Item, library: Library, site: Site) -> str:
    """Return what the title of the span says: a report with its authors, its day and, if the site has one, address."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "report"),
        ("rft.btitle", item.title),
        *(("rft.au", name) for name in item.authors),
        ("rft.date", item.last_changed),
        ("rft.pub", site.name),
        ("rft_id", site.address(facts.cited_address(item, library)) if site.url else ""),
    ]
    return urlencode([(name, value) for name, value in fields if value], quote_via=quote)
