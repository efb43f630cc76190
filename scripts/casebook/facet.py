"""The facets by which a reader narrows a list: each once, for the search, the plain lists and the finder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebook import reviews
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.vocabulary import names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from casebook.model import Item
    from casebook.vocabulary import Vocabularies

# Most countries and languages have nothing; an empty value of any other facet is a gap that a reader should see.
_ONLY_USED = ("countries", "languages")


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to divide the items.

    `name` is the parameter in the address of the search page, `address` the folder of the plain lists, `vocabulary`
    gives the labels (empty: `labels` does, or the value is its own label), `values` returns the values of an item.
    `label` and `plural` are the words for one value and for several, `title` and `lead` open the page that lists them,
    and `holds` says in one word what has such values.
    """

    name: str
    label: str
    address: str
    vocabulary: str
    values: Callable[[Item, Vocabularies], Sequence[str]]
    plural: str
    title: str
    lead: str
    holds: str = "case"
    labels: Mapping[str, str] = field(default_factory=dict)

    def value_label(self, value: str, vocabularies: Vocabularies) -> str:
        """Return the words for a value."""
        return vocabularies[self.vocabulary].label(value) if self.vocabulary else self.labels.get(value, value)

    def value_text(self, value: str, vocabularies: Vocabularies) -> str:
        """Return the definition of a value, or an empty text."""
        term = vocabularies[self.vocabulary].get(value) if self.vocabulary else None
        return term.definition if term else ""

    def value_address(self, value: str) -> str:
        """Return the address of the list of the items that have a value."""
        return f"{self.address}/{value.lower()}/"

    def listed(self, used: Iterable[str], vocabularies: Vocabularies) -> list[str]:
        """Return the values to choose from, in their order, when `used` are those that items have."""
        if self.vocabulary:
            known = vocabularies[self.vocabulary].terms
            return [value for value in known if value in used or self.vocabulary not in _ONLY_USED]
        return list(self.labels) or sorted(used, reverse=True)


def grouped(items: Iterable[Item], vocabularies: Vocabularies) -> dict[str, dict[str, list[Item]]]:
    """Return the items by the name of a facet and by value, each list in the order of the items."""
    groups: dict[str, dict[str, list[Item]]] = {facet.name: {} for facet in FACETS}
    for item in items:
        for facet in FACETS:
            for value in dict.fromkeys(facet.values(item, vocabularies)):
                groups[facet.name].setdefault(value, []).append(item)
    return groups


def regions(case: CaseStudy, vocabularies: Vocabularies) -> list[str]:
    """Return the regions of the countries of a case, each once, the main one first."""
    countries = vocabularies["countries"]
    codes = case.event.countries if case.event else ()
    return list(dict.fromkeys(str(countries[code].more.get("region")) for code in codes if code in countries))


def decade(case: CaseStudy) -> str:
    """Return the decade in which an event began, for example `1980s`."""
    return f"{case.event.period.first.year // 10 * 10}s" if case.event else ""


def with_parents(topics: Sequence[str], vocabularies: Vocabularies) -> list[str]:
    """Return topics with the main topics that they belong to, each once."""
    vocabulary = vocabularies["topics"]
    parents = [vocabulary[topic].parent for topic in topics if topic in vocabulary and vocabulary[topic].parent]
    return list(dict.fromkeys([*topics, *parents]))


def _topics(item: Item, vocabularies: Vocabularies) -> Sequence[str]:
    return with_parents(item.topics, vocabularies)


def _factors(item: Item, _: Vocabularies) -> Sequence[str]:
    return [one.factor for one in item.factors] if isinstance(item, CaseStudy) else ()


def _setting(item: Item, _: Vocabularies) -> Sequence[str]:
    if isinstance(item, Exercise):
        return [item.setting] if item.setting else ()
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
    if isinstance(item, Exercise | LearningPath):
        return item.audience
    return item.teaching.audience if isinstance(item, CaseStudy) and item.teaching else ()


def _level(item: Item, _: Vocabularies) -> Sequence[str]:
    if isinstance(item, Exercise | LearningPath):
        return [item.level] if item.level else ()
    return [item.teaching.level] if isinstance(item, CaseStudy) and item.teaching else ()


def _training(item: Item, vocabularies: Vocabularies) -> Sequence[str]:
    """Return the training topics of an exercise or a path, and of all others those that their topics serve."""
    if isinstance(item, Exercise | LearningPath):
        return item.training_topics
    topics = (vocabularies["topics"].get(topic) for topic in item.topics)
    return list(dict.fromkeys(one for topic in topics if topic for one in names_in(topic, "training")))


