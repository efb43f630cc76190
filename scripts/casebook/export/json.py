"""`/api/v1/library.json` and one JSON file for each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.export import _record
from casebook.export._formats import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.shape import Shapes


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the list of all items and the record of each."""
    items = list(library.items.values())
    head = {"api": _record.VERSION, "name": site.name, "licence": CONTENT_LICENCE_URL, "licence_name": CONTENT_LICENCE}
    counts = {name: len(getattr(library, name)) for name in ("cases", "practices", "exercises", "paths")}
    rows = [_record.short(item, library, site) for item in items]
    yield Artifact("api/v1/library.json", json_text({**head, "counts": counts, "items": rows}))
    for item in items:
        yield Artifact(item.data_address, json_text(_record.full(item, library, site)), item.path)
