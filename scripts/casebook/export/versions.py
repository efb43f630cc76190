"""`/assets/changes/versions.js`: the versions of every item, for the page 'Changed since'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.artifact import script
from casebook.changed import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact, Site
    from casebook.library import Library
    from casebook.shape import Shapes


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the script."""
    yield script("assets/changes/versions.js", "casebookVersions", facts(library, site.url))
