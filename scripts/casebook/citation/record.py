"""What a citation holds: one record of CSL-JSON, the data model of the Citation Style Language 1.0.2.

Names are literal: a name stays as its owner writes it, because nobody can tell for the whole world which part of it is
the family name.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from casebook import parts
from casebook import text as prose
from casebook.model import EDITORS
from casebook.release import newest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item
    from casebook.registry import Kind
    from casebook.release import Release

Record = dict[str, Any]
SUBJECT = "lessons learned and best practices in nuclear security"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def of_item(item: Item, library: Library, site: Site) -> Record:
    """Return the record of the version that an item has now; of a withdrawn item only what its page says.

    Its address is that of the released version, which does not change, or of the page where the version is not
    released or withdrawn.
    """
    topics = library.vocabularies["topics"]
    released = newest_of(item, library.releases) if item.is_shown else None
    return {
        **_head(f"{item.id}-v{item.version}", item.title, item.authors, item.last_changed),
        **_number(item.kind, item.id, item.version, site),
        **_address(released.address if released else item.address, site),
        "language": item.language,
        **(_content(item.summary, map(topics.label, item.topics)) if item.is_shown else _withdrawn(item)),
    }


def of_release(release: Release, site: Site, item: Item | None = None) -> Record:
    """Return the record of one released version.

    Args:
        release: the version.
        site: where the site stands.
        item: the item as it is now, where it still is one: if it was withdrawn, so were its versions.
    """
    # A release may be of a time with other fields.
    data, words = release.data, release.labels.get("topics", {})
    content = _content(parts.line(data.get("summary")), (words.get(one, one) for one in parts.texts(data, "topics")))
    return {
        **_head(f"{release.id}-v{release.version}", release.title, parts.authors(data), release.date),
        **_number(release.kind, release.id, release.version, site),
        **_address(release.address, site),
        "language": parts.line(data.get("language")) or "en",
        **(_withdrawn(item) if item and not item.is_shown else content),
    }


def of_library(library: Library, site: Site) -> Record:
    """Return the record of the whole library; its day is that of the newest version of an item."""
    name = re.sub(r"[^a-z0-9]+", "-", site.name.lower()).strip("-") or "casebook"
    newest = max((item.last_changed for item in library.items.values()), default="")
    return {
        **_head(name, f"{site.name}: {SUBJECT}", [f"{site.name} contributors"], newest),
        **_address("", site),
        "language": "en",
    }


def text(records: Iterable[Record]) -> str:
    """Return the file of records as CSL-JSON."""
    return "[\n" + ",\n".join(map(_object, records)) + "\n]\n"


def one_line(words: str) -> str:
    """Return a text on one line, without control characters: no format has a sign for them."""
    return " ".join(_CONTROL.sub(" ", words).split())


def _object(cited: Record) -> str:
    """Return a record with a line for each field, as a person reads it most easily."""
    lines = (f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in cited.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _head(key: str, title: str, names: Iterable[str], day: str) -> Record:
    people = dict.fromkeys(name for name in map(one_line, names) if name)
    issued = {"date-parts": [[int(part) for part in day.split("-")]]} if _DAY.fullmatch(day) else None
    return {
        "id": key,
        "type": "report",
        "title": one_line(title),
        "author": [{"literal": name} for name in people or (EDITORS,)],
        **({"issued": issued} if issued else {}),
    }


def _number(kind: Kind, item_id: str, version: int, site: Site) -> Record:
    return {"publisher": one_line(site.name), "genre": kind.label, "number": item_id, "version": str(version)}


def _address(address: str, site: Site) -> Record:
    return {"URL": site.address(address)} if site.url else {}


def _content(summary: str, topics: Iterable[str]) -> Record:
    # The keywords of an item are for its search, up to forty of them: too many for the tags of a reference manager.
    found = {"abstract": one_line(prose.plain(summary)), "keyword": ", ".join(map(one_line, topics))}
    return {key: value for key, value in found.items() if value}


def _withdrawn(item: Item) -> Record:
    return {"status": "withdrawn", "note": one_line(f"Withdrawn: {prose.plain(item.withdrawn_reason)}")}
