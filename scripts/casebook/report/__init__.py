"""Findings as text for people, annotations for GitHub, a table for a summary, for GitLab, JSON and SARIF.

A format is one module with `report()`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding

FORMATS = ("text", "github", "summary", "gitlab", "json", "sarif")


class ReportModule(Protocol):
    """What a module in this folder offers."""

    def report(self, findings: Sequence[Finding]) -> str:
        """Return the findings in the format of the module."""


def report(findings: Sequence[Finding], form: str) -> str:
    """Return findings in one of the formats."""
    return cast("ReportModule", import_module(f"{__name__}.{form}")).report(findings)
