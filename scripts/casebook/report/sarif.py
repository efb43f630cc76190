"""Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS Standard, 2020)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from casebook import __version__
from casebook.finding import Severity
from casebook.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def report(findings: Sequence[Finding]) -> str:
    """Return one run with all rules and the findings as results."""
    driver = {"name": "casebook", "version": __version__, "rules": [_rule(rule) for rule in RULES]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(one) for one in findings]}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    first, _, rest = rule.manual.strip().partition("\n")
    return {
        "id": rule.code,
        "shortDescription": {"text": first},
        "help": {"text": rest.strip() or first, "markdown": rule.manual.strip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    where = finding.location
    words = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    region = {"startLine": where.line, "startColumn": where.column}
    place = {"artifactLocation": {"uri": quote(where.path)}, "region": region}
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": words},
        "locations": [{"physicalLocation": place}],
    }
