"""An item as a record for machines. The shape is documented in `docs/about/data.md` and carries a version."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casebook.artifact import CONTENT_LICENCE_URL
from casebook.model import CaseStudy

if TYPE_CHECKING:
    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item

VERSION = "1.0"
SHORT = (
    "kind",
    "id",
    "title",
    "summary",
    "status",
    "language",
    "version",
    "published",
    "changed",
    "reviewed",
    "topics",
    "countries",
    "start",
    "setting",
    "outcome",
    "url",
    "data",
    "review_state",
)
_INTERNAL = ("path", "images")


def short(item: Item, library: Library, site: Site) -> dict[str, Any]:
    """Return what a list says of an item, under the names in `SHORT`."""
    event = item.event if isinstance(item, CaseStudy) else None
    return {
        "kind": item.kind.name,
        "id": item.id,
        "title": item.title,
        "summary": item.summary,
        "status": item.status,
        "language": item.language,
        "version": item.version,
        "published": item.first_published,
        "changed": item.last_changed,
        "reviewed": bool(item.reviews),
        "topics": list(item.topics),
        "countries": list(event.countries) if event else [],
        "start": event.start if event else "",
        "setting": event.setting if event else "",
        "outcome": event.outcome if event else "",
        "url": site.address(item.address),
        "data": site.address(item.data_address),
        "review_state": library.standing(item).state,
    }


def full(item: Item, library: Library, site: Site) -> dict[str, Any]:
    """Return everything about an item, with the links to it; of a withdrawn item only what its page says."""
    head = {"api": VERSION, "licence": CONTENT_LICENCE_URL, **short(item, library, site)}
    if not item.is_shown:
        kept = ("history", "withdrawn_reason", "superseded_by")
        return {**head, **{key: value for key, value in asdict(item).items() if key in kept}}
    fields = {key: value for key, value in asdict(item).items() if key not in _INTERNAL and value not in ("", None, ())}
    return {**head, **fields, "linked_from": _linked_from(item, library), "close_to": _close_to(item, library)}


def _linked_from(item: Item, library: Library) -> dict[str, list[str]]:
    lessons = [f"{one.case.id}#{one.lesson.id}" for one in library.lessons_by_practice.get(item.id, ())]
    counters = [one.item.id for one in library.counters.get(item.id, ())]
    related = [one.item.id for one in library.related.get(item.id, ())]
    return {"lessons": lessons, "counter_cases_of": counters, "related": related}


def _close_to(item: Item, library: Library) -> list[dict[str, str]]:
    return [{"id": one.item.id, "why": one.why} for one in library.close.get(item.id, ())]
