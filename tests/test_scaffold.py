"""A new item as its author finds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.support import read, write

from casebook import build, scaffold
from casebook.finding import Severity
from casebook.registry import KINDS, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.shape import Shapes

ANSWERS = scaffold.Answers(
    id="new-item-2020",
    title="A new item: Town, 2020",
    summary="Somebody lost a source and somebody else found it, and nobody knows what happened between the two.",
    topic="radiological-sources",
    source="The report of the authority",
)
# What the examples of a schema name is not in a repository without other items.
ABOUT_OTHERS = {"dangling-item", "unknown-source", "lesson-chain", "prose-length", "unsourced"}
by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@by_kind
def test_a_draft_has_no_errors(kind: Kind, shapes: Shapes, tmp_path: Path) -> None:
    """The draft passes as it is, with notes about what is missing."""
    corpus = read(write(tmp_path, {}))
    text = scaffold.draft(shapes[kind.name], ANSWERS)
    found = build.check_text(text, f"cases/{kind.folder}/{ANSWERS.id}.md", kind, corpus)
    assert {finding.severity for finding in found} == {Severity.NOTE}


@by_kind
def test_each_field_is_named(kind: Kind, shapes: Shapes) -> None:
    """Every field of the kind stands in the draft, filled in or as a comment, but those of later days."""
    text = scaffold.draft(shapes[kind.name], ANSWERS)
    later = {"withdrawn_reason", "superseded_by", "aliases", "reviews"}
    named = set(re.findall(r"^(?:# )?(\w+):", text, re.MULTILINE))
    assert set(shapes[kind.name].schema["properties"]) - later <= named


@by_kind
def test_each_section_is_there(kind: Kind, shapes: Shapes) -> None:
    """The sections stand in their order, each with a sentence about what belongs there."""
    text = scaffold.draft(shapes[kind.name], ANSWERS)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [section.heading for section in kind.sections]
    assert all(section.description in text for section in kind.sections)


@by_kind
def test_comments_can_be_uncommented(kind: Kind, shapes: Shapes, tmp_path: Path) -> None:
    """With every example filled in, the shape is right, and the item is complete but for its sources and links."""
    text = scaffold.draft(shapes[kind.name], ANSWERS)
    filled = re.sub(r"^# ([a-z_]+: )", r"\1", text, flags=re.MULTILINE)
    corpus = read(write(tmp_path, {}))
    found = build.check_text(filled, f"cases/{kind.folder}/{ANSWERS.id}.md", kind, corpus)
    unexpected = [finding for finding in found if finding.severity is not Severity.NOTE]
    assert {finding.code for finding in unexpected} <= ABOUT_OTHERS


def test_an_address_is_left_out_when_there_is_none(shapes: Shapes) -> None:
    """An answer that was not given makes no empty field."""
    text = scaffold.draft(shapes["case-study"], ANSWERS)
    assert '"url"' not in text.split("\n#", 1)[0]
