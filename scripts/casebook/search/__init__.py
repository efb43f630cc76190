"""The index of the search: what can be found, cut into small files that the browser loads when it needs them.

`docs/assets/js/search/` cuts words, weighs them and reads the files again: one code for both ends. A file is a script
and not JSON, because a page that was opened from disk may load the one and not the other.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from casebook.artifact import Artifact
from casebook.facet import FACETS
from casebook.search.passages import LESSON
from casebook.search.records import KINDS, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from casebook.library import Library
    from casebook.search.records import Record
    from casebook.vocabulary import Vocabularies
    from casebook.written import WrittenPage

FOLDER = "assets/search"


def files(
    library: Library, pages: Iterable[WrittenPage], indexer: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> Iterator[Artifact]:
    """Yield the files of the index.

    Pieces lie in a folder whose name changes with their content, so that a browser never joins the pieces of two
    builds; `manifest.js` names the folder.

    Args:
        library: the items.
        pages: the hand-written pages.
        indexer: makes the index, see `casebook.assets.indexer`.
    """
    found = records(library, pages)
    index = indexer({**_input(found, library.vocabularies), "links": _links(library)})
    pieces = {**index["pieces"], **{f"record-{number}": _shown(record) for number, record in enumerate(found)}}
    scripts = {name: _script(name, content) for name, content in pieces.items()}
    digest = hashlib.sha256("".join(scripts.values()).encode()).hexdigest()[:10]
    yield Artifact(f"{FOLDER}/manifest.js", _script("manifest", {"folder": digest, **index["manifest"]}))
    for name, script in scripts.items():
        yield Artifact(f"{FOLDER}/{digest}/{name}.js", script)


def _script(name: str, content: Any) -> str:
    return f"casebookPiece({json.dumps(name)},{json.dumps(content, ensure_ascii=False, separators=(',', ':'))})\n"


def _shown(record: Record) -> list[Any]:
    """Return what a result shows. Lists are shorter than names; `Shown` in `store.js` says what stands where."""
    parts = [[part.anchor, part.heading, part.text] for part in record.passages]
    return [KINDS[record.kind], record.title, record.address, record.summary, record.note, parts]


def _input(found: Sequence[Record], vocabularies: Vocabularies) -> dict[str, Any]:
    return {
        "entries": [{"fields": _fields(record), "names": list(record.names)} for record in found],
        "kinds": [record.kind for record in found],
        "synonyms": _synonyms(vocabularies),
        "facets": _facets(found, vocabularies),
        "days": [record.days for record in found],
    }


def _links(library: Library) -> list[tuple[int, list[int]]]:
    """Return for each case the practices to which its lessons lead, all by the numbers of their records."""
    items = library.shown
    numbers = {item.id: number for number, item in enumerate(items)}
    found = []
    for case in library.cases:
        practices = dict.fromkeys(one.id for lesson in case.lessons for one in library.practices_of(lesson))
        found.append((numbers[case.id], [numbers[practice] for practice in practices]))
    return [(case, practices) for case, practices in found if practices]


def _fields(record: Record) -> dict[str, list[str]]:
    """Return the texts of a record by their weight in the ranking."""
    fields: dict[str, list[str]] = {
        "title": [record.title],
        "keywords": list(record.keywords) if record.keywords else list(record.names),
        "questions": list(record.questions),
        "summary": [record.summary],
        "labels": list(record.labels),
    }
    for part in record.passages:
        name = "lessons" if part.heading == LESSON else "factors" if part.anchor.startswith("factor-") else "body"
        fields.setdefault("sources" if part.anchor == "sources" else name, []).append(part.text)
    return fields


def _synonyms(vocabularies: Vocabularies) -> list[list[str]]:
    terms = (term for name in ("synonyms", "glossary") for term in vocabularies[name])
    return [[term.label, *term.names] for term in terms if term.names]


def _facets(found: Sequence[Record], vocabularies: Vocabularies) -> list[dict[str, Any]]:
    kinds = {"name": "kind", "label": "Kind", "values": _values(((one.kind,) for one in found), KINDS)}
    result = [kinds]
    for facet in FACETS:
        carried = [record.facets.get(facet.name, ()) for record in found]
        ids = (
            vocabularies[facet.vocabulary].terms
            if facet.vocabulary
            else sorted({one for ids in carried for one in ids})
        )
        labels = {one: facet.value_label(one, vocabularies) for one in ids}
        result.append({"name": facet.name, "label": facet.label, "values": _values(carried, labels)})
    return result


def _values(carried: Iterable[Sequence[str]], labels: Mapping[str, str]) -> list[list[Any]]:
    numbers: dict[str, list[int]] = {value: [] for value in labels}
    for number, values in enumerate(carried):
        for value in values:
            numbers[value].append(number)
    return [[value, labels[value], holders] for value, holders in numbers.items() if holders]
