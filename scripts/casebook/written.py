"""The hand-written pages of `docs/`, read so that the search finds them too."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import frontmatter
import yaml

from casebook import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from casebook.paths import Paths

_OTHER = ("assets", "overrides")
_ATTRIBUTES = re.compile(r"\s*\{:?\s*#(?P<id>[\w-]+)[^}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page: the fragment of its address (empty for the part before the first heading), heading, text."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A hand-written page: its address on the site, and its parts in their order."""

    address: str
    title: str
    description: str
    passages: Sequence[Passage]


def written_pages(paths: Paths) -> Iterator[WrittenPage]:
    """Yield the hand-written pages. One that cannot be read is left out: MkDocs says what is wrong with it."""
    for path in sorted(paths.docs.rglob("*.md")):
        place = path.relative_to(paths.docs)
        if place.parts[0] in _OTHER:
            continue
        try:
            metadata, body = frontmatter.parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue
        stem = place.with_suffix("").as_posix()
        address = f"{stem.removesuffix('index')}" if place.stem == "index" else f"{stem}/"
        title, description = str(metadata.get("title") or stem), str(metadata.get("description") or "")
        yield WrittenPage(address, title, description, list(passages(text.tokens(body))))


def passages(stream: Sequence[Token]) -> Iterator[Passage]:
    """Yield the parts of a body, divided at its headings, with the anchors that Python-Markdown gives them."""
    anchor, heading, lines = "", "", list[str]()
    for index, token in enumerate(stream):
        if token.type == "heading_open":
            if lines:
                yield Passage(anchor, heading, " ".join(lines))
            content = stream[index + 1].content
            anchor, heading, lines = _anchor(content, token.tag), _ATTRIBUTES.sub("", content), []
        elif token.type == "inline" and stream[index - 1].type != "heading_open":
            lines.append(_plain(token.children or []))
    if lines:
        yield Passage(anchor, heading, " ".join(lines))


def _plain(children: Sequence[Token]) -> str:
    breaks = ("softbreak", "hardbreak")
    return "".join(" " if child.type in breaks else child.content for child in children if child.type != "citation")


def _anchor(heading: str, tag: str) -> str:
    """Return the id of a heading as Python-Markdown's extension `toc` writes it; none for the title of the page."""
    if tag == "h1":
        return ""
    if given := _ATTRIBUTES.search(heading):
        return given["id"]
    plain = unicodedata.normalize("NFKD", re.sub(r"[`*_]", "", heading)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
