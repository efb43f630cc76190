"""Findings for people: one line each, the hint below it, and a sum at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding


def report(findings: Sequence[Finding]) -> str:
    """Return `path:line:column: CODE message`, with the remedy on a line of its own."""
    return "\n".join([*(_lines(finding) for finding in findings), total(findings)])


def _lines(finding: Finding) -> str:
    where, weight = finding.location, "" if finding.severity is Severity.ERROR else f"{finding.severity}: "
    line = f"{where.path}:{where.line}:{where.column}: {finding.code} {weight}{finding.message}"
    return f"{line}\n    {finding.hint}" if finding.hint else line


def total(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each weight, in words."""
    counts = [(sum(one.severity is weight for one in findings), weight.value) for weight in Severity]
    parts = [f"{count} {word}{'s' if count != 1 else ''}" for count, word in counts if count]
    return ", ".join(parts) if parts else "no findings"
