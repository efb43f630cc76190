"""`/schema/KIND.schema.json`: the schema of each kind, self-contained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casebook.artifact import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.shape import Shapes


def files(_library: Library, shapes: Shapes, _site: Site) -> Iterator[Artifact]:
    """Yield the schema of each kind."""
    for name, shape in shapes.items():
        yield Artifact(f"schema/{name}.schema.json", json.dumps(shape.schema, ensure_ascii=False, indent=2) + "\n")
