"""Which items are close to each other, why, and that the cost of finding them has a bound."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from casebook import related
from casebook.library import Library
from casebook.model import BestPractice, CaseStudy, Event, Factor, ItemReason, Lesson, Material
from casebook.related import COMMON, MOST, MOST_VALUES, WALKED, Index, Trait, close
from casebook.vocabulary import Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.vocabulary import Vocabularies

# So many items that share nothing: against them, what a few share is rare.
CROWD = 3 * COMMON


def case(name: str, factors: str = "", setting: str = "", topics: str = "", **more: Any) -> CaseStudy:
    """Return a case with its factors and topics, each as words with spaces between them."""
    event = Event(start="2001", countries=("NO",), setting=setting, outcome="loss") if setting else None
    held = tuple(Factor(factor, "stated") for factor in factors.split())
    fields: dict[str, Any] = {"title": f"Case {name}", "summary": "", "sources": (), "status": "published", **more}
    return CaseStudy(id=name, topics=tuple(topics.split()), factors=held, event=event, **fields)


def practice(name: str, guidance: str = "", topics: str = "", **more: Any) -> BestPractice:
    """Return a practice with its guidance and topics, each as words with spaces between them."""
    fields: dict[str, Any] = {"title": f"Practice {name}", "summary": "", "sources": (), "status": "published", **more}
    return BestPractice(id=name, topics=tuple(topics.split()), guidance=tuple(guidance.split()), **fields)


def lesson(practices: str = "", factors: str = "") -> Lesson:
    """Return a lesson that leads from factors to practices."""
    return Lesson("one", "Look.", factors=tuple(factors.split()), practices=tuple(practices.split()))


def crowd(**fields: Any) -> list[CaseStudy]:
    """Return many cases that share nothing but the fields given."""
    return [case(f"crowd-{number:03}", **fields) for number in range(CROWD)]


def found(
    cases: Sequence[CaseStudy],
    practices: Sequence[BestPractice],
    vocabularies: Vocabularies,
    named: dict[str, list[str]] | None = None,
) -> dict[str, list[tuple[str, str]]]:
    """Return ids and reasons of the items that are close to each."""
    pairs = close(cases, practices, vocabularies, named or {})
    return {item_id: [(one.id, one.why) for one in reasons] for item_id, reasons in pairs.items()}


def names(reasons: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ids."""
    return [item_id for item_id, _ in reasons]


def test_the_reason_of_cases_in_words(vocabularies: Vocabularies) -> None:
    """What two cases share is said in words, the rarest first; labels begin small inside the sentence."""
    pair = [case(name, "register-gap slow-detection", "hospital") for name in ("one", "two")]
    others = [case(f"late-{number}", "slow-detection") for number in range(9)]
    hospitals = [case(f"hospital-{number}", setting="hospital") for number in range(4)]
    close_to_one = found([*pair, *others, *hospitals, *crowd()], [], vocabularies)["one"]
    assert close_to_one[0] == (
        "two",
        "Same factors: gap in the register, late detection; same setting (hospital or medical centre)",
    )


def test_the_setting_leads_where_it_is_the_rarest(vocabularies: Vocabularies) -> None:
    """The order follows what is rare in this library and not the order of the fields."""
    pair = [case(name, "slow-detection", "hospital") for name in ("one", "two")]
    others = [case(f"late-{number}", "slow-detection") for number in range(9)]
    why = found([*pair, *others, *crowd()], [], vocabularies)["one"][0][1]
    assert why == "Same setting (hospital or medical centre); same factor: late detection"


def test_cases_share_material_practices_and_topics(vocabularies: Vocabularies) -> None:
    """A category of material, a practice to which lessons lead, and a topic are reasons too."""
    more: dict[str, Any] = {"material": Material(category="category-2"), "lessons": (lesson("watch"),)}
    pair = [replace(case(name, topics="scrap-metal"), **more) for name in ("one", "two")]
    why = found([*pair, *crowd()], [practice("watch", title="The watch")], vocabularies)["one"]
    assert why == [
        (
            "two",
            "Same material (category 2 source); leads to the same practice: 'The watch'; same topic: scrap metal",
        )
    ]


