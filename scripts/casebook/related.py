"""Which items are close to each other, by what they share, with the reason in words.

The model: an item is compared with the items of its kind, because those of the other kind are linked through lessons.
Cases share contributing factors, the setting, the category of material, the practices to which their lessons lead, and
topics. Practices share the factors of the lessons that lead to them, guidance, and topics. A shared value weighs
`log(N / holders)`: one that half of the items have says little, and one that only two have says much. Topics weigh half
of that, because each item has some. The sum of the weights is how surprising it would be to share so much by chance;
below that of one value in `COMMON` nothing is said.

The cost: comparing all with all would take a hundred times longer for ten times the items. Instead the items are put in
the order of their values, the rarest first, so that items with much in common stand near each other in the list of each
value. Of each of the rarest values of an item only its `WALKED` neighbours in that list are compared. In a list that
is not longer than this, these are all.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from casebook.model import ItemReason

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from casebook.model import BestPractice, CaseStudy, Item
    from casebook.vocabulary import Vocabularies, Vocabulary

MOST = 5
MOST_REASONS = 3
COMMON = 100
WALKED = 40
MOST_VALUES = 12
# Weights are whole numbers, so that a sum does not depend on its order.
_SCALE = 10_000
_LEAST = -round(_SCALE * log(COMMON))
_HALF = 0.5
# A category that nobody published is nothing to share.
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that items can share: the values of an item, the words of a reason, and how much it counts.

    `words` and `several` are the reason for one value and for more, `name` gives the words for a value.
    """

    values: Callable[[Any], Iterable[str]]
    words: str
    several: str
    name: Callable[[str], str]
    weight: float = 1.0

    def reason(self, values: Sequence[str]) -> str:
        """Return the reason why items are close that share these values."""
        names = [self.name(value) for value in values]
        return self.words.format(*names) if len(names) == 1 else self.several.format(", ".join(names))


def close(
    cases: Sequence[CaseStudy],
    practices: Sequence[BestPractice],
    vocabularies: Vocabularies,
    named: Mapping[str, Iterable[str]],
) -> dict[str, list[ItemReason]]:
    """Return the items closest to each item, the closest first, with the reason; items with none are left out.

    Args:
        cases: the cases that are shown.
        practices: the practices that are shown; they alone count as shared by cases.
        vocabularies: for the words of the reasons.
        named: ids of the items to which an item is already linked by its authors; they are not said again.
    """
    index = Index.of(cases, _case_traits(practices, vocabularies))
    found = {one.id: index.closest(one.id, named.get(one.id, ())) for one in cases}
    index = Index.of(practices, _practice_traits(cases, vocabularies))
    found |= {one.id: index.closest(one.id, named.get(one.id, ())) for one in practices}
    return {item_id: reasons for item_id, reasons in found.items() if reasons}


