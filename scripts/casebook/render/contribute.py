"""The page with the web form: what stands on it before and without the browser's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.render.page import Context
    from casebook.shape import Shapes


def pages(context: Context, shapes: Shapes) -> Iterator[Artifact]:
    """Yield the page with the web form; `form` in its front matter asks the theme for the form's scripts."""
    lead = "Write a case or a practice in your browser, with help at each field. Nothing leaves it before you send it."
    page = context.page("contribute/new/")
    meta = {"form": True, "search": {"exclude": True}}
    abouts = {name: shape.schema["description"] for name, shape in shapes.items()}
    place = {"repository": context.site.repository, "branch": context.site.branch}
    yield page.artifact("form.md.j2", "Write an item", lead, kinds=KINDS, abouts=abouts, **place, meta=meta)
