"""Learning paths: their page, the way back from the items of their steps, and what coverage counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import support
from tests.drawing import Tags, drawn

from casebook import coverage
from casebook.render.items import page_of, paths_of
from casebook.render.page import Context

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.library import Library

ID = "first-week"


def library(folder: Path, *changes: support.Change, **more: str) -> Library:
    """Return a library of the path of the tests and the items of its steps."""
    files = support.based("learning-path", changes)
    return support.library_of(folder, {**files, **more})


def page(of: Library, item_id: str = ID) -> Tags:
    """Return the page of an item as drawn."""
    return Tags(drawn(page_of(of.items[item_id], Context(of, support.SITE))))


def test_the_page_leads_through_the_steps(tmp_path: Path) -> None:
    """Each step has its item, its kind, its minutes, why, and the questions with folded answers."""
    made = page(library(tmp_path))
    words = " ".join(" ".join(made.text).split())
    assert "30 minutes in 2 steps" in words
    assert "Case study · about 20 minutes · read: The story and the lessons" in words
    assert "It says what your list should hold." in words
    assert [one for one in made.values("href") if one.endswith(("lost-source-2001/", "keep-a-register/"))][:2] == [
        "../../cases/lost-source-2001/",
        "../../practices/keep-a-register/",
    ]
    assert list(made.values("data-step")) == ["what-got-lost", "the-list"]
    assert list(made.values("data-self-check")) == [f"{ID}/what-got-lost", f"{ID}/the-list"]
    assert list(made.values("data-question")) == ["who-answers", "at-your-site", "your-list"]
    assert "Sources" not in made.text


def test_a_step_can_be_withdrawn(tmp_path: Path) -> None:
    """A step whose item was withdrawn keeps its title and leads nowhere; the item does not lead to the path."""
    case = support.base("case-study").replace("status: published", "status: withdrawn\nwithdrawn_reason: It was wrong.")
    of = library(tmp_path, **{support.CASE: case})
    made = page(of)
    assert any("(withdrawn)" in words for words in made.text)
    assert "../../cases/lost-source-2001/" not in list(made.values("href"))
    assert "lost-source-2001" not in of.steps_by_item


def test_items_lead_to_the_paths_through_them(tmp_path: Path) -> None:
    """A case and a practice name the path with the reason of their step, each path once."""
    more = "    questions: [{id: why-again, question: Why again?, answer: Because.}]\n  - id: the-list\n"
    again = f"  - id: again\n    item: lost-source-2001\n    why: Once more.\n    minutes: 5\n{more}"
    of = library(tmp_path, ("  - id: the-list\n", again))
    reasons = paths_of(of.items["lost-source-2001"], of)
    assert [(one.item.id, one.why) for one in reasons] == [
        (ID, "It shows how a source is lost without anybody wishing it.")
    ]
    assert "It says what your list should hold." in page(of, "keep-a-register").text


def test_coverage_counts_paths_and_questions(tmp_path: Path) -> None:
    """A path counts for its own topics and for those of its steps; a topic says what a course would miss."""
    seen = coverage.coverage(library(tmp_path))
    topics = {one.term.id: one for one in seen.courses_by_topic}
    trained = {one.term.id: one for one in seen.courses_by_training}
    assert [topics[name].paths for name in ("source-register", "scrap-metal", "insider-threat")] == [1, 1, 0]
    assert topics["scrap-metal"].gaps == ["no question", "no exercise"]
    assert (trained["source-security"].cases, trained["source-security"].paths) == (1, 1)
    assert trained["computer-security"].gaps == ["no case", "no question", "no exercise", "no path"]
    assert [one.id for one in seen.cases_without_decision] == ["lost-source-2001"]