def test_the_reason_of_practices_in_words(vocabularies: Vocabularies) -> None:
    """Practices share the factors of the lessons that lead to them, guidance by its number, and topics."""
    pair = [practice(name, "nss-13 nss-20", "scrap-metal") for name in ("one", "two")]
    others = [practice(f"other-{number:03}") for number in range(CROWD)]
    lessons = tuple(lesson(name, "slow-detection") for name in ("one", "two"))
    reasons = found([case("a", lessons=lessons)], [*pair, *others], vocabularies)
    assert reasons["one"] == [("two", "Answers the same factor: late detection; same guidance: NSS No. 13, NSS No. 20")]
    assert names(reasons["two"]) == ["one"]
    assert set(reasons) == {"one", "two"}


def test_a_rare_factor_says_more_than_a_common_one(vocabularies: Vocabularies) -> None:
    """Of two cases that share as many factors, the one with the rarer factor is closer."""
    one = case("one", "complacency slow-detection nuisance-alarms")
    rare, common = case("z-rare", "nuisance-alarms complacency"), case("a-common", "nuisance-alarms slow-detection")
    many = [case(f"late-{number:02}", "slow-detection") for number in range(20)]
    reasons = found([one, rare, common, *many, *crowd()], [], vocabularies)
    assert names(reasons["one"]) == ["z-rare", "a-common"]


def test_a_topic_says_less_than_a_factor(vocabularies: Vocabularies) -> None:
    """As rare as each other, a shared factor makes cases closer than a shared topic."""
    one = case("one", "nuisance-alarms complacency", topics="scrap-metal")
    factor = case("z-factor", "nuisance-alarms complacency")
    topic = case("a-topic", "nuisance-alarms", topics="scrap-metal")
    extra = [case("x", "complacency"), case("y", topics="scrap-metal")]
    assert names(found([one, factor, topic, *extra, *crowd()], [], vocabularies)["one"])[:2] == ["z-factor", "a-topic"]


def test_what_half_of_all_share_is_no_reason(vocabularies: Vocabularies) -> None:
    """Below the minimum nothing is shown, and in a library of two nothing is rare."""
    assert found(crowd(factors="slow-detection", setting="hospital"), [], vocabularies) == {}
    pair = [case("one", "slow-detection", "hospital"), case("two", "slow-detection", "hospital")]
    assert found(pair, [], vocabularies) == {}
    shared = COMMON // 10
    some = [case(f"late-{number:03}", "slow-detection") for number in range(shared)]
    assert found([*some, *crowd()[: shared * 9]], [], vocabularies) == {}


def test_a_category_that_nobody_published_is_not_shared(vocabularies: Vocabularies) -> None:
    """Two cases of unknown material have nothing in common."""
    pair = [case(name, material=Material(category="unknown")) for name in ("one", "two")]
    assert found([*pair, *crowd()], [], vocabularies) == {}


def test_items_that_authors_name_are_not_said_again(vocabularies: Vocabularies) -> None:
    """An item stands neither beside itself nor twice."""
    three = [case(name, "nuisance-alarms", "hospital") for name in ("one", "two", "three")]
    reasons = found([*three, *crowd()], [], vocabularies, {"one": ["two"]})
    assert names(reasons["one"]) == ["three"]
    assert names(reasons["two"]) == ["one", "three"]


def test_five_items_and_three_reasons_at_most(vocabularies: Vocabularies) -> None:
    """Of many that are as close, the first by id are shown; of much that is shared, the strongest three."""
    factors = "nuisance-alarms complacency slow-detection late-notification"
    alike = [case(f"alike-{number}", factors, "hospital") for number in range(9)]
    some = [case(f"late-{number}", "slow-detection late-notification") for number in range(9)]
    reasons = found([*reversed(alike), *some, *crowd()], [], vocabularies)["alike-3"]
    assert names(reasons) == ["alike-0", "alike-1", "alike-2", "alike-4", "alike-5"]
    assert len(reasons) == MOST
    expected = "Same factors: complacency, nuisance alarms; same setting (hospital or medical centre)"
    assert {why for _, why in reasons} == {expected}


def test_the_order_of_the_items_does_not_matter(vocabularies: Vocabularies) -> None:
    """The same items in another order are as close to each other."""
    factors = "nuisance-alarms complacency slow-detection late-notification"
    alike = [case(f"alike-{number:03}", factors, "hospital") for number in range(3 * WALKED)]
    cases = [*_made_up(300, vocabularies), *alike]
    mixed = random.Random(1).sample(cases, len(cases))  # noqa: S311  # nothing secret
    assert close(mixed, [], vocabularies, {}) == close(cases, [], vocabularies, {}) != {}


