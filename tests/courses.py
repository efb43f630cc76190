"""A small library with everything that a course can have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casebook.library import Library
from casebook.model import (
    CheckQuestion,
    Decision,
    Exercise,
    Item,
    ItemReason,
    LearningPath,
    PathStep,
    Players,
    Role,
    WrongChoice,
)
from casebook.text import tokens

ID, PRACTICE, GAME, WAY = "lost-source-2001", "keep-a-register", "the-quiet-gate", "first-week"
HOSTILE = "</p><script>alert(1)</script> ~a=b#c{d}:e\\f & \"g\" '監視' [^s1]"
SHOWN = HOSTILE.removesuffix(" [^s1]")
QUESTIONS = (
    CheckQuestion(
        "who-takes-charge",
        f"Who answers? {HOSTILE}",
        "The holder of the licence [^s1].",
        "The holder",
        (
            WrongChoice(SHOWN, "No [^s1]."),
            WrongChoice("50% it is", HOSTILE),
            WrongChoice("%50% it is", "No.\nNever."),
        ),
    ),
    CheckQuestion("yes-or-no", "Is it lost?", "It is.", "Yes", (WrongChoice("No", "Look again."),)),
    CheckQuestion("in-your-words", "What would you do?", "Call the owner."),
)
DECISION = Decision("A firm moves", "You are the inspector.", "First.\n\nThen [^s1].", "What now?", ("Wait.", "Go."))


def rich(library: Library) -> Library:
    """Return a small library with everything that a course can have: stages, questions, an exercise and a path."""
    case = library.cases[0]
    assert case.teaching
    taught = replace(case, teaching=replace(case.teaching, decision=DECISION, self_check=QUESTIONS))
    steps = (
        PathStep("start-here", ID, "It shows why [^s1].", 15, "The lessons", QUESTIONS),
        PathStep("then-this", PRACTICE, "It says who.", 10),
        PathStep("again", ID, "Read it once more.", 5),
    )
    common: dict[str, Any] = {"summary": HOSTILE, "topics": case.topics, "status": "published", "history": case.history}
    role = Role("chief", "Chief of guards", "You lead the guards.", "The secret of the chief")
    game: dict[str, Any] = {
        "minutes": 90,
        "players": Players(4, 12),
        "roles": (role,),
        "grown_from": (ItemReason(ID, "It grew."),),
    }
    added: list[Item] = [
        Exercise(id=GAME, title="The quiet gate", **common, **game),
        LearningPath(id=WAY, title=f"First week: {SHOWN}", steps=steps, objectives=("Say why.",), **common),
    ]
    bodies = {
        GAME: "## Scenario\n\nA gate.\n\n## How to lead it\n\nThe plan.\n\n## Debriefing\n\nThe end.\n",
        WAY: "## Before you begin\n\nSit down.\n\n## After this path\n\nStand up.\n",
    }
    entries = [(taught if item.id == ID else item, library.streams[item.id]) for item in library.items.values()]
    return Library.of([*entries, *((item, tokens(bodies[item.id])) for item in added)], library.vocabularies)
