"""The library as a value: links from both ends, and what lists may show."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tests.support import CASE, DRAFT, PRACTICE, base, based, library_of, published, replaced

from casebook.facet import FACETS, decade, regions
from casebook.library import Library
from casebook.model import BestPractice, CaseStudy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casebook.library import LessonOf, Reason
    from casebook.model import Item
    from casebook.vocabulary import Vocabularies

WITHDRAWN = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")
OTHER = "cases/case-studies/other-source-1999.md"


def ids(items: Iterable[Item]) -> list[str]:
    """Return the ids of items."""
    return [item.id for item in items]


def reasons(found: Iterable[Reason]) -> list[tuple[str, str]]:
    """Return the ids of items with the reasons to read them."""
    return [(one.item.id, one.why) for one in found]


def lessons(found: Iterable[LessonOf]) -> list[tuple[str, str]]:
    """Return the ids of lessons with those of their cases."""
    return [(one.case.id, one.lesson.id) for one in found]


def other(*changes: tuple[str, str]) -> dict[str, str]:
    """Return a second case, two years earlier, with parts replaced."""
    text = base("case-study").replace("2001", "1999")
    return {OTHER: replaced(text, [("id: lost-source-1999", "id: other-source-1999"), *changes])}


def test_items(small: Library) -> None:
    """Each item is there by its id, with the tokens of its body, and in the list of its kind."""
    assert set(small.items) == {"lost-source-2001", "keep-a-register"} == set(small.streams)
    assert ids(small.cases) == ["lost-source-2001"]
    assert ids(small.practices) == ["keep-a-register"]
    assert isinstance(small.items["lost-source-2001"], CaseStudy)
    assert isinstance(small.items["keep-a-register"], BestPractice)


def test_a_lesson_and_a_practice_lead_to_each_other(small: Library) -> None:
    """A lesson knows its practices, and a practice the lessons that lead to it."""
    case = small.cases[0]
    assert ids(small.practices_of(case.lessons[0])) == ["keep-a-register"]
    names = ["ask-before-moving", "compare-the-list", "watch-the-gate"]
    assert lessons(small.lessons_by_practice["keep-a-register"]) == [("lost-source-2001", name) for name in names]


def test_a_factor_leads_to_cases_lessons_and_practices(small: Library) -> None:
    """A factor has its cases on one side and, through the lessons, its practices on the other."""
    assert ids(small.by_factor["no-tracking"]) == ["lost-source-2001"]
    found = lessons(small.lessons_by_factor["no-tracking"])
    assert found == [("lost-source-2001", "compare-the-list"), ("lost-source-2001", "watch-the-gate")]
    assert ids(small.practices_by_factor["no-tracking"]) == ["keep-a-register"]


def test_counter_cases_in_both_directions(small: Library) -> None:
    """A practice knows the cases against it, and such a case the practices against which it argues."""
    why = "There was a list, and nobody read it."
    assert reasons(small.countered_by["keep-a-register"]) == [("lost-source-2001", why)]
    assert reasons(small.counters["lost-source-2001"]) == [("keep-a-register", why)]


def test_related_in_both_directions(small: Library) -> None:
    """An item that names another is named by it, with the same reason."""
    why = "It shows how to keep the list."
    assert reasons(small.related["lost-source-2001"]) == [("keep-a-register", why)]
    assert reasons(small.related["keep-a-register"]) == [("lost-source-2001", why)]


def test_related_that_name_each_other_keep_their_own_reasons(tmp_path: Path) -> None:
    """Each direction has its own reason, and neither stands twice."""
    more = "guidance: [nss-20]\nrelated:\n  - id: lost-source-2001\n    why: It shows what happens without.\n"
    practice = replaced(base("best-practice"), [("guidance: [nss-20]\n", more)])
    library = library_of(tmp_path, published() | {PRACTICE: practice})
    assert reasons(library.related["keep-a-register"]) == [("lost-source-2001", "It shows what happens without.")]
    assert reasons(library.related["lost-source-2001"]) == [("keep-a-register", "It shows how to keep the list.")]


def test_a_topic_has_the_items_of_its_subtopics(small: Library) -> None:
    """An item stands under its topics and once under the parents of these."""
    assert ids(small.by_topic["scrap-metal"]) == ["lost-source-2001"]
    assert ids(small.by_topic["orphan-sources"]) == ["lost-source-2001"]
    assert ids(small.by_topic["radiological-sources"]) == ["lost-source-2001", "keep-a-register"]
    assert "exercises" not in small.by_topic


def test_facets(small: Library) -> None:
    """Each facet has its values with their items, and there is one group of values for each facet and no other."""
    case, practice = ["lost-source-2001"], ["keep-a-register"]
    groups = {name: {value: ids(items) for value, items in values.items()} for name, values in small.by_facet.items()}
    assert list(groups) == [facet.name for facet in FACETS]
    del groups["topic"]
    assert groups == {
        "factor": {"no-end-of-life-provision": case, "no-tracking": case},
        "setting": {"industrial-use": case},
        "region": {"europe": case},
        "country": {"NO": case},
        "decade": {"2000s": case},
        "outcome": {"loss": case},
        "material": {"category-4": case},
        "organisation": {"operator": practice},
        "state": {"newcomer": practice, "established": practice},
        "audience": {"regulator": case},
        "level": {"introductory": case},
        "training": {
            "source-security": [*case, *practice],
            "detection-and-borders": case,
            "law-and-regulation": practice,
        },
        "language": {"en": [*case, *practice]},
        "review": {"none": case, "reviewed": practice},
    }
    assert ids(small.by_guidance["nss-20"]) == [*case, *practice]


def test_facets_have_names_addresses_and_words_of_their_own(vocabularies: Vocabularies) -> None:
    """No two facets share a parameter, a folder or a title, and each value has words."""
    for part in ("name", "label", "address", "plural", "title", "lead"):
        found = [getattr(facet, part) for facet in FACETS]
        assert sorted(set(found)) == sorted(found), part
    review = FACETS[-1]
    assert review.listed([], vocabularies) == ["none", "reviewed", "cross-reviewed"]
    assert review.value_label("none", vocabularies) == "Not yet peer-reviewed"
    country = next(facet for facet in FACETS if facet.name == "country")
    assert country.listed(["SE", "NO"], vocabularies) == ["NO", "SE"]
    assert country.value_address("NO") == "countries/no/"


def test_regions_of_several_countries(tmp_path: Path, vocabularies: Vocabularies) -> None:
    """Two countries of one region count once, and the region of the main country comes first."""
    library = library_of(tmp_path, published(("countries: [NO]", "countries: [JP, NO, SE]")))
    case = library.cases[0]
    assert regions(case, vocabularies) == ["eastern-asia", "europe"]
    assert ids(library.by_facet["region"]["europe"]) == ["lost-source-2001"]
    assert decade(case) == "2000s"


def test_order(tmp_path: Path) -> None:
    """Cases run from the newest event to the oldest, and so they do in every list."""
    library = library_of(tmp_path, published() | other())
    assert ids(library.cases) == ["lost-source-2001", "other-source-1999"]
    assert ids(library.by_factor["no-tracking"]) == ["lost-source-2001", "other-source-1999"]
    assert list(library.items) == ["keep-a-register", "lost-source-2001", "other-source-1999"]
    assert ids(library.practices_by_factor["no-tracking"]) == ["keep-a-register"]


def test_newest(tmp_path: Path) -> None:
    """The items that were published last come first, of both kinds."""
    late = ("    date: '2026-11-24'\n    change", "    date: '2026-11-25'\n    change")
    library = library_of(tmp_path, published() | other(late))
    assert ids(library.newest(2)) == ["other-source-1999", "lost-source-2001"]
    assert ids(library.newest(9))[-1] == "keep-a-register"


def test_a_withdrawn_item_keeps_only_its_page(tmp_path: Path) -> None:
    """No list and no link leads to a withdrawn item, and it leads nowhere itself."""
    library = library_of(tmp_path, published(WITHDRAWN))
    assert library.items["lost-source-2001"].is_public
    assert not library.items["lost-source-2001"].is_shown
    assert library.cases == []
    assert ids(library.by_topic["radiological-sources"]) == ["keep-a-register"]
    assert not library.lessons_by_practice
    assert not library.related
    assert not any(library.practices_by_factor.values())
    assert library.countered_by["keep-a-register"] == []
    assert "lost-source-2001" not in ids(library.newest(9))


def test_a_lesson_does_not_lead_to_a_withdrawn_practice(tmp_path: Path) -> None:
    """The links of a case to a withdrawn practice are left out."""
    library = library_of(tmp_path, based("best-practice", [WITHDRAWN]))
    assert list(library.practices_of(library.cases[0].lessons[0])) == []
    assert not any(library.practices_by_factor.values())
    assert library.counters == {}
    assert "lost-source-2001" not in library.related


def test_drafts_are_in_the_preview_only(tmp_path: Path) -> None:
    """A draft is not in the library of the public site."""
    files = published() | {DRAFT: base("draft")}
    assert "unfinished-2002" not in library_of(tmp_path / "public", files).items
    assert "unfinished-2002" in library_of(tmp_path / "preview", files, drafts=True).items


def test_no_link_leads_to_a_draft_on_the_public_site(tmp_path: Path) -> None:
    """A published item that names a draft has no such link, and the draft gives none back."""
    files = based("best-practice", [("status: published", "status: in-review")])
    library = library_of(tmp_path, files)
    assert list(library.items) == ["lost-source-2001"]
    assert list(library.practices_of(library.cases[0].lessons[0])) == []
    assert not any(library.practices_by_factor.values())
    assert library.related == library.counters == {}


def test_a_draft_without_an_event(tmp_path: Path) -> None:
    """A draft that does not yet say when and where stands at the end and in no facet."""
    library = library_of(tmp_path, published() | {DRAFT: base("draft")}, drafts=True)
    assert ids(library.cases) == ["lost-source-2001", "unfinished-2002"]
    assert set(library.by_facet["decade"]) == {"2000s"}
    assert decade(cast("CaseStudy", library.items["unfinished-2002"])) == ""


def test_an_item_with_an_error_is_left_out(tmp_path: Path) -> None:
    """An error leaves an item out, and nothing leads to it any more; a warning does not."""
    wrong = published(("setting: industrial-use", "setting: industry"))
    assert list(library_of(tmp_path / "error", wrong).items) == ["keep-a-register"]
    weak = published(("    reliability: C\n", "    reliability: D\n"))
    assert len(library_of(tmp_path / "warning", weak).items) == 2


def test_an_empty_library(vocabularies: Vocabularies) -> None:
    """A library without items is a library."""
    library = Library.of([], vocabularies)
    assert not library.items
    assert library.newest(3) == []


def test_what_a_model_knows_of_itself(tmp_path: Path) -> None:
    """An item knows its file, its address, and the days of its first and last version."""
    library = library_of(tmp_path, published())
    practice = library.practices[0]
    assert practice.path == PRACTICE
    assert library.cases[0].path == CASE
    assert practice.address == "practices/keep-a-register/"
    assert (practice.first_published, practice.last_changed) == ("2026-10-01", "2026-11-24")
