"""Lines of a text that fit a width: breaks between words, between characters where a script has no blanks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from casebook.socialcard.fonts import clusters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MORE = "…"
_JOINERS = "\u200c\u200d"
# Chinese, Japanese and Thai are written without blanks.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
# These never begin a line.
_CLOSING = frozenset("、。，．・：；？！）」』】〉》〕ー々…,.;:!?)]}")  # noqa: RUF001  # full-width signs are meant


def cleaned(text: str) -> str:
    """Return a text on one line, without characters that are not seen or that turn the direction of others."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    return "".join(one for one in unicodedata.normalize("NFC", line) if _is_seen(one)).strip()


def lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines of a text, none of them wider than a width unless a single character is."""
    found: list[str] = []
    line, long, gap = "", 0.0, measure(" ")
    for blank, part in _parts(text, width, measure):
        own = measure(part)
        more = own + gap * len(blank)
        if line and long + more > width:
            found.append(line)
            line, long = part, own
        else:
            line, long = (line + blank + part, long + more) if line else (part, own)
    return [*found, line] if line else found


def shortened(found: list[str], most: int, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the first lines; the last one ends with an ellipsis when there were more."""
    if len(found) <= most:
        return found
    last = list(clusters(found[most - 1]))
    while last and measure("".join(last).rstrip() + MORE) > width:
        last.pop()
    return [*found[: most - 1], "".join(last).rstrip() + MORE]


def _is_seen(one: str) -> bool:
    return one in _JOINERS or not unicodedata.category(one).startswith("C")


def _parts(text: str, width: float, measure: Callable[[str], float]) -> Iterator[tuple[str, str]]:
    """Yield what may not be broken, with the blank before it."""
    for word in text.split():
        blank = " "
        for part in _unbroken(word):
            pieces = [part] if measure(part) <= width else list(clusters(part))
            for piece in pieces:
                yield blank, piece
                blank = ""


def _unbroken(word: str) -> Iterator[str]:
    if not _UNSPACED.search(word):
        yield word
        return
    part = ""
    for cluster in clusters(word):
        breaks = bool(_UNSPACED.match(cluster[0]) or (part and _UNSPACED.match(part[-1])))
        if part and breaks and cluster not in _CLOSING:
            yield part
            part = ""
        part += cluster
    yield part
