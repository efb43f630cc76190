"""Lists of items: by kind and by the values of each facet. A long list has several pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from casebook.facet import FACETS, Facet
from casebook.registry import BEST_PRACTICE, CASE_STUDY, EXERCISE, KINDS, LEARNING_PATH
from casebook.render.page import Context, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.model import Item

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


_WITH_PAGES_OF_THEIR_OWN = ("topic", "factor")
_WITH_AN_INDEX_OF_ITS_OWN = ("review",)
_KIND_LEADS = {
    CASE_STUDY.name: "Something that happened, was prevented or was done well, newest first.",
    BEST_PRACTICE.name: "Who should do what, how binding it is, and what shows that it works.",
    EXERCISE.name: "Table-top exercises on fictional sites: roles, news on a clock, and what a prepared team would do.",
    LEARNING_PATH.name: "Cases, practices and exercises in an order, for one kind of learner.",
}


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the lists of each kind and each facet, with the indexes of the facets."""
    library = context.library
    for kind in KINDS:
        items = [item for item in library.shown if item.kind is kind]
        count = plural(len(items), kind.label.lower(), kind.plural.lower())
        trail = [(kind.plural, "")]
        yield from Listing(f"{kind.address}/", kind.plural, _KIND_LEADS[kind.name], count, items, trail).pages(context)
    for facet in FACETS:
        if facet.name not in _WITH_PAGES_OF_THEIR_OWN:
            yield from _facet_pages(facet, context)


def chunks(items: Sequence[T], address: str, length: int = PAGE_LENGTH) -> Iterator[tuple[str, Sequence[T]]]:
    """Yield the pages of a list: their address and their items; a list that is empty has one page."""
    for start in range(0, max(len(items), 1), length):
        number = start // length + 1
        yield (address if number == 1 else f"{address}page/{number}/"), items[start : start + length]


def pager(chunked: Sequence[tuple[str, Sequence[T]]]) -> list[tuple[int, str]]:
    """Return numbers and addresses of the pages of a list."""
    return [(number, address) for number, (address, _) in enumerate(chunked, 1)]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items with its words: `count` says how many and what, `trail` the way to it.

    `kicker` says of what the title is a value; with it the page has a name of its own among others of the same title.
    """

    address: str
    title: str
    lead: str
    count: str
    items: Sequence[Item]
    trail: list[tuple[str, str]]
    kicker: str = ""

    def pages(self, context: Context) -> Iterator[Artifact]:
        """Yield the pages of the list."""
        parts = list(chunks(self.items, self.address))
        for number, (place, part) in enumerate(parts, 1):
            heading = self.title if number == 1 else f"{self.title}, page {number}"
            caption = self.count if len(parts) == 1 else f"{self.count}; page {number} of {len(parts)}"
            values: dict[str, Any] = {"lead": self.lead, "caption": caption, "items": part, "pages": pager(parts)}
            # A facet has the same items again; a citation manager finds them on the lists of the kinds and the topics.
            values["citable"] = not self.kicker
            # What a list says stands on the pages of its items; the search should lead there.
            meta = {"title": f"{self.kicker}: {heading}" if self.kicker else heading, "search": {"exclude": True}}
            values |= {"trail": self.trail, "kicker": self.kicker, "meta": meta}
            yield context.page(place).artifact("list.md.j2", heading, self.lead, **values)


def counted(items: Sequence[Item]) -> str:
    """Return how many items of each kind there are, for example `3 cases, 1 practice`; empty when there are none."""
    counts = Counter(item.kind.name for item in items)
    return ", ".join(plural(counts[kind.name], kind.word) for kind in KINDS if counts[kind.name])


def _facet_pages(facet: Facet, context: Context) -> Iterator[Artifact]:
    groups = context.library.by_facet[facet.name]
    listed = facet.listed(groups, context.library.vocabularies)
    cards = [_card(facet, value, groups.get(value, ()), context) for value in listed]
    trail = [("Browse", "browse/"), (facet.title, "")]
    values = {"lead": facet.lead, "groups": [CardGroup(cards)], "trail": trail}
    if facet.name not in _WITH_AN_INDEX_OF_ITS_OWN:
        yield context.page(f"{facet.address}/").artifact("index.md.j2", facet.title, facet.lead, **values)
    for value, items in groups.items():
        card = _card(facet, value, items, context)
        way = [("Browse", "browse/"), (facet.title, f"{facet.address}/"), (card.label, "")]
        lead = card.text or f"{facet.label}: {card.label}."
        yield from Listing(card.address, card.label, lead, card.count_text, items, way, facet.label).pages(context)


def _card(facet: Facet, value: str, items: Sequence[Item], context: Context) -> Card:
    vocabularies = context.library.vocabularies
    return Card(
        label=facet.value_label(value, vocabularies),
        address=facet.value_address(value) if items else "contribute/",
        count=len(items),
        count_text=counted(items) or f"no {facet.holds} yet",
        text=facet.value_text(value, vocabularies),
        mark=f"outcomes-{value}" if facet.name == "outcome" else "",
    )
