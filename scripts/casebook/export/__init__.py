"""From the library to data files for machines. An export format is one module with `files()`, found by its place."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from casebook.export import _archive, _openapi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.artifact import Artifact, Site
    from casebook.library import Library
    from casebook.shape import Shapes


class ExportModule(Protocol):
    """What a module in this folder offers."""

    def files(self, library: Library, shapes: Shapes, site: Site) -> Iterator[Artifact]:
        """Yield the files of one format."""


def files(library: Library, shapes: Shapes, site: Site, sources: Iterable[Artifact] = ()) -> Iterator[Artifact]:
    """Yield the files of every export format, and then what is made from all of them.

    Args:
        library: the items that are shown.
        shapes: the schemas.
        site: where the site will stand.
        sources: the files of the repository that go into the archive for download.
    """
    made = _described(library, shapes, site)
    yield from made
    if site.drafts:
        # What can be downloaded leaves the preview, so it holds what a public site has.
        library, site = library.public(), replace(site, drafts=False)
        made = _described(library, shapes, site)
    yield from _archive.archive(made, sources, library, site)


def _described(library: Library, shapes: Shapes, site: Site) -> list[Artifact]:
    made = list(_formats(library, shapes, site))
    return [*made, _openapi.description(made, shapes, site)]


def _formats(library: Library, shapes: Shapes, site: Site) -> Iterator[Artifact]:
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")):
        yield from cast("ExportModule", import_module(f"{__name__}.{module}")).files(library, shapes, site)
