"""Lists of items: by kind, by year, region, country, setting and outcome. A long list has several pages."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from casebook.registry import BEST_PRACTICE, CASE_STUDY
from casebook.render.page import Context, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Artifact
    from casebook.model import CaseStudy, Item

T = TypeVar("T")
PAGE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Card:
    """A way into a list: its label, its address, how much is in it, and a mark for its colour and sign."""

    label: str
    address: str
    count: int
    count_text: str
    text: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards under a heading."""

    cards: Sequence[Card]
    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to divide the cases: its address, its words, its vocabulary (or none), and its mapping in the library."""

    address: str
    title: str
    lead: str
    vocabulary: str
    mapping: str


FACETS = (
    Facet("years", "By year", "Cases by the decade in which the event began.", "", "by_decade"),
    Facet("regions", "By region", "Cases by the region in which they happened.", "regions", "by_region"),
    Facet(
        "countries", "By country", "Cases by country. A name takes no position on borders.", "countries", "by_country"
    ),
    Facet("settings", "By setting", "Cases by the kind of place in which they happened.", "settings", "by_setting"),
    Facet("outcomes", "By outcome", "Cases by how they ended, successes among them.", "outcomes", "by_outcome"),
)
_KIND_LEADS = {
    CASE_STUDY.name: "Something that happened, was prevented or was done well, newest first.",
    BEST_PRACTICE.name: "Who should do what, how binding it is, and what shows that it works.",
}


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the lists of each kind and each facet, with the indexes of the facets."""
    library = context.library
    kinds = ((CASE_STUDY, library.cases), (BEST_PRACTICE, library.practices))
    for kind, items in kinds:
        count = plural(len(items), kind.label.lower(), kind.plural.lower())
        trail = [(kind.plural, "")]
        yield from Listing(f"{kind.address}/", kind.plural, _KIND_LEADS[kind.name], count, items, trail).pages(context)
    for facet in FACETS:
        yield from _facet_pages(facet, context)


def chunks(items: Sequence[T], address: str) -> Iterator[tuple[str, Sequence[T]]]:
    """Yield the pages of a list: their address and their items; a list that is empty has one page."""
    for start in range(0, max(len(items), 1), PAGE_LENGTH):
        number = start // PAGE_LENGTH + 1
        yield (address if number == 1 else f"{address}page/{number}/"), items[start : start + PAGE_LENGTH]


def pager(chunked: Sequence[tuple[str, Sequence[T]]]) -> list[tuple[int, str]]:
    """Return numbers and addresses of the pages of a list."""
    return [(number, address) for number, (address, _) in enumerate(chunked, 1)]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items with its words: `count` says how many and what, `trail` the way to it."""

    address: str
    title: str
    lead: str
    count: str
    items: Sequence[Item]
    trail: list[tuple[str, str]]

    def pages(self, context: Context) -> Iterator[Artifact]:
        """Yield the pages of the list."""
        parts = list(chunks(self.items, self.address))
        for number, (place, part) in enumerate(parts, 1):
            heading = self.title if number == 1 else f"{self.title}, page {number}"
            caption = self.count if len(parts) == 1 else f"{self.count}; page {number} of {len(parts)}"
            values: dict[str, Any] = {"lead": self.lead, "caption": caption, "items": part, "pages": pager(parts)}
            # What a list says stands on the pages of its items; the search should lead there.
            values |= {"trail": self.trail, "meta": {"search": {"exclude": True}}}
            yield context.page(place).artifact("list.md.j2", heading, self.lead, **values)


def _facet_pages(facet: Facet, context: Context) -> Iterator[Artifact]:
    groups: Mapping[str, Sequence[CaseStudy]] = attrgetter(facet.mapping)(context.library)
    cards = [_card(facet, key, groups.get(key, ()), context) for key in _keys(facet, groups, context)]
    values = {"lead": facet.lead, "groups": [CardGroup(cards)], "trail": [(facet.title, "")]}
    yield context.page(f"{facet.address}/").artifact("index.md.j2", facet.title, facet.lead, **values)
    for key, cases in groups.items():
        card = _card(facet, key, cases, context)
        trail = [(facet.title, f"{facet.address}/"), (card.label, "")]
        lead = card.text or f"Cases in this group: {card.label}."
        count = plural(len(cases), "case")
        yield from Listing(card.address, card.label, lead, count, cases, trail).pages(context)


def _keys(facet: Facet, groups: Mapping[str, Sequence[CaseStudy]], context: Context) -> list[str]:
    if not facet.vocabulary:
        return sorted(groups, reverse=True)
    terms = context.library.vocabularies[facet.vocabulary].terms
    # Most countries have no case; all other terms are shown even when empty, so that a gap is seen.
    return [key for key in terms if key in groups or facet.vocabulary != "countries"]


def _card(facet: Facet, key: str, cases: Sequence[CaseStudy], context: Context) -> Card:
    vocabulary = context.library.vocabularies.get(facet.vocabulary)
    label = vocabulary.label(key) if vocabulary else key
    text = vocabulary[key].definition if vocabulary and key in vocabulary else ""
    count = plural(len(cases), "case") if cases else "no case yet"
    address = f"{facet.address}/{key.lower()}/" if cases else "contribute/"
    return Card(
        label, address, len(cases), count, text, f"{facet.address}-{key}" if facet.address == "outcomes" else ""
    )
