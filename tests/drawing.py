"""Pages as the site generator draws them, and the tags in them."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import frontmatter
import markdown  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact


def body(artifact: Artifact) -> str:
    """Return a page without its front matter."""
    return str(frontmatter.loads(str(artifact.content)).content)


def meta(artifact: Artifact) -> dict[str, Any]:
    """Return the front matter of a page as a site generator reads it."""
    return dict(frontmatter.loads(str(artifact.content)).metadata)


def drawn(artifact: Artifact) -> str:
    """Return a page as the site generator draws it: its Markdown as HTML."""
    return _drawn(str(artifact.content))


# Most pages of two small libraries are the same: those of the terms and the rules.
@cache
def _drawn(content: str) -> str:
    words = str(frontmatter.loads(content).content)
    html: str = markdown.markdown(words, extensions=["attr_list", "tables", "toc"])
    return html


class Tags(HTMLParser):
    """Collects tags with their attributes, ids, and the way of tags that are open."""

    VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "line", "circle", "path", "rect", "polygon"))

    def __init__(self, html: str) -> None:
        """Read the whole text."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the last open tag, which must be the same."""
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        """Remember text."""
        self.text.append(data)

    @property
    def ids(self) -> list[str]:
        """The ids of the page."""
        return [str(attributes["id"]) for _, attributes in self.tags if attributes.get("id")]

    def values(self, *names: str) -> Iterator[str]:
        """Yield the values of attributes."""
        for _, attributes in self.tags:
            yield from (str(attributes[name]) for name in names if attributes.get(name))
