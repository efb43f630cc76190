"""`/api/v1/*.csv`, tables for a spreadsheet, and `/api/v1/datapackage.json`, which says what each column means.

The description follows Data Package 2.0: https://datapackage.org/standard/data-package/
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.export import _record
from casebook.export._field import NUMBER, TEXT, TEXTS, Field
from casebook.export._formats import json_text, table_text
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.registry import KIND_BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Criterion, Inject, Item
    from casebook.shape import Shapes

Row = dict[str, Any]
FOLDER = "api/v1"
_PROFILES = "https://datapackage.org/profiles/2.0"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table: its name, what it holds, its columns, its rows of a library, and the columns that tell rows apart.

    `item` is the column that holds the id of an item, a row of the table `library`.
    """

    name: str
    title: str
    description: str
    fields: Sequence[Field]
    rows: Callable[[Library, Site], Iterator[Row]]
    key: Sequence[str] = ()
    item: str = ""

    @property
    def path(self) -> str:
        """Path of the file, from the root of the site."""
        return f"{FOLDER}/{self.name}.csv"


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield every table, UTF-8 with a byte order mark, and the data dictionary of all of them."""
    made = {table: Artifact(table.path, table_text(table.fields, table.rows(library, site))) for table in TABLES}
    yield from made.values()
    yield Artifact(f"{FOLDER}/datapackage.json", json_text(_package(made, library, site)))


def _items(library: Library, site: Site) -> Iterator[Row]:
    return (_record.short(item, library, site) for item in library.items.values())


def _lessons(library: Library, site: Site) -> Iterator[Row]:
    for case in _cases(library):
        for lesson in case.lessons:
            yield {
                "case": case.id,
                "id": lesson.id,
                "lesson": lesson.lesson,
                "drawn_by": lesson.drawn_by,
                "factors": lesson.factors,
                "practices": lesson.practices,
                "url": f"{site.address(case.address)}#{lesson.id}",
            }


def _factors(library: Library, _site: Site) -> Iterator[Row]:
    labels = library.vocabularies["factors"].terms
    for case in _cases(library):
        for one in case.factors:
            yield {"case": case.id, "factor": one.factor, "label": labels[one.factor].label, "basis": one.basis}


def _sources(library: Library, _site: Site) -> Iterator[Row]:
    names = [field.name for field in _SOURCES]
    for item in _shown(library):
        for source in item.sources:
            yield {"item": item.id, **{name: getattr(source, name) for name in names if name != "item"}}


def _links(library: Library, _site: Site) -> Iterator[Row]:
    for item in _shown(library):
        for start, relation, end in _links_of(item, library):
            yield {
                "item": item.id,
                "from_type": start[0],
                "from": start[1],
                "relation": relation,
                "to_type": end[0],
                "to": end[1],
            }


def _links_of(item: Item, library: Library) -> Iterator[tuple[tuple[str, str], str, tuple[str, str]]]:
    """Yield what an item links: where a link begins, what it says, and where it ends, each end with its type."""
    here = (item.kind.name, item.id)
    if isinstance(item, CaseStudy):
        yield from ((here, "has-factor", ("factor", one.factor)) for one in item.factors)
        for lesson in item.lessons:
            from_lesson = ("lesson", f"{item.id}#{lesson.id}")
            yield here, "has-lesson", from_lesson
            yield from ((from_lesson, "answers-factor", ("factor", factor)) for factor in lesson.factors)
            yield from ((from_lesson, "leads-to", ("best-practice", practice)) for practice in lesson.practices)
    if isinstance(item, BestPractice):
        yield from ((here, "countered-by", ("case-study", one.id)) for one in item.counter_cases)
    if isinstance(item, Exercise):
        yield from ((here, "grown-from", ("case-study", one.id)) for one in item.grown_from)
        parts: tuple[Inject | Criterion, ...] = (*item.injects, *item.evaluation)
        lessons = dict.fromkeys(lesson for part in parts for lesson in part.lessons)
        practices = dict.fromkeys(practice for part in parts for practice in part.practices)
        yield from ((here, "plays-lesson", ("lesson", lesson)) for lesson in lessons)
        yield from ((here, "plays-practice", ("best-practice", practice)) for practice in practices)
    if isinstance(item, LearningPath):
        yield from ((here, "has-step", (_kind(step.item, library), step.item)) for step in item.steps)
    yield from ((here, "has-guidance", ("guidance", document)) for document in item.guidance)
    for one in item.related:
        yield here, "related-to", (_kind(one.id, library), one.id)


def _kind(item_id: str, library: Library) -> str:
    return library.items[item_id].kind.name if item_id in library.items else ""


def _shown(library: Library) -> list[Item]:
    return [item for item in library.items.values() if item.is_shown]


def _cases(library: Library) -> list[CaseStudy]:
    return [item for item in _shown(library) if isinstance(item, CaseStudy)]


def _package(made: Mapping[Table, Artifact], library: Library, site: Site) -> dict[str, Any]:
    licence = {"name": "CC-BY-4.0", "title": CONTENT_LICENCE, "path": CONTENT_LICENCE_URL}
    wrote = [{"title": name, "roles": ["author"]} for name in authors(library)]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "nuclear-security-casebook",
        "title": site.name,
        "description": "Items of the library, the lessons, factors and sources in them, and the links between them.",
        "version": _record.VERSION,
        **({"homepage": site.url} if site.url else {}),
        "licenses": [licence],
        **({"contributors": wrote} if wrote else {}),
        "resources": [_resource(table, str(artifact.content)) for table, artifact in made.items()],
    }


def authors(library: Library) -> list[str]:
    """Return the names of those who wrote the items that are shown, each once."""
    return sorted({one.name for item in _shown(library) for one in item.contributors if one.role == "author"})


def _resource(table: Table, content: str) -> dict[str, Any]:
    data = content.encode("utf-8")
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    reference = {"fields": [table.item], "reference": {"resource": "library", "fields": ["id"]}}
    return {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [field.column for field in table.fields],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": [reference]} if table.item else {}),
    }


_CASE = Field("case", TEXT, "Id of the case.", filled=True)
_ITEM = Field("item", TEXT, "Id of the item.", filled=True)
_STARTS = (*KIND_BY_NAME, "lesson")
_ENDS = (*_STARTS, "factor", "guidance")
_RELATIONS = (
    *("has-factor", "has-lesson", "answers-factor", "leads-to", "countered-by"),
    *("grown-from", "plays-lesson", "plays-practice", "has-step", "has-guidance", "related-to"),
)
_LESSONS = (
    _CASE,
    Field("id", TEXT, "Id of the lesson, permanent inside its case.", "ID", filled=True),
    Field("lesson", TEXT, "The lesson.", filled=True),
    Field("drawn_by", TEXT, "Who drew the lesson; empty where it is not said."),
    Field("factors", TEXTS, "Ids of factors that the lesson answers."),
    Field("practices", TEXTS, "Ids of practices to which the lesson leads."),
    Field("url", TEXT, "Address of the lesson.", "Page", filled=True),
)
_FACTORS = (
    _CASE,
    Field("factor", TEXT, "Id of the factor.", filled=True),
    Field("label", TEXT, "The factor in words.", filled=True),
    Field("basis", TEXT, "Id of what the factor rests on: a finding of a source, or our own reading.", filled=True),
)
_SOURCES = (
    _ITEM,
    Field("id", TEXT, "Id of the source inside its item.", "ID", filled=True),
    Field("title", TEXT, "Title.", filled=True),
    Field("author", TEXT, "Person or body that wrote it; empty where not known."),
    Field("type", TEXT, "Id of the type of source.", filled=True),
    Field("year", NUMBER, "Year of publication; empty where not known."),
    Field("reliability", TEXT, "Grade of reliability, see the editorial policy."),
    Field("identifier", TEXT, "DOI, ISBN or number of a document."),
    Field("language", TEXT, "Language of the source, a BCP 47 tag.", filled=True),
    Field("url", TEXT, "Address of the source.", "Address"),
)
_LINKS = (
    _ITEM,
    Field("from_type", TEXT, "What the link begins at.", terms=_STARTS, filled=True),
    Field("from", TEXT, "Id of where it begins; a lesson is `<id of the case>#<id of the lesson>`.", filled=True),
    Field("relation", TEXT, "What the link says.", terms=_RELATIONS, filled=True),
    Field("to_type", TEXT, "What the link leads to.", terms=_ENDS),
    Field("to", TEXT, "Id of where it leads, written in the same way.", filled=True),
)
TABLES = (
    Table("library", "Items", "One row for each item, withdrawn ones included.", _record.ENTRY, _items, ["id"]),
    Table("lessons", "Lessons", "One row for each lesson of a case.", _LESSONS, _lessons, ["case", "id"], "case"),
    Table("factors", "Factors", "One row for each contributing factor of a case.", _FACTORS, _factors, [], "case"),
    Table("sources", "Sources", "One row for each source of an item.", _SOURCES, _sources, ["item", "id"], "item"),
    Table("links", "Links", "One row for each link that an item names.", _LINKS, _links, [], "item"),
)
