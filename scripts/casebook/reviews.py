"""What the recorded reviews of an item amount to: its state, open dissent, and whether a reader should look again.

The rules are those of the editorial policy (`docs/about/editorial-policy.md`, 'Review is recorded, not claimed').
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from casebook.model import Item, Review

NONE, REVIEWED, CROSS_REVIEWED = "none", "reviewed", "cross-reviewed"
STATES = {NONE: "Not yet peer-reviewed", REVIEWED: "Review recorded", CROSS_REVIEWED: "Cross-reviewed"}
ACCEPTING = ("accept", "accept-with-changes")
DISSENT = "dissent"
VERDICTS = (*ACCEPTING, DISSENT)
YEARS_UNTIL_DUE = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a person who wrote or reviewed comes from: a region and a type of centre, empty where not known."""

    region: str = ""
    type: str = ""


def unknown(_: str) -> Origin:
    """Return the origin of a centre of which nothing is known."""
    return Origin()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reviews of an item amount to.

    `state` is a key of `STATES`; `dissents` are those that still stand open; `is_due` says that a review is recorded,
    and none that is both of the present version and recent enough.
    """

    state: str
    dissents: tuple[Review, ...]
    is_due: bool


def standing(item: Item, origin_of: Callable[[str], Origin], today: str = "") -> Standing:
    """Return what the reviews of an item amount to.

    Args:
        item: the item.
        origin_of: gives the origin of a centre by its id.
        today: the day of the question as `YYYY-MM-DD`; without it no review is too old.
    """
    given = verdicts(item)
    fresh = [one for one in given if one.version == item.version and one.date >= _years_before(today)]
    return Standing(state(item, origin_of), tuple(open_dissents(given)), bool(given) and not fresh)


def state(item: Item, origin_of: Callable[[str], Origin]) -> str:
    """Return the state of review of an item, a key of `STATES`."""
    if is_cross_reviewed(item, origin_of):
        return CROSS_REVIEWED
    return REVIEWED if verdicts(item) else NONE


def verdicts(item: Item) -> list[Review]:
    """Return the reviews of an item that carry a verdict; a comment carries none, and silence is no review at all."""
    return [review for review in item.reviews if review.verdict in VERDICTS]


def open_dissents(reviews: Iterable[Review]) -> list[Review]:
    """Return the dissents that no review of a later version has answered by accepting it."""
    known = list(reviews)
    accepted = max((one.version for one in known if one.verdict in ACCEPTING), default=0)
    return [one for one in known if one.verdict == DISSENT and one.version >= accepted]


def is_cross_reviewed(item: Item, origin_of: Callable[[str], Origin]) -> bool:
    """Say whether two reviews that accept the present version come from elsewhere than the authors, in both respects.

    Region and type of centre must each differ from those of all authors. Where nothing is known of the authors in one
    respect, the two reviews must differ from each other in it.
    """
    accepting = [one for one in item.reviews if one.verdict in ACCEPTING and one.version == item.version]
    homes = [origin_of(one.centre) for one in item.contributors if one.centre]
    regions, types = {home.region for home in homes} - {""}, {home.type for home in homes} - {""}
    return any(
        _differ(one, other)
        and _elsewhere([origin(one, origin_of).region, origin(other, origin_of).region], regions)
        and _elsewhere([origin(one, origin_of).type, origin(other, origin_of).type], types)
        for one, other in combinations(accepting, 2)
    )


def origin(review: Review, origin_of: Callable[[str], Origin]) -> Origin:
    """Return where a review comes from: what the register says of its centre, else what the review says itself."""
    known = origin_of(review.centre) if review.centre else Origin()
    return Origin(known.region or review.region, known.type or review.centre_type)


def _elsewhere(found: Sequence[str], homes: set[str]) -> bool:
    if not all(found) or homes & set(found):
        return False
    return bool(homes) or len(set(found)) == len(found)


def _differ(one: Review, other: Review) -> bool:
    """Say whether two reviews are of two reviewers of two centres, as far as the record can tell."""
    same_person = one.reviewer and one.reviewer.casefold() == other.reviewer.casefold()
    return not same_person and not (one.centre and one.centre == other.centre)


def _years_before(today: str) -> str:
    return f"{int(today[:4]) - YEARS_UNTIL_DUE:04d}{today[4:]}" if today else ""
