"""The body is Markdown without HTML and without attribute lists.

HTML from many hands cannot be kept accessible or safe. What needs it belongs into the page template.

**Mend it:** write it in Markdown. A sign such as `<` before a word is written `&lt;`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("raw-html", __doc__)
_ATTRIBUTES = re.compile(r"\{:[^{}]*\}")
_NAME = re.compile(r"</?\s*([a-z][\w-]*)", re.IGNORECASE)
# A browser takes `<svg/onload=...>` as a tag, which CommonMark does not.
_SLASHED = re.compile(r"<[a-z][\w-]*/", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each piece of HTML and each attribute list."""
    yield from _tags(subject)
    yield from _slashed(subject)
    for number, line in enumerate(subject.document.body.split("\n")):
        for match in _ATTRIBUTES.finditer(line):
            where = subject.document.at_body(number, match.start() + 1)
            yield RULE.at(where, f"attribute lists are not used in the body: `{match.group()[:40]}`", "delete it")


def _tags(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each tag, but not for the end of one that is named already."""
    opened: Counter[str] = Counter()
    for piece in subject.pieces:
        if piece.what not in ("html_block", "html_inline"):
            continue
        match = _NAME.match(piece.text.strip())
        name = match[1].lower() if match else ""
        if piece.what == "html_inline" and piece.text.startswith("</") and opened[name]:
            opened[name] -= 1
            continue
        opened[name] += 1
        yield _finding(subject, piece.line, piece.column, piece.text.strip().partition("\n")[0])


def _slashed(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each paragraph with a tag in which a `/` follows the name; in code it is no tag."""
    lines = subject.document.body.split("\n")
    for token in subject.stream:
        found = (_SLASHED.search(child.content) for child in token.children or () if child.type == "text")
        match = next(filter(None, found), None)
        if match and token.map and match.group() in token.content:
            places = ((number, lines[number].find(match.group())) for number in range(*token.map))
            line, column = next((place for place in places if place[1] >= 0), (token.map[0], 0))
            yield _finding(subject, line, column + 1, lines[line][column:])


def _finding(subject: Subject, line: int, column: int, tag: str) -> Finding:
    where = subject.document.at_body(line, column)
    return RULE.at(where, f"HTML is not used in the body: `{tag[:40]}`", "write it in Markdown")
