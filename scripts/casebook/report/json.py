"""Findings as a JSON list of `{code, severity, path, line, column, message, hint}`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding


def report(findings: Sequence[Finding]) -> str:
    """Return the findings as JSON."""
    return json.dumps([_fields(finding) for finding in findings], ensure_ascii=False, indent=2)


def _fields(finding: Finding) -> dict[str, str | int]:
    where = finding.location
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "message": finding.message,
        "hint": finding.hint,
    }
