"""Pages of a course as whole files of HTML, and their style."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.course.prose import linked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.course.model import Course, Page

STYLE = "style.css"
# The card of an item: it says nothing of the course in which it stands.
_FRAME = Markup(
    '<p><iframe src="{}" title="{}" width="100%" height="{}" style="border: 0" loading="lazy"'
    ' referrerpolicy="no-referrer"></iframe></p>\n'
)
_DOCUMENT = Markup(
    '<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title>{head}</head>\n'
    "<body>\n{body}</body>\n</html>\n"
)
_STYLED = Markup(
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="{}">'
)


def document(title: str, body: Markup, language: str = "en", head: Markup | None = None) -> str:
    """Return a whole file of HTML; `head` is what its head has besides the title."""
    return str(_DOCUMENT.format(language=language, title=title, body=body, head=head or Markup()))


def content(page: Page, *, framed: bool = True) -> Markup:
    """Return the content of a page; `framed` adds the card of its item, which needs a network."""
    html = Markup(page.html)  # noqa: S704  # made and looked at in `prose`
    return html + (_FRAME.format(page.frame, page.title, page.height) if page.frame and framed else Markup())


def styled(path: str, title: str, body: Iterable[Markup], course: Course, head: Markup | None = None) -> Artifact:
    """Return a page of a folder of HTML at a path of it, with its style, and with whom to name at its foot."""
    up = "../" * path.count("/")
    back = Markup('<p><a href="{}index.html">{}</a></p>\n').format(up, course.title) if up else Markup()
    inner = Markup().join(body)
    main = Markup("{}<main>\n<h1>{}</h1>\n{}</main>\n{}").format(back, title, inner, _foot(course, inner))
    return Artifact(path, document(title, main, course.language, _STYLED.format(up + STYLE) + (head or Markup())))


def shared(name: str) -> Artifact:
    """Return a file of this room that a package holds as it is."""
    return Artifact(name, resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _foot(course: Course, body: Markup) -> Markup:
    """Return the foot of a page: the licence, and whom to name where the page does not say it already."""
    licence = linked(CONTENT_LICENCE_URL, CONTENT_LICENCE)
    credit = Markup() if escape(course.credit) in body else escape(f"{course.credit} ")
    return Markup("<footer><p>{}Licence: {}.</p></footer>\n").format(credit, licence)
