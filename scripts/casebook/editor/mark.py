"""A field name or a value of a front matter, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Steps = tuple[str | int, ...]
_SHORTEST_QUOTED = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A field name or a value: the steps that lead to it, its line, where it starts and ends, and its text.

    The steps to a name are those to its value. A value may be empty, or the beginning of a name that is being typed.
    """

    what: Literal["key", "value"]
    steps: Steps
    line: int
    start: int
    end: int
    text: str


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around it, also where the second one is still missing."""
    if not text or text[0] not in "'\"":
        return text
    return text[1:-1] if len(text) >= _SHORTEST_QUOTED and text[-1] == text[0] else text[1:]
