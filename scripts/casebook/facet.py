"""The facets by which a reader narrows a list: each once, for the search, the plain lists and the finder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.library import decade, regions, with_parents
from casebook.model import BestPractice, CaseStudy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casebook.model import Item
    from casebook.vocabulary import Vocabularies

REVIEW_STATES = {"none": "Not yet peer-reviewed", "reviewed": "Review recorded"}


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to divide the items.

    `name` is the parameter in the address of the search page, `address` the folder of the plain lists, `vocabulary`
    gives the labels (empty: `labels` does, or the value is its own label), `values` returns the values of an item.
    """

    name: str
    label: str
    address: str
    vocabulary: str
    values: Callable[[Item, Vocabularies], Sequence[str]]

    def value_label(self, value: str, vocabularies: Vocabularies) -> str:
        """Return the words for a value."""
        if self.vocabulary:
            return vocabularies[self.vocabulary].label(value)
        return REVIEW_STATES.get(value, value) if self.name == "review" else value


def _topics(item: Item, vocabularies: Vocabularies) -> Sequence[str]:
    return with_parents(item.topics, vocabularies)


def _factors(item: Item, _: Vocabularies) -> Sequence[str]:
    return [one.factor for one in item.factors] if isinstance(item, CaseStudy) else ()


def _setting(item: Item, _: Vocabularies) -> Sequence[str]:
    return [item.event.setting] if isinstance(item, CaseStudy) and item.event else ()


def _regions(item: Item, vocabularies: Vocabularies) -> Sequence[str]:
    return regions(item, vocabularies) if isinstance(item, CaseStudy) else ()


def _countries(item: Item, _: Vocabularies) -> Sequence[str]:
    return item.event.countries if isinstance(item, CaseStudy) and item.event else ()


def _decade(item: Item, _: Vocabularies) -> Sequence[str]:
    return [decade(item)] if isinstance(item, CaseStudy) and item.event else ()


def _outcome(item: Item, _: Vocabularies) -> Sequence[str]:
    return [item.event.outcome] if isinstance(item, CaseStudy) and item.event else ()


def _material(item: Item, _: Vocabularies) -> Sequence[str]:
    return [item.material.category] if isinstance(item, CaseStudy) and item.material and item.material.category else ()


def _organisations(item: Item, _: Vocabularies) -> Sequence[str]:
    return item.applicability.organisations if isinstance(item, BestPractice) and item.applicability else ()


def _states(item: Item, _: Vocabularies) -> Sequence[str]:
    return item.applicability.states if isinstance(item, BestPractice) and item.applicability else ()


def _audiences(item: Item, _: Vocabularies) -> Sequence[str]:
    return item.teaching.audience if isinstance(item, CaseStudy) and item.teaching else ()


def _level(item: Item, _: Vocabularies) -> Sequence[str]:
    return [item.teaching.level] if isinstance(item, CaseStudy) and item.teaching else ()


def _language(item: Item, _: Vocabularies) -> Sequence[str]:
    return [item.language]


def _review(item: Item, _: Vocabularies) -> Sequence[str]:
    return ["reviewed" if item.reviews else "none"]


FACETS = (
    Facet("topic", "Topic", "topics", "topics", _topics),
    Facet("factor", "Contributing factor", "factors", "factors", _factors),
    Facet("setting", "Setting", "settings", "settings", _setting),
    Facet("region", "Region", "regions", "regions", _regions),
    Facet("country", "Country", "countries", "countries", _countries),
    Facet("decade", "Decade", "years", "", _decade),
    Facet("outcome", "Outcome", "outcomes", "outcomes", _outcome),
    Facet("material", "Material category", "materials", "material-categories", _material),
    Facet("organisation", "Organisation", "organisations", "organisations", _organisations),
    Facet("state", "State profile", "states", "state-profiles", _states),
    Facet("audience", "Audience", "audiences", "audiences", _audiences),
    Facet("level", "Level", "levels", "levels", _level),
    Facet("language", "Language", "languages", "languages", _language),
    Facet("review", "Review state", "reviews", "", _review),
)
