"""The author's text in a package: as on the pages, with full addresses, and without anything that acts on its own."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook import text
from casebook.finding import CasebookError
from casebook.registry import linked_item
from casebook.security import active_part
from casebook.text import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes what the author of an item said.

    With `notes` a citation is the number of its source, for a page that ends with the list of them; else it is left
    out. Where the site has no address, words stand without their link, and the words of a picture stand for it.
    """

    item: Item
    library: Library
    site: Site
    notes: bool = False

    def address(self, target: str) -> str:
        """Return the full address of a page of the site; nothing where the site has none."""
        return self.site.address(target) if self.site.url else ""

    def link(self, target: str, words: str) -> Markup:
        """Return words that lead to a page of the site."""
        return linked(self.address(target), words)

    def line(self, words: str) -> Markup:
        """Return a plain text field as HTML."""
        return Markup(self._prose().line(words))  # noqa: S704  # escaped in Prose

    def section(self, heading: str) -> Markup:
        """Return the author's text below a heading as HTML; the headings in it keep their level."""
        tokens = text.section(self.library.streams[self.item.id], heading)
        return Markup(self._prose().html(tokens))  # noqa: S704  # escaped in Prose

    def _prose(self) -> Prose:
        return Prose(cite=self._cite, link=self._link)

    def _cite(self, source: str) -> str:
        numbers = (number for number, one in enumerate(self.item.sources, 1) if one.id == source)
        number = next(numbers, 0) if self.notes else 0
        return f"<sup>[{number}]</sup>" if number else ""

    def _link(self, address: str) -> str:
        if address.startswith(("https://", "http://", "mailto:")):
            return address
        path, _, fragment = address.partition("#")
        end = f"#{fragment}" if fragment else ""
        if not path:
            return self.address(f"{self.item.address}{end}")
        item_id = linked_item(path, posixpath.dirname(self.item.path))
        if not item_id:
            name = posixpath.basename(path)
            return self.address(f"{self.item.address}{name}") if name in self.item.images else ""
        target = self.library.named(item_id)
        return self.address(f"{target.address}{end}") if target else ""


def linked(address: str, words: str) -> Markup:
    """Return words that lead to an address, or the words alone where there is none."""
    if not address.startswith(("https://", "http://")):
        return Markup(escape(words))  # noqa: S704  # escaped
    return Markup('<a href="{}">{}</a>').format(address, words)


def harmless(html: str, where: str) -> str:
    """Return HTML in which nothing acts on its own.

    Raises:
        CasebookError: if something in it could; then a rule has a gap, as for a page of the site.
    """
    part = active_part(html)
    if part:
        raise CasebookError(f"the course package of {where} would hold something active: {part}")
    return html


def headed(heading: str, html: Markup) -> Markup:
    """Return content below a heading; nothing where there is no content."""
    return Markup("<h2>{}</h2>\n{}").format(heading, html) if html else Markup()


def paragraphs(*texts: str) -> Markup:
    """Return texts as paragraphs, escaped where they are not HTML already."""
    return Markup("").join(Markup("<p>{}</p>\n").format(text) for text in texts)


def listed(entries: Iterable[str], tag: str = "ul") -> Markup:
    """Return entries as a list; nothing where there are none."""
    items = Markup("").join(Markup("<li>{}</li>\n").format(entry) for entry in entries)
    return Markup(f"<{tag}>\n{{}}</{tag}>\n").format(items) if items else Markup()  # noqa: S704  # a tag of ours
