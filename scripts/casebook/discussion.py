"""What a class discusses: the questions of a case, and those that fit every practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.model import BestPractice, CaseStudy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.model import Item


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a class, with notes for the instructor: what a good answer touches.

    `lesson` is the number of the lesson of the case to which it belongs, or 0.
    """

    question: str
    notes: Sequence[str] = ()
    lesson: int = 0


def questions_of(item: Item) -> list[Asked]:
    """Return the questions of a case, or those that fit every practice; none for other kinds."""
    if isinstance(item, BestPractice):
        return _of_practice(item)
    if not isinstance(item, CaseStudy) or not item.teaching:
        return []
    numbers = {one.id: number for number, one in enumerate(item.lessons, 1)}
    return [
        Asked(one.question, (one.notes,) if one.notes else (), numbers.get(one.lesson, 0))
        for one in item.teaching.questions
    ]


def _of_practice(practice: BestPractice) -> list[Asked]:
    """Return the questions that fit every practice, with what this one says to them."""
    limits = [practice.evidence.limits] if practice.evidence and practice.evidence.limits else []
    return [
        Asked("What would be the first step in our organisation, and who must agree to it?", [practice.first_step]),
        Asked("How could it fail here, and what would we see first?", [one.pitfall for one in practice.pitfalls]),
        Asked("How would we know after one year that it works?", practice.indicators),
        Asked("Where would it not work, or cost more than it brings?", [*limits, *practice.cultural_notes]),
    ]
