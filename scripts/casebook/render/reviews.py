"""The page that says what awaits review, what was reviewed, where a reviewer disagrees, and what is due again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from casebook import reviews
from casebook.dates import EventDate
from casebook.facet import FACET_BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.model import Item, Review
    from casebook.render.page import Context
    from casebook.reviews import Standing

    Found = list[tuple[Item, Standing]]

TITLE = "Reviews"
LEAD = "What awaits review, what was reviewed, where a reviewer disagrees, and what should be looked at again."
MOST_IN_PART = 10
FACET = FACET_BY_NAME["review"]


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what is to be said of it here."""

    item: Item
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the page: by which rule it is made, the state whose list holds all of it, and words for when empty.

    `fragment` is the part of the page of an item to which a line leads.
    """

    id: str
    title: str
    rule: str
    lines: Sequence[Line]
    state: str
    empty: str
    fragment: str = ""

    @property
    def shown(self) -> Sequence[Line]:
        """The lines that the page has room for."""
        return self.lines[:MOST_IN_PART]

    @property
    def more(self) -> int:
        """How many lines the page has no room for."""
        return len(self.lines) - len(self.shown)

    @property
    def address(self) -> str:
        """Address of the list that holds all of them."""
        return FACET.value_address(self.state)


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page."""
    library, states = context.library, context.library.by_facet[FACET.name]
    found = [(item, library.standing(item, context.site.today)) for item in library.shown]
    parts = [_awaiting(found), _in_review(found, drafts=context.site.drafts), _dissent(found), _due(found)]
    counts = [
        (len(states.get(state, ())), label, FACET.value_address(state) if state in states else "")
        for state, label in reviews.STATES.items()
    ]
    values = {"lead": LEAD, "counts": counts, "parts": parts, "topics": _topics(found, context)}
    yield context.page(f"{FACET.address}/").artifact("reviews.md.j2", TITLE, LEAD, **values)


def _awaiting(found: Found) -> Part:
    """Return the published items without a verdict, those that have waited longest first."""
    waiting = sorted(_waiting(found), key=lambda item: (item.first_published, item.id))
    lines = [Line(item, f"published on {_day(item.first_published)}") for item in waiting]
    rule = "Published, and no verdict is recorded. Those that have waited longest come first."
    return Part("awaiting", "Awaiting review", rule, lines, reviews.NONE, "Every published item has a verdict.")


def _in_review(found: Found, *, drafts: bool) -> Part:
    """Return the items that their authors call complete; the public site has none of them."""
    lines = [Line(item, f"version {item.version}") for item, _ in found if item.status == "in-review"]
    empty = "No item is in review." if drafts else "Items in review are not on the public site; a preview lists them."
    rule = "Complete in the eyes of the authors, and not yet published."
    return Part("in-review", "In review", rule, lines, reviews.NONE, empty)


def _dissent(found: Found) -> Part:
    lines = [Line(item, _words(standing.dissents[-1])) for item, standing in found if standing.dissents]
    rule = (
        "A reviewer disagrees with a part of the item. A dissent stands open until a review has accepted a later "
        "version. It stays on record after that."
    )
    return Part("dissent", "Open dissent", rule, lines, reviews.REVIEWED, "No dissent stands open.", "review")


def _due(found: Found) -> Part:
    """Return the reviewed items that should be looked at again, those with the oldest review first."""
    due = [(max(reviews.verdicts(item), key=lambda one: one.date), item) for item, standing in found if standing.is_due]
    lines = [Line(item, f"last: {_words(one)}") for one, item in sorted(due, key=lambda pair: pair[0].date)]
    rule = (
        "Each review of the item is of an earlier version, does not say its version, or is older than "
        f"{reviews.YEARS_UNTIL_DUE} years. Those with the oldest review come first."
    )
    return Part("due", "Due again", rule, lines, reviews.REVIEWED, "No item is due again.", "review")


def _topics(found: Found, context: Context) -> list[tuple[str, int, str]]:
    """Return the main topics with the number of items that await review, and the search that lists them."""
    waiting = {item.id for item in _waiting(found)}
    library = context.library
    counted = []
    for topic in library.vocabularies["topics"]:
        count = sum(item.id in waiting for item in library.by_topic.get(topic.id, ()))
        if count and not topic.parent:
            asked = urlencode({"topic": topic.id, FACET.name: reviews.NONE})
            counted.append((topic.label, count, f"search/?{asked}"))
    return counted


def _waiting(found: Found) -> list[Item]:
    return [item for item, standing in found if item.status == "published" and standing.state == reviews.NONE]


def _words(review: Review) -> str:
    version = f"version {review.version}" if review.version else "version not recorded"
    return f"{_day(review.date)}, {version}"


def _day(text: str) -> str:
    return str(EventDate.parse(text)) if text else "a day that is not recorded"
