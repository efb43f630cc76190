"""`/downloads/casebook.zip`: all content as one file that gives the same bytes whenever and wherever it is made."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from casebook.archive import zipped
from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.export import _crate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.artifact import Site
    from casebook.library import Library

PATH = "downloads/casebook.zip"
SUMS = "SHA256SUMS"
# A day before every item: a library without a day of its own still has an archive.
_EARLIEST = "1980-01-01"


def archive(made: Iterable[Artifact], sources: Iterable[Artifact], library: Library, site: Site) -> Iterator[Artifact]:
    """Yield the archive, its checksum, and the description of what the site has as data.

    Args:
        made: the data files of the library.
        sources: the files of the repository from which they come.
        library: the items; those of a public site.
        site: where the library is published.
    """
    day = max(library.last_changed or site.today, _EARLIEST)
    data = [artifact for artifact in made if is_data(artifact)]
    packed = Artifact(PATH, zipped(contents([*data, *sources], library, site, day), day))
    checksum = Artifact(f"{PATH}.sha256", _sums([Artifact("casebook.zip", packed.content)]))
    yield packed
    yield checksum
    yield _crate.crate([*sorted(data, key=_path), packed, checksum], library, site, day)


def is_data(file: Artifact) -> bool:
    """Say whether a file of the site is one of its data, which go into the archive."""
    return file.path.startswith(("api/", "schema/"))


def contents(parts: Iterable[Artifact], library: Library, site: Site, day: str) -> list[Artifact]:
    """Return the files of the archive by path: what is given, and what explains it and lets it be checked."""
    explained = sorted([*parts, Artifact("README.txt", _readme(library, site, day))], key=_path)
    described = [*explained, _crate.crate(explained, library, site, day)]
    return sorted([*described, Artifact(SUMS, _sums(sorted(described, key=_path)))], key=_path)


def _path(artifact: Artifact) -> str:
    return artifact.path


def _sums(files: Iterable[Artifact]) -> str:
    """Return the checksums in the form that `sha256sum --check` reads."""
    return "".join(f"{hashlib.sha256(file.data).hexdigest()}  {file.path}\n" for file in files)


def _readme(library: Library, site: Site, day: str) -> str:
    return _README.format(
        name=site.name,
        day=day,
        year=day[:4],
        where=f"\nIt is published at {site.url}\n" if site.url else "\n",
        cases=len(library.cases),
        practices=len(library.practices),
        exercises=len(library.exercises),
        paths=len(library.paths),
        licence=CONTENT_LICENCE,
        address=CONTENT_LICENCE_URL,
    )


_README = """\
{name}

Lessons learned and best practices in nuclear security, from public sources only.
This file holds all published content as it was on {day}.{where}
  Cases:          {cases}
  Best practices: {practices}
  Exercises:      {exercises}
  Learning paths: {paths}

WHAT IS IN IT

  api/v1/library.csv      the list of all items; open it in Excel or LibreOffice
  api/v1/*.csv            lessons, factors, sources and links, one in each row
  api/v1/datapackage.json what each column of the tables means
  api/v1/library.json     the list of all items, for programs
  api/v1/<kind>/          everything about each item, for programs
  api/v1/openapi.json     what each of these files holds, field by field
  cases/                  the text of each item as its authors wrote it (Markdown)
  schema/                 the form of an item, and the lists of words that it uses
  ro-crate-metadata.json  a description of all files for archives of data (RO-Crate)
  SHA256SUMS              a checksum of each file

Of an item that was withdrawn there is only a note that says why. Drafts are not here.

LICENCE

  {licence}: {address}
  You may copy and change it for any purpose, if you name the source. LICENSE-CONTENT.md says more.
  The JSON Schemas in schema/ are under the MIT licence, see LICENSE.

HOW TO CITE

  {name} contributors ({year}). {name}, version of {day}.
  To cite one item, give its authors, its title, its id and its version; all of them are in its file.
  Keep version, status and review state with what you pass on.

HOW TO CHECK THAT NOTHING WAS CHANGED OR LOST

  Linux:    sha256sum --check SHA256SUMS
  macOS:    shasum -a 256 --check SHA256SUMS
  Windows:  certutil -hashfile FILE SHA256, and compare with the line of that file in SHA256SUMS
"""
