"""Author's text and addresses on paper: the same text as on the pages, with addresses that work from anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook import qr
from casebook.render.page import Context, Page, environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item

# Pictures of items have addresses of this scheme, which only our own fetcher knows.
PICTURE = "casebook:"


def context(library: Library, site: Site) -> Context:
    """Return what all sheets share: the library, the site, and the templates of this room."""
    return Context(library, site, environment=environment("casebook.handout"))


@dataclass
class Paper(Page):
    """One PDF while it is written.

    `within` are the items of the same PDF with their parts in it. With `notes` a citation is a number that leads to
    the list of sources of its item; without, the sheet has no room for such a list, and citations are left out.
    """

    within: Mapping[str, str] = field(default_factory=dict)
    notes: bool = False

    def href(self, target: str) -> str:
        """Return the full address of a page of the site; nothing when the site has no address."""
        return self.site.address(target) if self.site.url else ""

    def to_item(self, item: Item, fragment: str = "") -> str:
        """Return where an item, or a part of it, is found: in this PDF, else on the site."""
        if item.id in self.within:
            return f"#{self.within[item.id]}"
        return super().to_item(item, fragment)

    def link(self, href: str, words: str) -> Markup:
        """Return words that lead to an address, or the words alone where there is none."""
        return Markup('<a href="{}">{}</a>').format(href, words) if href else Markup("{}").format(words)

    def blocks(self, heading: str, most: int) -> tuple[Markup, int]:
        """Return the first paragraphs and lists of a section as HTML, and how many are left out."""
        tokens = self.section_tokens(heading)
        ends = [index + 1 for index, token in enumerate(tokens) if token.level == 0 and token.nesting <= 0]
        kept = ends[:most]
        return self.prose(tokens[: kept[-1]] if kept else []), len(ends) - len(kept)

    def _cite(self, source: str) -> str:
        number = self.numbers.get(source)
        if number is None or not self.notes or self.item is None:
            return ""
        # The number stays at its word.
        return f'\u2060<sup class="cite"><a href="#{escape(source_anchor(self.item, source))}">{number}</a></sup>'

    def _link(self, address: str) -> str:
        if self.item and address in self.item.images:
            return f"{PICTURE}{self.item.address}{address}"
        if address.startswith("#"):
            return self.href(f"{self.item.address}{address}") if self.item else ""
        return super()._link(address)

    def _explained(self, text: str) -> str:
        return escape(text)


def source_anchor(item: Item, source: str) -> str:
    """Return the anchor of a source of an item in a reader."""
    return f"{item.id}-source-{source}"


def qr_code(site: Site, address: str, title: str) -> Markup:
    """Return the QR code of an address as SVG with its text alternative; nothing when the site has no address."""
    return Markup(qr.drawing(site.address(address), title, on_paper=True)) if site.url else Markup()  # noqa: S704  # escaped in qr
