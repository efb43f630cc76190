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


def width(text: str) -> int:
    """Return the width of a text in letters; those of East Asia are as wide as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


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
    last = found[lines - 1]
    while last and width(last) > letters - 1:
        last = last[:-1]
    return [*found[: lines - 1], last.rstrip(" ,.;:") + _ELLIPSIS]


def _pieces(text: str, letters: int) -> list[str]:
    """Return the words of a text; a word that is longer than a line is cut."""
    pieces = []
    for word in text.split():
        start = 0
        for end in range(1, len(word) + 1):
            if width(word[start:end]) > letters:
                pieces.append(word[start : end - 1])
                start = end - 1
        pieces.append(word[start:])
    return pieces
