"""Findings as a table for the summary of a run, which GitHub and others show as Markdown.

The table is HTML, because Markdown is not read inside it. Text of contributors is escaped and stands in `code`, where
nothing is made into a link, a mention or a reference; so no file can write a message of its own into the summary.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from casebook.finding import on_one_line
from casebook.report import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.finding import Finding

# A summary has a limit of one megabyte; a row has at most about two thousand characters.
MOST = 200
_HEAD = "<tr><th>Where</th><th>Rule</th><th>What must be</th><th>Remedy</th></tr>"


def report(findings: Sequence[Finding]) -> str:
    """Return the sum, and a table with one row for each finding; beyond `MOST` they are only counted."""
    heading = f"### Check: {text.total(findings)}"
    if not findings:
        return heading
    rest = len(findings) - MOST
    more = ["", f"… and {rest} more: see the log of the run."] if rest > 0 else []
    return "\n".join([heading, "", "<table>", _HEAD, *map(_row, findings[:MOST]), "</table>", *more])


def _row(finding: Finding) -> str:
    where = finding.location
    cells = (f"{where.path}:{where.line}:{where.column}", finding.code, finding.message, finding.hint)
    return f"<tr>{''.join(f'<td>{_code(cell)}</td>' for cell in cells)}</tr>"


def _code(cell: str) -> str:
    return f"<code>{escape(on_one_line(cell))}</code>" if cell else ""
