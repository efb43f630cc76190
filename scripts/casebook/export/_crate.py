"""`ro-crate-metadata.json`: what a folder of files is, in the words of RO-Crate 1.2.

Source of the format: https://www.researchobject.org/ro-crate/specification/1.2/
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.export import _openapi
from casebook.export._formats import json_text
from casebook.export.tables import authors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item

PATH = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.2"
_CODE_LICENCE = "https://opensource.org/license/mit"
_AUTHORS = "#contributors"
_MEDIA = {
    ".md": "text/markdown",
    ".yml": "application/yaml",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_LICENCES = (
    (CONTENT_LICENCE_URL, CONTENT_LICENCE, "Share and adapt for any purpose, with attribution."),
    (_CODE_LICENCE, "MIT", "Licence of the schemas, which are a part of the code."),
)


def crate(parts: Iterable[Artifact], library: Library, site: Site, day: str) -> Artifact:
    """Return the description of files as parts of the library.

    Args:
        parts: the files; their paths are from the folder in which the description will stand.
        library: the items that the files are about.
        site: where the library is published.
        day: when it changed last, `YYYY-MM-DD`.
    """
    named = {item.path: item for item in library.items.values()}
    files = [_file(part, named) for part in parts]
    graph = [
        {
            "@id": PATH,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _VERSION},
        },
        _root(files, site, day),
        _contributors(library, site),
        *(
            {"@id": address, "@type": "CreativeWork", "name": name, "description": words}
            for address, name, words in _LICENCES
        ),
        *files,
    ]
    return Artifact(PATH, json_text({"@context": f"{_VERSION}/context", "@graph": graph}))


def _root(files: Iterable[Mapping[str, Any]], site: Site, day: str) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": site.name,
        "description": "Cases, lessons and best practices in nuclear security with their public sources, as data.",
        "datePublished": day,
        "license": {"@id": CONTENT_LICENCE_URL},
        "author": {"@id": _AUTHORS},
        **({"url": site.url} if site.url else {}),
        "hasPart": [{"@id": file["@id"]} for file in files],
    }


def _contributors(library: Library, site: Site) -> dict[str, Any]:
    names = ", ".join(authors(library))
    described = {"description": f"Named as authors of the items: {names}."} if names else {}
    return {"@id": _AUTHORS, "@type": "Organization", "name": f"{site.name} contributors", **described}


def _file(part: Artifact, named: Mapping[str, Item]) -> dict[str, Any]:
    """Return what is said of one file; a schema, and the text of its licence, are no content."""
    operation = next((one for one in _openapi.operations() if one.answers(part.path)), None)
    is_code = part.path == "LICENSE" or part.path.endswith(".schema.json")
    item = named.get(part.source or part.path)
    name = operation.summary if operation else PurePosixPath(part.path).name
    return {
        "@id": quote(part.path),
        "@type": "File",
        "name": f"{item.title} ({'data' if operation else 'text'})" if item else name,
        "encodingFormat": operation.media if operation else _MEDIA.get(PurePosixPath(part.path).suffix, "text/plain"),
        "contentSize": str(len(part.data)),
        **({"license": {"@id": _CODE_LICENCE}} if is_code else {}),
    }
