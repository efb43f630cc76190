"""The author's text: one Markdown parser that both checks and draws it.

What was checked is what is drawn: the same parser, with raw HTML switched off, finds headings, links and citations for
the rules and renders the prose for the pages. Plain text fields know only citations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CITATION = re.compile(r"\[\^([^\[\]\s]+)\]")
# On the page the mark stands at the word, wherever the author put the space.
_SPACED_CITATION = re.compile(rf"\s*{CITATION.pattern}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, link, image, citation or other piece of the body, with its line counted from 0.

    `what` is the token type of markdown-it; `text` the content, address or source id; `more` the level or title.
    """

    what: str
    line: int
    column: int
    text: str
    more: str = ""


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # signature of a markdown-it rule
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and citations, raw HTML read only to be reported."""
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.inline.ruler.before("link", "citation", _citation)
    return markdown


def tokens(body: str) -> list[Token]:
    """Return the tokens of a body."""
    return parser().parse(body)


def citations(text: str) -> list[str]:
    """Return the source ids that a plain text field cites."""
    return CITATION.findall(text)


def pieces(stream: Sequence[Token], body: str) -> Iterator[Piece]:
    """Return what the rules look at, in the order of the text."""
    lines = body.split("\n")
    for index, token in enumerate(stream):
        line = token.map[0] if token.map else 0
        if token.type == "heading_open":
            yield Piece("heading", line, 1, stream[index + 1].content, token.tag[1:])
        elif token.type in ("html_block", "fence", "code_block", "table_open"):
            yield Piece(token.type, line, 1, token.content)
        elif token.type == "inline":
            yield from _inline_pieces(token, lines)


def _inline_pieces(token: Token, lines: Sequence[str]) -> Iterator[Piece]:
    first, last = token.map or [0, 1]
    cursor = (first, 0)
    for child in token.children or ():
        search = _SEARCH.get(child.type)
        if search is None:
            continue
        text, *needles = search(child)
        found = (_find(needle, lines, cursor, last) for needle in needles)
        cursor = line, column = next(filter(None, found), (cursor[0], max(cursor[1], 1)))
        yield Piece(child.type, line, column, text, child.content)


def _find(needle: str, lines: Sequence[str], cursor: tuple[int, int], last: int) -> tuple[int, int] | None:
    line, start = cursor
    for number in range(line, min(last, len(lines))):
        found = lines[number].find(needle, start if number == line else 0)
        if found >= 0:
            return number, found + 1
    return None


def _address(child: Token) -> tuple[str, ...]:
    """Return the address as it was typed, and how it may stand in the text: in brackets, or in another form."""
    address = unquote(str(child.attrGet("href") or child.attrGet("src") or ""))
    return address, f"]({address[:8]}", f"<{address[:8]}"


_SEARCH: dict[str, Callable[[Token], tuple[str, ...]]] = {
    "link_open": _address,
    "image": _address,
    "citation": lambda child: (child.content, f"[^{child.content}]"),
    "html_inline": lambda child: (child.content, child.content.partition("\n")[0]),
}


def manual(docstring: str) -> str:
    """Return a docstring of ours as HTML."""
    return str(parser().render(docstring))


def plain(text: str) -> str:
    """Return a plain text field without its citations."""
    return CITATION.sub("", text).replace(" .", ".").strip()


def paragraphs(text: str) -> list[str]:
    """Return a passage of plain text by its paragraphs, which blank lines part.

    A folded block of YAML keeps one line break of a blank line, and a literal one keeps it whole.
    """
    parts = re.split(r"\n\s*\n", text.strip()) if "\n\n" in text else text.splitlines()
    return [" ".join(part.split()) for part in parts if part.strip()]


def first_sentence(text: str) -> str:
    """Return the first sentence of a summary."""
    return re.split(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])", text.strip(), maxsplit=1)[0]


def section(stream: Sequence[Token], heading: str) -> list[Token]:
    """Return the tokens below a level-2 heading, without the heading itself."""
    found: list[Token] = []
    inside = False
    for index, token in enumerate(stream):
        if token.type == "heading_open" and token.tag == "h2":
            inside = stream[index + 1].content == heading
        elif inside and token.type == "heading_close" and token.tag == "h2":
            found = []
        elif inside:
            found.append(token)
    return found


def words(stream: Sequence[Token]) -> int:
    """Return the number of words of prose."""
    parts = (child.content for token in stream if token.type == "inline" for child in token.children or ())
    return sum(len(part.split()) for part in parts)


@dataclass(frozen=True, slots=True)
class Prose:
    """How the author's text becomes HTML: how a citation, a link and a glossary term are written.

    `link` returns the address on the site, or an empty text where there is no page or picture: the words stand alone
    then, those of a link and those that describe a picture.
    """

    cite: Callable[[str], str]
    link: Callable[[str], str]
    plain: Callable[[str], str] = escape

    def line(self, text: str) -> str:
        """Return a plain text field as HTML: escaped, with its citations."""
        parts = _SPACED_CITATION.split(text)
        return "".join(self.cite(part) if index % 2 else self.plain(part) for index, part in enumerate(parts))

    def html(self, stream: Sequence[Token]) -> str:
        """Return tokens of a body as HTML. Raw HTML is shown as text."""
        return "".join(self._block(stream, index) for index in range(len(stream)))

    def _block(self, stream: Sequence[Token], index: int) -> str:
        token = stream[index]
        if token.type == "inline":
            return self._inline(token.children or [])
        if token.type in ("html_block", "fence", "code_block"):
            return f"<pre><code>{escape(token.content)}</code></pre>\n"
        if token.type == "hr":
            return "<hr>\n"
        if token.hidden or not token.tag:
            return ""
        if token.nesting < 0:
            return f"</{token.tag}>\n"
        start = f' start="{int(token.attrs["start"])}"' if token.tag == "ol" and "start" in token.attrs else ""
        return f"<{token.tag}{start}>"

    def _inline(self, children: Sequence[Token]) -> str:
        parts, links = [], 0
        for index, token in enumerate(children):
            links += token.nesting if token.tag == "a" else 0
            if token.type == "text":
                before_mark = index + 1 < len(children) and children[index + 1].type == "citation"
                words = token.content.rstrip() if before_mark else token.content
                parts.append(escape(words) if links else self.plain(words))
            else:
                parts.append(self._mark(token))
        return "".join(parts)

    def _mark(self, token: Token) -> str:
        simple = {"softbreak": "\n", "hardbreak": "<br>", "html_inline": escape(token.content)}
        if token.type in simple:
            return simple[token.type]
        if token.type == "citation":
            return self.cite(token.content)
        if token.type == "code_inline":
            return f"<code>{escape(token.content)}</code>"
        if token.type == "link_open":
            address = self.link(_text(token, "href"))
            return f'<a href="{escape(address)}">' if address else '<a class="missing">'
        if token.type == "image":
            alt, address = escape(token.content), self.link(_text(token, "src"))
            return f'<img src="{escape(address)}" alt="{alt}" loading="lazy">' if address else alt
        return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"


def _text(token: Token, attribute: str) -> str:
    value: Any = token.attrGet(attribute)
    return str(value or "")
