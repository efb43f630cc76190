"""The plan of a lesson: what a class does in which minutes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

READY = 45
# Above this, the class reads before it comes.
READ_BEFORE = 45


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a lesson: minutes from its beginning, what the class does, and what it uses."""

    start: int
    end: int
    does: str
    uses: str


# Weights in minutes of a lesson of 45, as the page for instructors has them.
_CASE = (
    (5, "Before anyone reads: where could this happen in our field? Write down three answers.", "Title, summary"),
    (10, "Everyone reads in silence. Then one person tells the story in one minute.", "Timeline, facts"),
    (8, "In pairs: which two factors mattered most, and how do we know?", "Factors"),
    (14, "Discussion questions with the whole class: one to enter, one that divides the room.", "Questions, notes"),
    (6, "In groups of three to five: one practice that answers a lesson. What is our first step?", "Practices"),
    (2, "Each person writes down one thing to look at on Monday. Return to the three answers.", "What others can take"),
)
_PRACTICE = (
    (5, "Before anyone reads: who does this with us today, and who would notice if not?", "The sentence at the top"),
    (10, "Everyone reads. Then one person explains the practice in one minute.", "Steps"),
    (12, "In pairs: which step is missing with us, and what would be the first one?", "Question 1"),
    (12, "With the whole class: how could it fail here, and how would we see it?", "Questions 2 and 3"),
    (6, "Each person names a case that argues for or against it, and one thing to do on Monday.", "Question 4, cases"),
)


def of_case(minutes: int) -> list[Part]:
    """Return the plan for a case that takes so many minutes, reading and discussion together."""
    return _scaled(_CASE, minutes)


def of_practice(minutes: int = READY) -> list[Part]:
    """Return the plan for a practice."""
    return _scaled(_PRACTICE, minutes)


def _scaled(parts: tuple[tuple[int, str, str], ...], minutes: int) -> list[Part]:
    ends = [round(one * minutes / READY) for one in accumulate(weight for weight, _, _ in parts)]
    return [Part(start, end, does, uses) for start, end, (_, does, uses) in zip([0, *ends], ends, parts, strict=False)]
