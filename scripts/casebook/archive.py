"""Files as one zip that has the same bytes whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.artifact import Artifact

# The format knows no earlier day.
_EARLIEST = "1980-01-01"
_FILE_FOR_ALL_TO_READ = 0o100644 << 16
_UNIX = 3


def zipped(files: Iterable[Artifact], day: str) -> bytes:
    """Return files as a zip, in their order.

    Args:
        files: what is packed.
        day: the day that each file gets, `YYYY-MM-DD`; none, or one that is too early for the format, is its first.
    """
    year, month, of_month = (int(part) for part in max(day, _EARLIEST).split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for file in files:
            entry = zipfile.ZipInfo(file.path, (year, month, of_month, 0, 0, 0))
            entry.external_attr, entry.create_system = _FILE_FOR_ALL_TO_READ, _UNIX
            packed.writestr(entry, file.data, zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()
