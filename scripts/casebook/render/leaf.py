"""Pages that stand alone: released versions, cards for other sites, and addresses that lead to another one.

They have no menu, because it would be the menu of today, and need no script. They stay small, and what they show does
not depend on the theme of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from casebook import security
from casebook.artifact import Artifact
from casebook.finding import CasebookError, on_one_line
from casebook.render.page import Page, mark, on_disk

if TYPE_CHECKING:
    from casebook.render.page import Context


@dataclass
class Sheet(Page):
    """A page about an item that stands alone, beside that of the item. Its links work from a disk too.

    `sources` says where the numbers of citations lead: to an address from the root of the site, to this page where it
    is empty, and nowhere where it is None, because the titles of the sources would tell too much.
    """

    sources: str | None = None

    def href(self, target: str) -> str:
        """Return the relative address from this page to another one, which also works from a disk."""
        return on_disk(super().href(target))

    def _cite(self, source: str) -> str:
        number = self.numbers.get(source)
        if number is None or self.sources is None:
            return mark(number, "") if number else ""
        there = f"#source-{source}"
        return mark(number, self.href(f"{self.sources}{there}") if self.sources else there)

    def _link(self, address: str) -> str:
        if self.item and (address in self.item.images or address.startswith("#")):
            return self.href(f"{self.item.address}{address}")
        return super()._link(address)

    def _explained(self, text: str) -> str:
        return escape(text)


def leaf(page: Page, template: str, title: str, description: str, **values: Any) -> Artifact:
    """Return the page drawn with a template that extends `leaf.html.j2`; further values are for the template.

    Raises:
        CasebookError: if it would act on its own, which no text of an item or of a release can make it do.
    """
    html = page.context.environment.get_template(template).render(
        page=page, title=title, description=description, **values
    )
    if part := security.active_part(html.partition("<body>")[2]):
        raise CasebookError(f"{page.address} would act on its own: `{on_one_line(part)}`")
    return Artifact(f"{page.address}index.html", security.protected(html))


def redirect(context: Context, address: str, target: str, title: str) -> Artifact:
    """Return the page at an address that leads to a page elsewhere, without a script and without a server.

    Args:
        context: the site.
        address: the address that leads on, with `/` at its end.
        target: the page to which it leads, from the root of the site; it may have a fragment.
        title: title of that page.
    """
    page = context.page(address)
    words = f"This address leads to: {title}"
    return leaf(page, "redirect.html.j2", title, words, target=target, canonical=target)
