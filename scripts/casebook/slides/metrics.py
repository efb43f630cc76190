"""How wide and how high text is in Arial, without a typeface at hand: the same bytes on every machine.

Arial is on every machine with PowerPoint, and LibreOffice has Liberation Sans in its place, which is as wide. The
widths are those of both. Signs that are not in the table are counted as wider than they are in most typefaces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from casebook.socialcard.wrap import lines

# In thousandths of the size, from the blank to the tilde.
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 "
    "584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
    "333 611 556 778 556 556 500 389 280 389 584"
)
_SIGNS = {"–": 556, "‘": 278, "’": 278, "“": 500, "”": 500, "·": 333, "•": 350, "…": 1000, "\u00a0": 278}  # noqa: RUF001
_WIDE, _OTHER = 1000, 800
_THOUSAND = 1000
_FIRST = ord(" ")
# What no table knows exactly: kerning, and how a program rounds.
_MARGIN = 1.02
# The lines of Arial are 1.15 of its size; other scripts need more, and borrow a typeface that is higher.
_LINE, _HIGH_LINE = 1.2, 1.6
# Signs of a script that needs more room than Latin; the marks of Latin letters, and general punctuation, do not.
_HIGH = re.compile("[^\u0000-\u036f\u2000-\u206f]")


def _table(row: str) -> dict[str, int]:
    return {chr(_FIRST + index): int(one) for index, one in enumerate(row.split())} | _SIGNS


_TABLES = {False: _table(_REGULAR), True: _table(_BOLD)}


@cache
def width(text: str, *, bold: bool = False) -> float:
    """Return the width of a text on one line, as a multiple of its size."""
    table = _TABLES[bold]
    return sum(table[one] if one in table else _sign(one, bold) for one in text) * _MARGIN / _THOUSAND


def height(text: str, room: float, size: float, *, share: float = 1.0) -> float:
    """Return how high a text stands in some room.

    Args:
        text: one paragraph.
        room: how wide a line may be, in points.
        size: the size of the type, in points.
        share: how much wider the text is than in regular type, because of bold words.
    """
    most = room / size / share
    broken = lines(text, most, width) or [""]
    # A word that is too long for a line, such as an address, begins a new one before it is broken.
    broken += [one for one in text.split()[1:] if width(one) > most]
    if not _HIGH.search(text):
        return len(broken) * _LINE * size
    return sum((_HIGH_LINE if _HIGH.search(line) else _LINE) * size for line in broken)


@cache
def _sign(one: str, bold: bool) -> int:  # noqa: FBT001
    if unicodedata.category(one) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(one) in "WF":
        return _WIDE
    return _TABLES[bold].get(unicodedata.normalize("NFD", one)[0], _OTHER)
