"""An item as a record for machines, and what each field of it means. The shape carries a version."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casebook import reviews
from casebook.artifact import CONTENT_LICENCE_URL
from casebook.export._field import DAY, NUMBER, TEXT, TEXTS, TRUTH, Field
from casebook.model import CaseStudy, Exercise
from casebook.registry import KIND_BY_NAME

if TYPE_CHECKING:
    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item

VERSION = "1.0"
API = Field("api", TEXT, "Version of this shape.", within={"const": VERSION})
LICENCE = Field("licence", TEXT, "Address of the licence of the content.", filled=True)
STATUSES = ("published", "withdrawn", "draft", "in-review")
# What a list says of an item. The order is that of the columns of the table, and new fields come at the end.
ENTRY = (
    Field("kind", TEXT, "Kind of the item.", terms=tuple(KIND_BY_NAME), filled=True),
    Field("id", TEXT, "Permanent id, the same in all files.", "ID", filled=True, alone=True),
    Field("title", TEXT, "Title.", filled=True),
    Field("summary", TEXT, "One paragraph that stands alone.", filled=True),
    Field("status", TEXT, "Status; a public site has published and withdrawn items only.", terms=STATUSES, filled=True),
    Field("language", TEXT, "Language of the item, a BCP 47 tag.", filled=True),
    Field("version", NUMBER, "Version of the item.", filled=True),
    Field("published", DAY, "Day of the first version, YYYY-MM-DD; empty for a draft."),
    Field("changed", DAY, "Day of the newest version, YYYY-MM-DD; empty for a draft."),
    Field("reviewed", TRUTH, "Whether a review or a comment is recorded.", filled=True),
    Field("topics", TEXTS, "Ids of topics, the main one first.", filled=True),
    Field("countries", TEXTS, "ISO 3166-1 codes with two letters, the main one first; empty for all but cases."),
    Field("start", TEXT, "When the event began: year, month or day in EDTF; empty for all but cases."),
    Field("setting", TEXT, "Id of the setting, of an exercise that in which it plays; else empty."),
    Field("outcome", TEXT, "Id of the outcome; empty for all but cases."),
    Field("url", TEXT, "Address of the page.", "Page", filled=True),
    Field("data", TEXT, "Address of the JSON file of the item.", filled=True),
    Field("review_state", TEXT, "What the reviews amount to.", terms=tuple(reviews.STATES), filled=True),
)
SHORT = tuple(field.name for field in ENTRY)
LINKED_FROM = (
    Field("lessons", TEXTS, "Lessons that lead to this practice, each as `<id of the case>#<id of the lesson>`."),
    Field("counter_cases_of", TEXTS, "Ids of practices that name this case as one that argues against them."),
    Field("related", TEXTS, "Ids of items that this item names as related, and of those that name it."),
    Field("exercises", TEXTS, "Ids of exercises that grew from this case, or that play this practice."),
    Field("paths", TEXTS, "Ids of learning paths that have this item as a step."),
)
CLOSE_TO = (
    Field("id", TEXT, "Id of the item."),
    Field("why", TEXT, "What both share, in words that can change in any build."),
)
OF_WITHDRAWN = ("history", "withdrawn_reason", "superseded_by")
INTERNAL = ("path", "images")


def short(item: Item, library: Library, site: Site) -> dict[str, Any]:
    """Return what a list says of an item, under the names in `SHORT`."""
    event = item.event if isinstance(item, CaseStudy) else None
    plays_in = item.setting if isinstance(item, Exercise) else ""
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
        "setting": event.setting if event else plays_in,
        "outcome": event.outcome if event else "",
        "url": site.address(item.address),
        "data": site.address(item.data_address),
        "review_state": library.standing(item).state,
    }


def full(item: Item, library: Library, site: Site) -> dict[str, Any]:
    """Return everything about an item, with the links to it; of a withdrawn item only what its page says."""
    head = {API.name: VERSION, LICENCE.name: CONTENT_LICENCE_URL, **short(item, library, site)}
    if not item.is_shown:
        return {**head, **{key: value for key, value in asdict(item).items() if key in OF_WITHDRAWN}}
    fields = {key: value for key, value in asdict(item).items() if key not in INTERNAL and value not in ("", None, ())}
    return {**head, **fields, "linked_from": _linked_from(item, library), "close_to": _close_to(item, library)}


def _linked_from(item: Item, library: Library) -> dict[str, list[str]]:
    lessons = [f"{one.case.id}#{one.lesson.id}" for one in library.lessons_by_practice.get(item.id, ())]
    counters = [one.item.id for one in library.counters.get(item.id, ())]
    related = [one.item.id for one in library.related.get(item.id, ())]
    grown = [one.item.id for one in library.exercises_by_case.get(item.id, ())]
    plays = [one.id for one in library.exercises_by_practice.get(item.id, ())]
    paths = list(dict.fromkeys(one.path.id for one in library.steps_by_item.get(item.id, ())))
    exercises = list(dict.fromkeys([*grown, *plays]))
    return {
        "lessons": lessons,
        "counter_cases_of": counters,
        "related": related,
        "exercises": exercises,
        "paths": paths,
    }


def _close_to(item: Item, library: Library) -> list[dict[str, str]]:
    return [{"id": one.item.id, "why": one.why} for one in library.close.get(item.id, ())]
