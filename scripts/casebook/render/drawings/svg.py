"""What all drawings need: numbers that are short, words that fit, and links that say where they lead."""

from __future__ import annotations

import unicodedata
from html import escape

# Mean width of a letter of the typeface, as a part of its size.
LETTER = 0.54
_ELLIPSIS = "…"


def number(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{round(value, 1) + 0:.10g}"


def link(href: str, title: str, inner: str, css: str = "") -> str:
    """Return a link inside a drawing; its title is its name for those who do not see it, and the tip of the pointer."""
    kind = f' class="{css}"' if css else ""
    return f'<a href="{escape(href)}"{kind}><title>{escape(title)}</title>{inner}</a>'


def width(text: str) -> float:
    """Return the width of a text in letters of mean width; capitals are wider, letters of East Asia as wide as two."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 1.25 if letter.isupper() else 1 for letter in text
    )


def wrapped(text: str, letters: int, lines: int) -> list[str]:
    """Return a text in lines of so many letters; the last line ends with an ellipsis where more would follow."""
    found = [""]
    for word in _pieces(text, letters):
        joined = f"{found[-1]} {word}".strip()
        if width(joined) <= letters:
            found[-1] = joined
        else:
            found.append(word)
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], _shortened(found[lines - 1], letters)]


def _shortened(line: str, letters: int) -> str:
    while width(line) > letters - 1:
        line = line.rpartition(" ")[0] or line[:-1]
    return line.rstrip(" ,.;:") + _ELLIPSIS


def _pieces(text: str, letters: int) -> list[str]:
    """Return the words of a text; a word that is longer than a line is cut, after a hyphen or stroke if it has one."""
    pieces = []
    for whole in text.split():
        word = whole
        while width(word) > letters:
            end = next(length for length in range(len(word), 0, -1) if length == 1 or width(word[:length]) <= letters)
            end = max(word.rfind("-", 0, end), word.rfind("/", 0, end)) + 1 or end
            pieces.append(word[:end])
            word = word[end:]
        pieces.append(word)
    return pieces
