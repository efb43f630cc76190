"""What a check says: a `Finding` at a `Location`, made by a `Rule`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from rapidfuzz import process
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LONGEST = 400
ALIKE = 0.6


def on_one_line(text: str, longest: int = LONGEST) -> str:
    """Return a text as it can stand in a line of any report: no line ends, no control characters, not without end."""
    text = _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text[: longest + 1])
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


class CasebookError(Exception):
    """The tool itself cannot run. Bad content is a `Finding` and never this."""


class Severity(StrEnum):
    """How much a finding weighs.

    Errors and warnings make `casebook check` exit with 1. A note says what a draft still needs and does not.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: path relative to the repository with `/`, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that is not known, and the known ones that it may be a misspelling of, the most alike first."""

    word: str
    meant: tuple[str, ...]

    @classmethod
    def of(cls, word: str, known: Iterable[str]) -> Self:
        """Return the misspelling that a word is among known ones."""
        return cls(word, tuple(near(word, known)))

    @property
    def hint(self) -> str:
        """A hint that names the word most like it, or no hint."""
        return f"did you mean `{self.meant[0]}`?" if self.meant else ""


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing to mend: where, which rule, what must be, and the remedy.

    `misspelling` is what a correction needs to know where a word is not known; it says nothing that the words do not.
    """

    location: Location
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    misspelling: Misspelling | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its usual severity, and its manual page in Markdown."""

    code: str
    manual: str
    severity: Severity = Severity.ERROR

    def at(
        self,
        location: Location,
        message: str,
        hint: str = "",
        *,
        severity: Severity | None = None,
        misspelling: Misspelling | None = None,
    ) -> Finding:
        """Return a finding of this rule at a location."""
        words = on_one_line(message), on_one_line(hint)
        return Finding(location, self.code, *words, severity or self.severity, misspelling)


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return a hint that names the candidate most like a word, or no hint."""
    return Misspelling.of(word, candidates).hint


def near(word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that a word may be a misspelling of, the most alike first.

    Measured is the share of letters that both have in the same order (the Indel similarity, from 0 to 1). The web form
    measures the same.
    """
    folded = word.lower()[:LONGEST]
    found = process.extract(folded, list(candidates), scorer=Indel.normalized_similarity, score_cutoff=ALIKE)
    return [candidate for candidate, _, _ in found]
