"""The screen for sensitive content: checks as data in `schema/screen.yml`, and what they find in a text.

The same file serves the browser. Its expressions therefore keep to what Python and JavaScript read alike.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook import yamltree
from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from casebook.paths import Paths

_WORDS = ("id", "label", "why", "remedy")
_EXAMPLES = ("match", "finds", "passes")
# No match is longer: what stands further away has nothing to do with the word.
REACH = 200


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression, with a text in which it finds something and one in which it must not.

    Each match holds at least one of the words `near` in lower case; without any, the whole text is searched.
    """

    match: re.Pattern[str]
    near: tuple[str, ...]
    finds: str
    passes: str


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of sensitive content: how it is seen, why it matters, and what to do."""

    id: str
    label: str
    why: str
    remedy: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What a check saw in a text, from `start` to `end`."""

    check: Check
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Permission:
    """Words that may stand although a check sees them; `check` is its id."""

    check: str
    words: str


Screen = tuple[Check, ...]


def load_screen(paths: Paths) -> Screen:
    """Read the checks of a repository.

    Raises:
        CasebookError: if they cannot be used: a screen that sees nothing must not pass for a clean text.
    """
    name = paths.relative(paths.screen)
    try:
        tree, findings = yamltree.read(paths.screen.read_text(encoding="utf-8"), name)
        if tree is None or findings:
            raise CasebookError(f"{name} is not YAML as it is used here")
        return tuple(_check(fields) for fields in _fields(tree.plain(), "checks"))
    except (OSError, UnicodeDecodeError, re.error, KeyError, TypeError) as error:
        raise CasebookError(f"the screen {name} cannot be used: {error}") from error


def _fields(value: Any, key: str) -> list[Mapping[str, Any]]:
    entries = value[key]
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise TypeError(f"`{key}` must be a list of fields")
    return entries


def _check(fields: Mapping[str, Any]) -> Check:
    patterns = tuple(_pattern(one) for one in _fields(fields, "patterns"))
    name, label, why, remedy = (str(fields[key]) for key in _WORDS)
    return Check(name, label, why, remedy, patterns)


def _pattern(fields: Mapping[str, Any]) -> Pattern:
    match, finds, passes = (str(fields[key]) for key in _EXAMPLES)
    near = tuple(str(word) for word in fields.get("near", ()))
    return Pattern(re.compile(match, re.IGNORECASE if fields.get("any_case") == "true" else 0), near, finds, passes)


def matches(screen: Screen, text: str) -> Iterator[Match]:
    """Yield what the checks see in a text; of matches of one check that overlap, only the first."""
    lower = _lower(text)
    for check in screen:
        spans = sorted(span for pattern in check.patterns for span in _spans(pattern, text, lower))
        last = -1
        for start, end in spans:
            if start >= last:
                yield Match(check, start, end)
                last = end


def _spans(pattern: Pattern, text: str, lower: str) -> Iterator[tuple[int, int]]:
    for first, last in _windows(pattern.near, lower):
        for match in pattern.match.finditer(text, first, last):
            yield match.end() - len(match.group().lstrip()), match.end()


def _windows(near: Sequence[str], lower: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text around given words, those that overlap as one."""
    if not near:
        yield 0, len(lower)
        return
    first = last = -1
    for place in sorted(place for word in near for place in _places(word, lower)):
        if place - REACH > last:
            if last >= 0:
                yield first, last
            first = max(place - REACH, 0)
        last = place + REACH
    if last >= 0:
        yield first, last


def _places(word: str, lower: str) -> Iterator[int]:
    place = lower.find(word)
    while place >= 0:
        yield place
        place = lower.find(word, place + len(word))


def _lower(text: str) -> str:
    """Return a text in lower case in which each character keeps its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one.lower()[0] for one in text)


def permitted(text: str, permission: Permission) -> list[tuple[int, int]]:
    """Return where the words of a permission stand in a text, however its lines are broken."""
    words = [re.escape(word) for word in permission.words.split()]
    return [match.span() for match in re.finditer(r"\s+".join(words), text)] if words else []


def places(text: str) -> Callable[[int], tuple[int, int]]:
    """Return a function that gives line and column of an offset, both from 1."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return place
