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
    given = [(module, list(module.files(library, shapes, site))) for module in _modules()]
    made = _described((one for _, files in given for one in files), shapes, site)
    yield from made
    if site.drafts:
        # What can be downloaded leaves the preview, so it holds what a public site has.
        library, site = library.public(), replace(site, drafts=False)
        again = [module for module, files in given if any(_openapi.is_described(file) for file in files)]
        made = _described((one for module in again for one in module.files(library, shapes, site)), shapes, site)
    yield from _archive.archive(made, sources, library, site)


def _described(made: Iterable[Artifact], shapes: Shapes, site: Site) -> list[Artifact]:
    files = list(made)
    return [*files, _openapi.description(files, shapes, site)]


def _modules() -> list[ExportModule]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return [cast("ExportModule", import_module(f"{__name__}.{name}")) for name in names]
