"""Findings as an editor underlines them: from where to where in the text, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from casebook.editor.item import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.finding import Finding, Severity

# No editor is helped by more, and a hostile file can hold one for each of its characters.
MOST = 500
_WORD = re.compile(r"\s*[^\s,\[\]{}]+|\s*\S")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding from `start` to `end` of a line, counted from 0 and in characters."""

    line: int
    start: int
    end: int
    severity: Severity
    code: str
    message: str


def diagnostics(findings: Iterable[Finding], text: str) -> Iterator[Diagnostic]:
    """Yield the first findings of a text with their places in it; one that lies outside stands in its last line."""
    written = lines(text)
    for finding in islice(findings, MOST):
        line = min(finding.location.line, len(written)) - 1
        start = min(finding.location.column - 1, len(written[line]))
        word = _WORD.match(written[line], start)
        words = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
        yield Diagnostic(line, start, word.end() if word else start, finding.severity, finding.code, words)
