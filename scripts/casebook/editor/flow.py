"""Lists and fields in brackets, `[a, b]` and `{id: a, label: b}`, as far as they can be read while they are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from casebook.editor.mark import Mark, unquoted
from casebook.yamltree import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.editor.mark import Steps

# A text in quotes, perhaps not yet closed; a bracket; a comma; a colon that ends a name; a comment; any other text.
_PLAIN = r"[^\s\[\]{},:]|:(?!\s|$)"
_TOKEN = re.compile(
    rf"""'[^']*'?|"[^"]*"?|[\[\]{{}},]|:(?=\s|$)|(?<=\s)#.*|(?:{_PLAIN})(?:{_PLAIN}|\ +(?=[^\s\[\]{{}},:#]))*"""
)


@dataclass(slots=True)
class _Frame:
    """A bracket that is open: `step` is the index of the entry, or the name of the field once it is known."""

    bracket: str
    step: str | int | None


@dataclass(slots=True)
class _Reader:
    base: Steps
    marks: list[Mark] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    # Whether an entry is still to come where the reader stands.
    waits: bool = True
    gap: int = 0

    @property
    def steps(self) -> Steps:
        return (*self.base, *(frame.step for frame in self.frames if frame.step is not None))

    def take(self, number: int, line: str, token: re.Match[str]) -> None:
        """Take one token of a line."""
        text, place = token.group(), token.start()
        if text in ("[", "{"):
            self.frames.append(_Frame(text, 0 if text == "[" else None))
            self.wait(line, token.end())
        elif text in ("]", "}"):
            self.fill(number, place)
            self.frames.pop()
            self.waits = False
        elif text == ",":
            self.fill(number, place)
            self.next_entry()
            self.wait(line, token.end())
        elif text == ":":
            self.name(number)
            self.wait(line, token.end())
        elif not text.startswith("#"):
            self.mark("value", number, place, token.end(), unquoted(text))
            self.waits = False

    def wait(self, line: str, place: int) -> None:
        self.waits, self.gap = True, place + (line[place : place + 1] == " ")

    def fill(self, number: int, place: int) -> None:
        """Mark the empty place of an entry that is still to come."""
        if self.waits:
            self.mark("value", number, min(self.gap, place), place, "")

    def next_entry(self) -> None:
        frame = self.frames[-1]
        frame.step = frame.step + 1 if isinstance(frame.step, int) else None

    def name(self, number: int) -> None:
        """Make the name of a field of what was read last."""
        frame, last = self.frames[-1], self.marks[-1] if self.marks else None
        if frame.bracket == "{" and frame.step is None and last and last.line == number and last.steps == self.steps:
            self.marks.pop()
            frame.step = last.text
            self.mark("key", number, last.start, last.end, last.text)

    def mark(self, what: Literal["key", "value"], number: int, start: int, end: int, text: str) -> None:
        self.marks.append(Mark(what, self.steps, number, start, end, text))


def flow_marks(
    lines: Sequence[str], number: int, column: int, base: Steps, stops: Callable[[int], bool]
) -> tuple[list[Mark], int]:
    """Return the marks inside a bracket, and the number of the line after it.

    Args:
        lines: the file up to the end of its front matter.
        number: the line of the bracket.
        column: the column of the bracket.
        base: the steps that lead to it.
        stops: says of a line whether it begins something new although the bracket is still open.
    """
    reader = _Reader(base)
    first = number
    while number < len(lines) and (number == first or not stops(number)):
        line = lines[number]
        reader.gap = len(line) - len(line.lstrip())
        for token in _TOKEN.finditer(line, column if number == first else 0):
            reader.take(number, line, token)
            if not reader.frames or len(reader.frames) > MAX_DEPTH:
                return reader.marks, number + 1
        reader.fill(number, len(line))
        number += 1
    return reader.marks, number