def _language(item: Item, _: Vocabularies) -> Sequence[str]:
    return [item.language]


def origins(vocabularies: Vocabularies) -> Callable[[str], reviews.Origin]:
    """Return the function that gives region and type of a centre of the register."""
    centres, countries = vocabularies["centres"], vocabularies["countries"]

    def origin_of(centre: str) -> reviews.Origin:
        more = centres[centre].more if centre in centres else {}
        country = countries.get(str(more.get("country", "")))
        return reviews.Origin(str(country.more.get("region", "")) if country else "", str(more.get("type", "")))

    return origin_of


def _review(item: Item, vocabularies: Vocabularies) -> Sequence[str]:
    """Return the state of review; what is cross-reviewed has a review recorded too."""
    state = reviews.state(item, origins(vocabularies))
    return [reviews.REVIEWED, state] if state == reviews.CROSS_REVIEWED else [state]


FACETS = (
    Facet(
        name="topic",
        label="Topic",
        address="topics",
        vocabulary="topics",
        values=_topics,
        plural="topics",
        title="By topic",
        lead="Items by what they are about.",
        holds="item",
    ),
    Facet(
        name="factor",
        label="Contributing factor",
        address="factors",
        vocabulary="factors",
        values=_factors,
        plural="contributing factors",
        title="By contributing factor",
        lead="Cases by why things went wrong, or what had to be overcome.",
    ),
    Facet(
        name="setting",
        label="Setting",
        address="settings",
        vocabulary="settings",
        values=_setting,
        plural="settings",
        title="By setting",
        lead="Cases by the kind of place in which they happened, and exercises by the one in which they play.",
        holds="item",
    ),
    Facet(
        name="region",
        label="Region",
        address="regions",
        vocabulary="regions",
        values=_regions,
        plural="regions",
        title="By region",
        lead="Cases by the region in which they happened.",
    ),
    Facet(
        name="country",
        label="Country",
        address="countries",
        vocabulary="countries",
        values=_countries,
        plural="countries",
        title="By country",
        lead="Cases by country. A name takes no position on borders.",
    ),
    Facet(
        name="decade",
        label="Decade",
        address="years",
        vocabulary="",
        values=_decade,
        plural="decades",
        title="By year",
        lead="Cases by the decade in which the event began.",
    ),
    Facet(
        name="outcome",
        label="Outcome",
        address="outcomes",
        vocabulary="outcomes",
        values=_outcome,
        plural="outcomes",
        title="By outcome",
        lead="Cases by how they ended, successes among them.",
    ),
    Facet(
        name="material",
        label="Material category",
        address="materials",
        vocabulary="material-categories",
        values=_material,
        plural="material categories",
        title="By material",
        lead="Cases by the category of the material or information that was concerned.",
    ),
    Facet(
        name="organisation",
        label="Organisation",
        address="organisations",
        vocabulary="organisations",
        values=_organisations,
        plural="organisations",
        title="By organisation",
        lead="Practices by who can use them.",
        holds="practice",
    ),
    Facet(
        name="state",
        label="State profile",
        address="states",
        vocabulary="state-profiles",
        values=_states,
        plural="state profiles",
        title="By State profile",
        lead="Practices by the stage of a national programme for which they are suited.",
        holds="practice",
    ),
    Facet(
        name="audience",
        label="Audience",
        address="audiences",
        vocabulary="audiences",
        values=_audiences,
        plural="audiences",
        title="By audience",
        lead="Cases, exercises and learning paths by those for whom they are suited.",
        holds="item",
    ),
    Facet(
        name="level",
        label="Level",
        address="levels",
        vocabulary="levels",
        values=_level,
        plural="levels",
        title="By level",
        lead="Cases, exercises and learning paths by how much a learner should know before.",
        holds="item",
    ),
    Facet(
        name="training",
        label="Training topic",
        address="training",
        vocabulary="training-topics",
        values=_training,
        plural="training topics",
        title="By training topic",
        lead="Items by the modules and competences of courses that they serve.",
        holds="item",
    ),
    Facet(
        name="language",
        label="Language",
        address="languages",
        vocabulary="languages",
        values=_language,
        plural="languages",
        title="By language",
        lead="Items by the language in which they are written.",
        holds="item",
    ),
    Facet(
        name="review",
        label="Review state",
        address="reviews",
        vocabulary="",
        values=_review,
        plural="review states",
        title="By review state",
        lead="What awaits review, what was reviewed, and where a reviewer disagrees.",
        holds="item",
        labels=reviews.STATES,
    ),
)
FACET_BY_NAME = {facet.name: facet for facet in FACETS}
