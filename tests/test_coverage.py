"""What the library covers: counts, thin topics and missing links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import support

from casebook import coverage
from casebook.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.vocabulary import Vocabularies


def test_counts(small: Library) -> None:
    """Everything is counted once, zeros are shown, and a subtopic counts for its topic."""
    seen = coverage.coverage(small)
    topics = {one.topic.id: one for one in seen.topics}
    assert seen.kinds == {"case-study": 1, "best-practice": 1}
    assert (topics["radiological-sources"].cases, topics["scrap-metal"].cases, topics["orphan-sources"].cases) == (
        1,
        1,
        1,
    )
    assert topics["insider-threat"].cases == 0
    assert (topics["scrap-metal"].regions, topics["insider-threat"].regions) == (1, 0)
    assert (seen.regions["europe"], seen.regions["africa"]) == (1, 0)
    assert seen.decades == {"2000s": 1}
    assert (seen.settings["industrial-use"], seen.outcomes["loss"]) == (1, 1)
    assert seen.languages["en"] > seen.languages["no"] == 1


def test_what_is_thin(small: Library) -> None:
    """A topic says in words what it lacks."""
    topics = {one.topic.id: one.gaps for one in coverage.coverage(small).topics}
    assert topics["insider-threat"] == ["no case", "no practice", "no guidance document"]
    assert topics["radiological-sources"][:2] == ["few cases (1)", "no case that was prevented or a success"]
    assert topics["radiological-sources"][-1] == "cases from one region only"


def test_missing_links(small: Library) -> None:
    """Factors of the case are answered; all others are gaps, and nothing else is missing."""
    seen = coverage.coverage(small)
    without_case = {term.id for term in seen.factors_without_case}
    without_practice = {term.id for term in seen.factors_without_practice}
    assert "no-tracking" not in without_case | without_practice
    assert "complacency" in without_case & without_practice
    assert seen.practices_without_case == []
    assert seen.lessons_without_practice == []


def test_a_lesson_that_leads_to_a_draft_is_a_gap(tmp_path: Path) -> None:
    """Where the practice is not shown, its lessons lack a practice."""
    files = support.published()
    files[support.PRACTICE] = files[support.PRACTICE].replace("status: published", "status: draft")
    seen = coverage.coverage(support.library_of(tmp_path, files))
    assert [one.lesson.id for one in seen.lessons_without_practice] == [
        "ask-before-moving",
        "compare-the-list",
        "watch-the-gate",
    ]


def test_gaps_of_a_factor(small: Library, vocabularies: Vocabularies) -> None:
    """A factor says in words what it lacks."""
    factors = vocabularies["factors"]
    thin = ["few cases (1)", "no case that was prevented or a success"]
    assert coverage.factor_gaps(factors["no-tracking"], small) == thin
    assert coverage.factor_gaps(factors["complacency"], small) == ["no case", "no practice"]


def test_an_empty_library(vocabularies: Vocabularies) -> None:
    """With nothing in it, everything is a gap and nothing fails."""
    seen = coverage.coverage(Library.of([], vocabularies))
    assert all(one.gaps for one in seen.topics)
    assert len(seen.factors_without_case) == len(list(vocabularies["factors"]))
