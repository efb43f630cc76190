"""`cite.bib`, `cite.ris` and `cite.csl.json` of each item and released version, and `api/v1/library.*` of all items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import citation
from casebook.artifact import Artifact
from casebook.citation import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Site
    from casebook.citation.record import Record
    from casebook.library import Library
    from casebook.shape import Shapes


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the files of each item and of each released version, and of the library with all of its items."""
    cited = [record.of_item(item, library, site) for item in library.items.values()]
    yield from _files("api/v1/library", [record.of_library(library, site), *cited])
    for item, one in zip(library.items.values(), cited, strict=True):
        yield from _files(f"{item.address}cite", [one], item.path)
    for item_id, releases in library.releases.items():
        for release in releases:
            one = record.of_release(release, site, library.items.get(item_id))
            yield from _files(f"{release.address}cite", [one])


def _files(path: str, cited: Sequence[Record], source: str = "") -> Iterator[Artifact]:
    for ending, text in citation.FILES.items():
        yield Artifact(f"{path}.{ending}", text(cited), source)
