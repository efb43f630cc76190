"""`sitemap.xml` and `robots.txt` for search engines. See https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from casebook.artifact import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebook.artifact import Site


def files(addresses: Iterable[str], changed: Mapping[str, str], site: Site) -> Iterator[Artifact]:
    """Yield the two files; none for a site without address, because a sitemap holds full addresses only.

    Args:
        addresses: pages that search engines should know, from the root of the site.
        changed: day of the last change by address. Others have none: that a page was drawn anew says nothing.
        site: where the site will stand.
    """
    if not site.url:
        return
    entries = "".join(_entry(site.address(one), changed.get(one, "")) for one in sorted(set(addresses)))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    yield Artifact("sitemap.xml", f"{head}{entries}</urlset>\n")
    yield Artifact("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.address('sitemap.xml')}\n")


def _entry(address: str, day: str) -> str:
    last = f"<lastmod>{escape(day)}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{last}</url>\n"
