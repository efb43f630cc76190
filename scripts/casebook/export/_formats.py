"""Values as the text of a file: JSON, and a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from casebook.export._field import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebook.export._field import Field

# Spreadsheets run a cell that begins with one of these as a formula (OWASP, 'CSV Injection').
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_text(value: Any) -> str:
    """Return a value as JSON, readable in every script."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def table_text(fields: Sequence[Field], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as comma-separated values, with a byte order mark, so that spreadsheets show every script."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([field.name for field in fields])
    for row in rows:
        writer.writerow([_cell(row[field.name]) for field in fields])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = SEPARATOR.join(value) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
