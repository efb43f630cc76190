"""`/contribute/scaffolds/*.txt`: a draft for each gap of the coverage page, with what is missing already filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import coverage, scaffold
from casebook.artifact import Artifact
from casebook.registry import BEST_PRACTICE, CASE_STUDY, EXERCISE, LEARNING_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.registry import Kind
    from casebook.shape import Shapes


_TITLES = {
    CASE_STUDY.name: "What happened: place and year",
    BEST_PRACTICE.name: "What is done, in a few words",
    EXERCISE.name: "What the players meet, in a few words",
    LEARNING_PATH.name: "For whom, and where the path leads",
}


def files(library: Library, shapes: Shapes, _site: Site) -> Iterator[Artifact]:
    """Yield one draft for each term that a new item can fill."""
    for name, kind, suggested in coverage.fillable(library):
        yield Artifact(coverage.scaffold_address(kind, name), _draft(shapes, kind, suggested))


def _draft(shapes: Shapes, kind: Kind, suggested: dict[str, Any]) -> str:
    title = _TITLES[kind.name]
    answers = scaffold.Answers(
        id=f"a-new-{kind.name}",
        title=title,
        summary="Two to four sentences that stand alone in a list: what it is about, how it ended, and why it matters.",
        topic=suggested.get("topics", "security-culture"),
        source="Title of the first public source" if shapes[kind.name].needs_sources else "",
        suggested={key: value for key, value in suggested.items() if key != "topics"},
    )
    return scaffold.draft(shapes[kind.name], answers)