@dataclass(frozen=True, slots=True)
class Index:
    """The items of one kind, with their values numbered from the rarest to the most common.

    `values` are those of an item in this order, `holders` the items that have a value, and `places` where an item
    stands among the holders of each of its values.
    """

    traits: Sequence[Trait]
    known: Sequence[tuple[int, str]]
    weights: Sequence[int]
    values: Mapping[str, Sequence[int]]
    sets: Mapping[str, frozenset[int]]
    holders: Sequence[Sequence[str]]
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, items: Sequence[Item], traits: Sequence[Trait]) -> Index:
        """Return the index of items."""
        given = {item.id: set(_values(item, traits)) for item in items}
        counts = Counter(value for values in given.values() for value in values)
        weights = {key: round(_SCALE * traits[key[0]].weight * log(len(given) / n)) for key, n in counts.items()}
        known = sorted(counts, key=lambda key: (-weights[key], key))
        numbers = {key: number for number, key in enumerate(known)}
        values = {item_id: sorted(numbers[key] for key in keys) for item_id, keys in given.items()}
        holders, places = _placed(values, len(known))
        sets = {item_id: frozenset(own) for item_id, own in values.items()}
        return cls(traits, known, [weights[key] for key in known], values, sets, holders, places)

    def closest(self, item_id: str, named: Iterable[str]) -> list[ItemReason]:
        """Return the items closest to one, without those that are named."""
        others = self.candidates(item_id).difference(named)
        scores = ((-self.score(item_id, other), other) for other in others)
        best = heapq.nsmallest(MOST, ((score, other) for score, other in scores if score <= _LEAST))
        return [ItemReason(other, self.why(item_id, other)) for _, other in best]

    def score(self, item_id: str, other: str) -> int:
        """Return the weight of all that two items share."""
        return sum(map(self.weights.__getitem__, self.sets[item_id] & self.sets[other]))

    def candidates(self, item_id: str) -> set[str]:
        """Return the items to compare one with: its neighbours in the lists of its rarest values."""
        found: set[str] = set()
        for number, place in zip(self.values[item_id][:MOST_VALUES], self.places[item_id], strict=False):
            holders = self.holders[number]
            first = max(0, min(place - WALKED // 2, len(holders) - WALKED - 1))
            found.update(holders[first : first + WALKED + 1])
        found.discard(item_id)
        return found

    def why(self, item_id: str, other: str) -> str:
        """Return what two items share, the strongest first."""
        shared = [self.known[number] for number in sorted(self.sets[item_id] & self.sets[other])[:MOST_REASONS]]
        order = list(dict.fromkeys(trait for trait, _ in shared))
        parts = [self.traits[trait].reason([value for one, value in shared if one == trait]) for trait in order]
        reason = "; ".join(parts)
        return reason[:1].upper() + reason[1:]


def _placed(values: Mapping[str, Sequence[int]], count: int) -> tuple[list[list[str]], dict[str, list[int]]]:
    """Return the holders of each value, those with much in common near each other, and the places of each item."""
    holders: list[list[str]] = [[] for _ in range(count)]
    places: dict[str, list[int]] = {item_id: [] for item_id in values}
    for item_id in sorted(values, key=lambda one: (values[one], one)):
        for number in values[item_id]:
            places[item_id].append(len(holders[number]))
            holders[number].append(item_id)
    return holders, places


def _values(item: Item, traits: Sequence[Trait]) -> Iterator[tuple[int, str]]:
    for number, trait in enumerate(traits):
        yield from ((number, value) for value in trait.values(item))


def _case_traits(practices: Iterable[BestPractice], vocabularies: Vocabularies) -> tuple[Trait, ...]:
    titles = {one.id: f"'{one.title}'" for one in practices}
    factors, topics = _in_sentence(vocabularies["factors"]), _in_sentence(vocabularies["topics"])
    settings, materials = _in_sentence(vocabularies["settings"]), _in_sentence(vocabularies["material-categories"])
    return (
        Trait(_factors, "same factor: {}", "same factors: {}", factors),
        Trait(_setting, "same setting ({})", "same settings ({})", settings),
        Trait(_material, "same material ({})", "same materials ({})", materials),
        Trait(
            lambda case: _practices(case, titles),
            "leads to the same practice: {}",
            "leads to the same practices: {}",
            titles.__getitem__,
        ),
        Trait(_topics, "same topic: {}", "same topics: {}", topics, _HALF),
    )


def _practice_traits(cases: Iterable[CaseStudy], vocabularies: Vocabularies) -> tuple[Trait, ...]:
    answered: dict[str, set[str]] = defaultdict(set)
    for lesson in (lesson for case in cases for lesson in case.lessons):
        for practice in lesson.practices:
            answered[practice].update(lesson.factors)
    factors, topics = _in_sentence(vocabularies["factors"]), _in_sentence(vocabularies["topics"])
    guidance = vocabularies["guidance"]
    return (
        Trait(
            lambda practice: answered.get(practice.id, ()),
            "answers the same factor: {}",
            "answers the same factors: {}",
            factors,
        ),
        Trait(_guidance, "same guidance: {}", "same guidance: {}", lambda one: guidance.label(one).split(": ")[0]),
        Trait(_topics, "same topic: {}", "same topics: {}", topics, _HALF),
    )


def _in_sentence(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Return what gives the label of a term as it stands inside a sentence; an abbreviation keeps its capitals."""

    def name(value: str) -> str:
        label = vocabulary.label(value)
        return label[:1].lower() + label[1:] if label[1:2].islower() else label

    return name


def _factors(case: CaseStudy) -> Iterable[str]:
    return (factor.factor for factor in case.factors)


def _setting(case: CaseStudy) -> Iterable[str]:
    return [case.event.setting] if case.event else ()


def _material(case: CaseStudy) -> Iterable[str]:
    category = case.material.category if case.material else ""
    return [category] if category not in ("", _UNKNOWN) else ()


def _practices(case: CaseStudy, shown: Container[str]) -> Iterable[str]:
    return (practice for lesson in case.lessons for practice in lesson.practices if practice in shown)


def _topics(item: Item) -> Iterable[str]:
    return item.topics


def _guidance(practice: BestPractice) -> Iterable[str]:
    return practice.guidance
