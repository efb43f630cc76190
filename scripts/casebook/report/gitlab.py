"""Findings as a code quality report of GitLab, which shows them at their lines in a merge request.

Source of the format: GitLab Docs, 'Code Quality report format'. A fingerprint has no line in it, so that a finding that
has only moved is not a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from casebook.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def report(findings: Sequence[Finding]) -> str:
    """Return the findings as JSON; equal ones in one file are told apart by their number."""
    seen: Counter[tuple[str, str, str]] = Counter()
    entries = []
    for finding in findings:
        key = (finding.location.path, finding.code, finding.message)
        entries.append(_entry(finding, f"{key}{seen[key]}"))
        seen[key] += 1
    return json.dumps(entries, ensure_ascii=False, indent=2)


def _entry(finding: Finding, key: str) -> dict[str, Any]:
    where = finding.location
    return {
        "description": f"{finding.message} ({finding.hint})" if finding.hint else finding.message,
        "check_name": finding.code,
        "fingerprint": hashlib.sha256(key.encode("utf-8")).hexdigest(),
        "severity": _LEVELS[finding.severity],
        "location": {"path": where.path, "lines": {"begin": where.line}},
    }
