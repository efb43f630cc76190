"""`/api/v1/openapi.json`: every data file as an operation of an API, in OpenAPI 3.1.

Source of the format: https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from casebook.artifact import CONTENT_LICENCE, Artifact
from casebook.export import _record, _shape
from casebook.export._formats import json_text
from casebook.export.tables import TABLES
from casebook.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebook.artifact import Site
    from casebook.registry import Kind
    from casebook.shape import Shapes

PATH = "api/v1/openapi.json"
_TEXT = {"type": "string"}
_OBJECT = {"type": "object"}
_LIST = {"type": "array", "items": _OBJECT}
_FEEDS = {"atom": ("application/atom+xml", _TEXT), "json": ("application/feed+json", _OBJECT)}
_ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


@dataclass(frozen=True)
class Operation:
    """One file, or many whose path has a part in braces: what it is, its media type, and the schema of its content."""

    path: str
    name: str
    summary: str
    media: str = "application/json"
    schema: Mapping[str, Any] = field(default_factory=lambda: _OBJECT)

    def answers(self, path: str) -> bool:
        """Say whether a file is one of those that are meant."""
        return self._pattern.fullmatch(path) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("[^/]+".join(re.escape(part) for part in re.split(r"\{\w+\}", self.path)))

    @property
    def described(self) -> dict[str, Any]:
        """The operation in the words of OpenAPI."""
        names = re.findall(r"\{(\w+)\}", self.path)
        parameters = [{"name": name, "in": "path", "required": True, "schema": _ID} for name in names]
        answers: dict[str, Any] = {
            "200": {"description": self.summary, "content": {self.media: {"schema": dict(self.schema)}}}
        }
        missing = {"404": {"description": "There is no such file."}} if names else {}
        return {
            "operationId": self.name,
            "summary": self.summary,
            **({"parameters": parameters} if parameters else {}),
            "responses": answers | missing,
        }


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation that there can be; a description has those of which there is a file."""
    return tuple(_operations())


def _operations() -> Iterator[Operation]:
    yield Operation("api/v1/library.json", "library", "All items", schema=_shape.reference("library"))
    yield from (_record_of(kind) for kind in KINDS)
    for table in TABLES:
        yield Operation(table.path, f"{table.name}-table", f"{table.title} as a table", "text/csv", _TEXT)
    yield Operation("api/v1/datapackage.json", "data-dictionary", "What each column of the tables means")
    yield Operation("api/v1/library.bib", "library-bibtex", "All items for BibTeX", "application/x-bibtex", _TEXT)
    ris = "application/x-research-info-systems"
    yield Operation("api/v1/library.ris", "library-ris", "All items for reference managers", ris, _TEXT)
    csl = "application/vnd.citationstyles.csl+json"
    yield Operation("api/v1/library.csl.json", "library-csl", "All items as CSL-JSON", csl, _LIST)
    for kind in KINDS:
        path, what = f"schema/{kind.name}.schema.json", f"JSON Schema of {kind.noun}"
        yield Operation(path, f"{kind.name}-schema", what, "application/schema+json")
    for ending, (media, schema) in _FEEDS.items():
        yield Operation(f"feeds/library.{ending}", f"feed-{ending}", "What is new", media, schema)
        for folder in ("topics", "kinds"):
            path, what = f"feeds/{folder}/{{id}}.{ending}", f"What is new in one of the {folder}"
            yield Operation(path, f"feed-{folder}-{ending}", what, media, schema)
    yield Operation("ro-crate-metadata.json", "research-object", "The library as an RO-Crate", "application/ld+json")
    yield Operation(PATH, "description", "This description")
    yield Operation("downloads/casebook.zip", "archive", "All content as one file", "application/zip", {})
    yield Operation("downloads/casebook.zip.sha256", "archive-checksum", "Checksum of that file", "text/plain", _TEXT)


# They are made from all others, and so after this description.
_LATER = (PATH, "ro-crate-metadata.json", "downloads/casebook.zip", "downloads/casebook.zip.sha256")


def _record_of(kind: Kind) -> Operation:
    either = {"oneOf": [_shape.reference(kind.name), _shape.reference("withdrawn")]}
    path, what = f"api/v1/{kind.name}/{{id}}.json", f"One {kind.label.lower()} with all its fields"
    return Operation(path, kind.name, what, schema=either)


def is_described(file: Artifact) -> bool:
    """Say whether a file is one of the API."""
    return file.path.startswith(("api/", "schema/", "feeds/"))


def description(made: Iterable[Artifact], shapes: Shapes, site: Site) -> Artifact:
    """Return the description of the data files that were made."""
    paths = [*(artifact.path for artifact in made), *_LATER]
    known = [one for one in operations() if any(one.answers(path) for path in paths)]
    about = {
        "title": f"{site.name}: data",
        "version": _record.VERSION,
        "summary": "The library for programs, as plain files.",
        "description": _ABOUT,
        "license": {"name": CONTENT_LICENCE, "identifier": "CC-BY-4.0"},
    }
    value = {
        "openapi": "3.1.1",
        "info": about,
        # Without an address of its own the site is where this file lies: two folders above it.
        "servers": [{"url": site.url.rstrip("/") or "../.."}],
        "paths": {f"/{one.path}": {"get": one.described} for one in known},
        "components": {"schemas": _shape.components(shapes)},
    }
    return Artifact(PATH, json_text(value))


_ABOUT = (
    "Files that a web server gives as they are: there is no key, no account and no limit. The schemas say exactly what "
    "this build holds. New fields and kinds may come at any time within /api/v1/, so a program should ignore what it "
    "does not know."
)
