"""Findings as workflow commands of GitHub Actions, which shows them at their lines.

Source of the format: GitHub Docs, 'Workflow commands for GitHub Actions'. Text of contributors is escaped as the runner
itself unescapes it, so that no file can smuggle in a command of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(findings: Sequence[Finding]) -> str:
    """Return one workflow command for each finding."""
    return "\n".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
    where = finding.location
    place = f"file={_property(where.path)},line={where.line},col={where.column},title={_property(finding.code)}"
    words = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return f"::{_COMMANDS[finding.severity]} {place}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
