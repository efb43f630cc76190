"""From the library to data files for machines. An export format is one module with `files()`, found by its place."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact, Site
    from casebook.library import Library
    from casebook.shape import Shapes


class ExportModule(Protocol):
    """What a module in this folder offers."""

    def files(self, library: Library, shapes: Shapes, site: Site) -> Iterator[Artifact]:
        """Yield the files of one format."""


def files(library: Library, shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the files of every export format."""
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")):
        yield from cast("ExportModule", import_module(f"{__name__}.{module}")).files(library, shapes, site)
