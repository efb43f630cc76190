"""Columns as the protocol counts them: in bytes of UTF-8, units of UTF-16 (what every editor knows), or characters."""

from __future__ import annotations

from bisect import bisect_left

_SIZES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def to_units(line: str, column: int, encoding: str) -> int:
    """Return the column of the protocol for a column in characters."""
    codec, size = _SIZES[encoding]
    return len(line[:column].encode(codec, errors="surrogatepass")) // size


def from_units(line: str, units: int, encoding: str) -> int:
    """Return the column in characters: for a place inside of a character that behind it, and at most the line's end."""
    columns = range(len(line))
    return bisect_left(columns, units, key=lambda column: to_units(line, column, encoding))
