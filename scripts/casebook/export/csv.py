"""`/api/v1/library.csv`: one row for each item, lists joined with semicolons."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from casebook.artifact import Artifact
from casebook.export import _record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.shape import Shapes

# Spreadsheets run a cell that begins with one of these as a formula (OWASP, 'CSV Injection').
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the table. It is UTF-8 with a byte order mark, so that spreadsheets show every script."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_record.SHORT)
    for item in library.items.values():
        row = _record.short(item, library, site)
        writer.writerow([_cell(row[key]) for key in _record.SHORT])
    yield Artifact("api/v1/library.csv", "\ufeff" + out.getvalue())


def _cell(value: object) -> str:
    text = ";".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
