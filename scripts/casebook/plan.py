"""The plan of a lesson: what a class does in which minutes, and what the instructor says.

It is the only one: the instructor's edition, the handouts and the page for instructors show the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

READY = 45
# Above this, the class reads before it comes; but nobody reads on before a class that decides.
READ_BEFORE = 45
# Where the discussion questions stand, and the minutes that one of them needs at least.
QUESTIONS, LEAST = "#questions", 4


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a lesson.

    Args:
        start: minutes from the beginning of the lesson.
        end: the same for its end.
        does: what the class does.
        uses: what it uses.
        says: what the instructor says or does.
        at: where that stands: an address below the one of the case, or a part of the instructor's edition.
    """

    start: int
    end: int
    does: str
    uses: str
    says: str = ""
    at: str = ""


# Weights in minutes of a lesson of 45: what the class does, what it uses, what the instructor says, and where it is.
_Row = tuple[int, str, str, str, str]
_OPEN = (
    "'We talk about a real case. Speak in general terms: nobody names a weakness of a site that exists today. We do "
    "not look for the guilty person.'"
)
_MONDAY = "'Write down one thing, with the name of the person you will ask.' Two people read theirs aloud."
_GROUPS = "'Take one lesson. Which practice answers it, and what is our first step, if we are five people?'"
_STAGED: tuple[_Row, ...] = (
    (
        3,
        "Opening: the rules of the discussion. Nobody has read the case.",
        "Rules",
        f"{_OPEN} 'We read it in stages, and you decide before you know how it ended. Do not look it up.'",
        "#rules",
    ),
    (
        7,
        "Everyone reads the situation in silence. One person says who we are and what we know.",
        "Stage 1",
        "Show stage 1, or hand it out. Write on the board what is known, and what is not.",
        "stage/1/",
    ),
    (
        5,
        "Each person decides alone, writes the choice down, and tells a neighbour why.",
        "Stage 2",
        "Read the question aloud. 'Decide now, with what you know. Write it down before you speak.'",
        "stage/2/",
    ),
    (
        4,
        "Vote by show of hands. One person for each choice gives a reason.",
        "Stage 2, board",
        "Count the votes on the board. Take the reasons, and judge none of them yet.",
        "#decision",
    ),
    (
        8,
        "Everyone reads on in silence. Then one person tells the story in one minute.",
        "Stage 3",
        "Go on to stage 3. Say before it if people were hurt.",
        "stage/3/",
    ),
    (
        4,
        "Compare: what did we decide, what was done, and what could be known at that time?",
        "Stage 3, board",
        "'They did not know the end either. What made their way easy, and what would have made ours hard?'",
        "#after",
    ),
    (
        8,
        "Discussion questions with the whole class: one to enter, one that divides the room.",
        "Questions, notes",
        "Ask, wait ten seconds, and take three answers before you say anything. Fill the board.",
        QUESTIONS,
    ),
    (
        4,
        "In groups of three to five: one practice that answers a lesson. What is our first step?",
        "Stage 4",
        _GROUPS,
        "stage/4/",
    ),
    (2, "Each person writes down one thing to look at on Monday.", "Monday", _MONDAY, "#monday"),
)
_CASE: tuple[_Row, ...] = (
    (
        5,
        "Before anyone reads: where could this happen in our field? Write down three answers.",
        "Title, summary",
        f"{_OPEN} Write the three answers on the board.",
        "#rules",
    ),
    (
        10,
        "Everyone reads in silence. Then one person tells the story in one minute.",
        "Timeline, facts",
        "Show the case, or hand it out. Say before it if people were hurt.",
        "#after",
    ),
    (
        8,
        "In pairs: which two factors mattered most, and how do we know?",
        "Factors",
        "'Which of them are stated by a source, and which are inferred?' Hear three pairs.",
        "#lessons",
    ),
    (
        14,
        "Discussion questions with the whole class: one to enter, one that divides the room.",
        "Questions, notes",
        "Ask, wait ten seconds, and take three answers before you say anything. Fill the board.",
        QUESTIONS,
    ),
    (
        6,
        "In groups of three to five: one practice that answers a lesson. What is our first step?",
        "Practices",
        _GROUPS,
        "#lessons",
    ),
    (
        2,
        "Each person writes down one thing to look at on Monday. Return to the three answers.",
        "What others can take",
        _MONDAY,
        "#monday",
    ),
)
_PRACTICE: tuple[_Row, ...] = (
    (
        5,
        "Before anyone reads: who does this with us today, and who would notice if not?",
        "Sentence at the top",
        "",
        "",
    ),
    (10, "Everyone reads. Then one person explains the practice in one minute.", "Steps", "", ""),
    (12, "In pairs: which step is missing with us, and what would be the first one?", "Question 1", "", ""),
    (12, "With the whole class: how could it fail here, and how would we see it?", "Questions 2 and 3", "", ""),
    (
        6,
        "Each person names a case that argues for or against it, and one thing to do on Monday.",
        "Question 4, cases",
        "",
        "",
    ),
)


def of_case(minutes: int, *, staged: bool = False) -> list[Part]:
    """Return the plan for a case.

    Args:
        minutes: the time for reading and discussion together.
        staged: whether the class decides before it reads on.
    """
    return _scaled(_STAGED if staged else _CASE, minutes)


def of_practice(minutes: int = READY) -> list[Part]:
    """Return the plan for a practice."""
    return _scaled(_PRACTICE, minutes)


def shares(parts: Sequence[Part], count: int) -> list[int]:
    """Return the minutes for each of some discussion questions; those for which a plan has no time have 0."""
    room = sum(part.end - part.start for part in parts if part.at == QUESTIONS)
    asked = min(count, max(room // LEAST, 1))
    ends = [round(room * number / asked) for number in range(asked + 1)] if asked else []
    times = [end - start for start, end in pairwise(ends)]
    return times + [0] * (count - asked)


def _scaled(rows: Sequence[_Row], minutes: int) -> list[Part]:
    """Return rows as parts that fill the time; in a very short lesson some have no minute, and are left out."""
    ends = [round(one * minutes / READY) for one in accumulate(row[0] for row in rows)]
    found = zip([0, *ends], ends, rows, strict=False)
    return [Part(start, end, *row[1:]) for start, end, row in found if end > start]
