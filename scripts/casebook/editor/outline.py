"""The front matter as far as it can be read while it is being typed: field names and values with their places.

`yamltree` reads YAML strictly and gives nothing when one line is wrong, which is most of the time while somebody types.
Here each line is read by its indentation alone. A fault spoils its own line and leaves the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from casebook.editor.flow import flow_marks
from casebook.editor.mark import Mark, unquoted
from casebook.load import fences
from casebook.yamltree import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.editor.mark import Steps

_KEY = re.compile(r"""([A-Za-z_][\w-]*|'[^']*'|"[^"]*") *:(?=[ \t]|$)""")
_DASH = re.compile(r"- *(?=\S|$)")
_COMMENT = re.compile(r"[ \t]#")


@dataclass(frozen=True, slots=True)
class Level:
    """What the lines below stand in: an entry of a list or a field, with the column where it begins.

    A level is `closed` when its value began on its own line; lines further in then go on with that value.
    """

    column: int
    step: str | int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """Field names and values of a front matter from line `first` up to the line before `last`.

    `blank` holds for each empty line what stands open there.
    """

    first: int
    last: int
    marks: Sequence[Mark]
    blank: Mapping[int, tuple[Level, ...]]

    @classmethod
    def of(cls, lines: Sequence[str]) -> Outline:
        """Return the outline of a file that is given in lines; an empty one when it has no front matter."""
        first, last = fences("\n".join(lines))
        scanner = _Scanner(lines, last)
        number = first
        while number < last:
            number = scanner.read(number)
        return cls(first, last, scanner.marks, scanner.blank)

    def holds(self, line: int) -> bool:
        """Say whether a line belongs to the front matter."""
        return self.first <= line < self.last

    def at(self, line: int, column: int) -> Mark | None:
        """Return the field name or value at a place; on an empty line, an empty value where something may begin."""
        if line in self.blank:
            return _gap(self.blank[line], line, column)
        found = [mark for mark in self.marks if mark.line == line and mark.start <= column <= mark.end]
        return max(found, key=lambda mark: (bool(mark.text), mark.start), default=None)

    def values(self, *steps: str | int) -> Iterator[Mark]:
        """Yield the values to which the steps lead; `*` stands for any entry of a list."""
        for mark in self.marks:
            if mark.what == "value" and len(mark.steps) == len(steps) and all(map(_fits, steps, mark.steps)):
                yield mark

    def fields(self, *steps: str | int) -> dict[str, str]:
        """Return names and values of the fields inside what the steps lead to; text on several lines is empty."""
        texts = {mark.steps: mark.text for mark in self.marks if mark.what == "value"}
        names = [mark for mark in self.marks if mark.what == "key" and mark.steps[:-1] == steps]
        return {mark.text: texts.get(mark.steps, "") for mark in names}


def _fits(wanted: str | int, step: str | int) -> bool:
    return step == wanted or (wanted == "*" and isinstance(step, int))


def _gap(levels: tuple[Level, ...], line: int, column: int) -> Mark | None:
    if levels and levels[-1].closed and levels[-1].column < column:
        return None
    steps = tuple(level.step for level in levels if level.column < column)
    return Mark("value", steps, line, column, column, "")


@dataclass(slots=True)
class _Scanner:
    """Reads line after line; `levels` are what stands open."""

    lines: Sequence[str]
    last: int
    marks: list[Mark] = field(default_factory=list)
    blank: dict[int, tuple[Level, ...]] = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)

    @property
    def steps(self) -> Steps:
        return tuple(level.step for level in self.levels)

    def read(self, number: int) -> int:
        """Read a line, and return the number of the next one to read."""
        line = self.lines[number]
        column = len(line) - len(line.lstrip(" "))
        if not line.strip():
            if "\t" not in line:
                self.blank[number] = tuple(self.levels)
        elif line.lstrip().startswith("#") or self._continues(column):
            pass
        else:
            return self._content(number, column)
        return number + 1

    def _continues(self, column: int) -> bool:
        return bool(self.levels) and self.levels[-1].closed and column > self.levels[-1].column

    def _content(self, number: int, column: int) -> int:
        line, inline = self.lines[number], False
        while len(self.levels) < MAX_DEPTH and (dash := _DASH.match(line, column)) and _is_dash(line, column):
            self._open_entry(column)
            column, inline = dash.end(), True
        if len(self.levels) >= MAX_DEPTH:
            self.levels.clear()
            return number + 1
        if key := _KEY.match(line, column):
            self._close(column)
            self.levels.append(Level(column, unquoted(key[1])))
            self._mark("key", number, column, column + len(key[1]))
            column, inline = key.end() + (len(line) > key.end()), True
            column += len(line[column:]) - len(line[column:].lstrip()) if line[column:].strip() else 0
        elif not inline:
            self._close(column)
        return self._value(number, column, inline=inline)

    def _close(self, column: int) -> None:
        while self.levels and self.levels[-1].column >= column:
            self.levels.pop()

    def _open_entry(self, column: int) -> None:
        index = 0
        while self.levels and self.levels[-1].column >= column:
            level = self.levels[-1]
            if level.column == column and isinstance(level.step, str):
                break
            self.levels.pop()
            if level.column == column and isinstance(level.step, int):
                index = level.step + 1
                break
        self.levels.append(Level(column, index))

    def _value(self, number: int, column: int, *, inline: bool) -> int:
        line = self.lines[number]
        comment = _COMMENT.search(line, max(column - 1, 0))
        end = max(len(line[: comment.start() if comment else None].rstrip()), column)
        if inline and self.levels and column < end:
            self.levels[-1] = Level(self.levels[-1].column, self.levels[-1].step, closed=True)
        if line[column : column + 1] in ("[", "{"):
            marks, following = flow_marks(self.lines[: self.last], number, column, self.steps, self._stops)
            self.marks += marks
            return following
        if line[column : column + 1] not in ("|", ">"):
            self._mark("value", number, column, end if column < end else max(column, len(line)))
        return number + 1

    def _stops(self, number: int) -> bool:
        """Say whether a line begins something new although a bracket above is still open."""
        line = self.lines[number]
        column = len(line) - len(line.lstrip(" "))
        begins = _KEY.match(line, column) or _is_dash(line, column)
        return bool(begins) and (not self.levels or column <= self.levels[-1].column)

    def _mark(self, what: Literal["key", "value"], number: int, start: int, end: int) -> None:
        text = unquoted(self.lines[number][start:end].strip())
        self.marks.append(Mark(what, self.steps, number, start, end, text))


def _is_dash(line: str, column: int) -> bool:
    return line.startswith("- ", column) or line[column:] == "-"
