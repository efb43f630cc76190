"""Citations in the styles APA and Chicago (author and date), from their files in CSL, set by citeproc-py."""

from __future__ import annotations

import re
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING

from casebook.citation._reduction import reduced, rendered, shape_of

if TYPE_CHECKING:
    from casebook.citation.record import Record

APA = "apa"
CHICAGO = "chicago-author-date"
# What no style prints. Without it most records have the same shape.
_UNPRINTED = ("abstract", "keyword", "note")
# A record holds no control characters, so these two can stand for the ends of italics.
_BEGIN, _END = "\x02", "\x03"
_DOUBLE_STOP = re.compile(rf"([.,;:!?]){_END}\1")
_SINGLE = re.compile(rf"[{_BEGIN}{_END}]")
# Signs of units do not get a capital letter in the title of a style that gives one to each word.
_UNIT = re.compile(r"(?<=\d )(?:[kcmµn]?m|[km]?g|t|l|h|min|s)(?![\w-])\S*")
_FORMATTER = SimpleNamespace(
    preformat=lambda words: words,
    Italic=lambda words: f"{_BEGIN}{words}{_END}",
    **dict.fromkeys(("Oblique", "Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)


def text(style: str, cited: Record) -> str:
    """Return a citation in a style, as plain text."""
    return _SINGLE.sub("", _marked(style, cited))


def html(style: str, cited: Record) -> str:
    """Return a citation in a style as HTML: escaped, with its italics."""
    return escape(_marked(style, cited)).replace(_BEGIN, "<i>").replace(_END, "</i>")


def printed(cited: Record) -> Record:
    """Return what a style is given of a record: what it can print, with marks where letters stay as they are."""
    kept = {key: value for key, value in cited.items() if key not in _UNPRINTED}
    kept["title"] = _UNIT.sub(lambda unit: _no_case(unit.group()), cited["title"])
    return {**kept, "number": _no_case(cited["number"])} if "number" in cited else kept


def _marked(style: str, cited: Record) -> str:
    given = printed(cited)
    return _DOUBLE_STOP.sub(rf"\1{_END}", rendered(reduced(style, shape_of(given)), given, _FORMATTER))


def _no_case(words: str) -> str:
    """Return words with the mark of CSL for letters that stay as they are."""
    return f'<span class="nocase">{words}</span>'
