"""Pages that stand alone: released versions, cards for other sites, and addresses that lead to another one.

They have no menu, because it would be the menu of today, and need no script. They stay small, and what they show does
not depend on the theme of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook import security
from casebook.artifact import Artifact
from casebook.render.page import Page, mark, on_disk

if TYPE_CHECKING:
    from casebook.render.page import Context


@dataclass
class Sheet(Page):
    """A page that stands beside that of its item: sources, pictures and parts of the item are on that one.

    Its links work from a disk too.
    """

    def href(self, target: str) -> str:
        """Return the relative address from this page to another one, which also works from a disk."""
        return on_disk(super().href(target))

    def _cite(self, source: str) -> str:
        number = self.numbers.get(source)
        return mark(number, self._own(f"#source-{source}")) if number else ""

    def _link(self, address: str) -> str:
        if self.item and (address.startswith("#") or address in self.item.images):
            return self._own(address)
        return super()._link(address)

    def _own(self, below: str) -> str:
        return self.href(f"{self.item.address}{below}") if self.item else ""


def leaf(page: Page, template: str, title: str, description: str, **values: Any) -> Artifact:
    """Return the page drawn with a template that extends `leaf.html.j2`; further values are for the template."""
    html = page.context.environment.get_template(template).render(
        page=page, title=title, description=description, **values
    )
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