def test_abbreviations_keep_their_capitals(vocabularies: Vocabularies) -> None:
    """A label that begins with an abbreviation stays as it is inside a sentence."""
    label = Vocabulary("factors", "", "", {}, {"a": Term("a", "X-ray gap"), "b": Term("b", "IT gap")})
    pair = [case(name, "a b") for name in ("one", "two")]
    reasons = found([*pair, *crowd()], [], {**vocabularies, "factors": label})
    assert reasons["one"][0][1] == "Same factors: X-ray gap, IT gap"


# --- the bound of the cost


def test_of_a_long_list_only_neighbours_are_compared() -> None:
    """However many items have a value, an item is compared with no more of them than the bound."""
    trait = Trait(lambda item: item.topics, "{}", "{}", str)
    every = Index.of([case(f"c-{number:04}", topics="a b") for number in range(20 * WALKED)], [trait])
    for name in ("c-0000", "c-0400", "c-0799"):
        assert len(every.candidates(name)) == WALKED
        assert name not in every.candidates(name)


def test_only_the_rarest_values_are_walked() -> None:
    """An item with very many values costs no more than one with the bound, and its rarest values come first."""
    trait = Trait(lambda item: item.topics, "{}", "{}", str)
    values = [f"v{number:02}" for number in range(2 * MOST_VALUES)]
    wanted = case("wanted", topics=" ".join(values))
    # Value number n is held by n more cases, and by nothing else do these cases hang together.
    others = [case(f"{value}-{copy}", topics=value) for n, value in enumerate(values) for copy in range(n)]
    found_for = Index.of([wanted, *others], [trait]).candidates("wanted")
    assert {name.split("-")[0] for name in found_for} == set(values[1:MOST_VALUES])
    assert len(found_for) <= MOST_VALUES * WALKED


def test_the_closest_item_is_found_in_a_long_list(vocabularies: Vocabularies) -> None:
    """Items that share the most stand beside each other, so that the bound seldom hides the closest."""
    cases = _made_up(200 * WALKED, vocabularies)
    index = Index.of(cases, related._case_traits([], vocabularies))
    best, seen = 0, 0
    for one in cases[:: 10 * WALKED]:
        best += max(index.score(one.id, other.id) for other in cases if other is not one)
        seen += max((index.score(one.id, other.id) for other in index.closest(one.id, ())), default=0)
    assert seen >= 0.95 * best


def _made_up(number: int, vocabularies: Vocabularies) -> list[CaseStudy]:
    """Return cases with factors, settings and topics drawn by lot, the same on each run."""
    lot = random.Random(7)  # noqa: S311  # nothing secret

    def drawn(vocabulary: str, count: int) -> str:
        return " ".join(lot.sample(list(vocabularies[vocabulary].terms), count))

    return [case(f"c-{one:04}", drawn("factors", 5), drawn("settings", 1), drawn("topics", 2)) for one in range(number)]


# --- in the library


def test_a_library_has_items_with_their_reasons(vocabularies: Vocabularies) -> None:
    """Pages get the items themselves; those that authors name are left out in both directions."""
    one, two, three = (case(name, "nuisance-alarms", "hospital") for name in ("one", "two", "three"))
    one = replace(one, related=(ItemReason("two", "Read it."),))
    library = Library.of([(item, ()) for item in (one, two, three, *crowd())], vocabularies)
    why = "Same factor: nuisance alarms; same setting (hospital or medical centre)"
    assert [(each.item, each.why) for each in library.close["one"]] == [(three, why)]
    assert [each.item.id for each in library.close["two"]] == ["three"]
    assert [each.item.id for each in library.close["three"]] == ["one", "two"]


@pytest.mark.parametrize("gone", ["case", "practice"])
def test_withdrawn_items_are_neither_close_nor_a_reason(gone: str, vocabularies: Vocabularies) -> None:
    """A withdrawn item is no neighbour, has none, and as a practice it is nothing to share."""
    lessons = (lesson("watch"),)
    items: list[CaseStudy | BestPractice] = [case(name, lessons=lessons) for name in ("one", "two")]
    items += [practice("watch"), *crowd()]
    whole = Library.of([(item, ()) for item in items], vocabularies)
    assert [each.item.id for each in whole.close["one"]] == ["two"]
    name = {"case": "two", "practice": "watch"}[gone]
    entries = [(replace(item, status="withdrawn") if item.id == name else item, ()) for item in items]
    assert Library.of(entries, vocabularies).close == {}
