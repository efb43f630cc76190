"""The kinds of item. A kind is a schema, a page template and one entry here."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A level-2 heading that the body of an item must have: what belongs under it, and its words at least and most.

    What `spoils` is for the facilitator of an exercise; players must not meet it.
    """

    heading: str
    description: str
    words: tuple[int, int] = (80, 450)
    spoils: bool = False

    @property
    def anchor(self) -> str:
        """Fragment of the address of the section."""
        return self.heading.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item: `name` is its schema, `folder` its place under cases/, `address` its place on the site.

    `word` is what a count says, for example `3 cases`. `pages` are the names of further pages below that of an item.
    What is fiction needs no source for its figures.
    """

    name: str
    folder: str
    address: str
    word: str
    label: str
    plural: str
    words: tuple[int, int]
    sections: tuple[Section, ...]
    pages: tuple[str, ...] = ()
    is_fiction: bool = False

    @property
    def noun(self) -> str:
        """The kind in a sentence, with its article: `a case study`, `an exercise`."""
        return f"{'an' if self.label[0] in 'AEIOU' else 'a'} {self.label.lower()}"

    def address_of(self, item_id: str) -> str:
        """Return the address of the page of the item with an id, from the root of the site."""
        return f"{self.address}/{item_id}/"


CASE_STUDY = Kind(
    name="case-study",
    folder="case-studies",
    address="cases",
    word="case",
    label="Case study",
    plural="Case studies",
    words=(700, 1400),
    sections=(
        Section("What happened", "The story in the order of time, for a reader who never heard of it."),
        Section("Why it happened", "How the contributing factors worked together, and what a source says about them."),
        Section("What changed", "What was done afterwards, and what was not."),
        Section(
            "What others can take from it",
            "What transfers to another site or country, what does not, and what to look at on Monday.",
        ),
    ),
)

BEST_PRACTICE = Kind(
    name="best-practice",
    folder="best-practices",
    address="practices",
    word="practice",
    label="Best practice",
    plural="Best practices",
    words=(500, 1000),
    sections=(
        Section("Why it is needed", "What goes wrong without it, with cases."),
        Section("How to do it", "Steps that a team can follow."),
        Section(
            "Where it works and where it does not",
            "Limits, conditions, and what the evidence does not show.",
        ),
    ),
)

EXERCISE = Kind(
    name="exercise",
    folder="exercises",
    address="exercises",
    word="exercise",
    label="Exercise",
    plural="Table-top exercises",
    words=(250, 900),
    sections=(
        Section("Scenario", "The fictional site and its people as the players see them. No word of what will come."),
        Section(
            "How to lead it",
            "For the facilitator: the preparation, the start, and what to do when it stops.",
            spoils=True,
        ),
        Section(
            "Debriefing",
            "For the facilitator: how the class turns what it saw into what it will do on Monday.",
            spoils=True,
        ),
    ),
    pages=("cards", "clock", "evaluation", "facilitator", "players"),
    is_fiction=True,
)

LEARNING_PATH = Kind(
    name="learning-path",
    folder="learning-paths",
    address="paths",
    word="path",
    label="Learning path",
    plural="Learning paths",
    words=(120, 600),
    sections=(
        Section("Before you begin", "For whom the path is, what to know before, and how to go through it.", (40, 300)),
        Section("After this path", "What to do next at work, and where to read on.", (40, 300)),
    ),
)

KINDS: tuple[Kind, ...] = (CASE_STUDY, BEST_PRACTICE, EXERCISE, LEARNING_PATH)
KIND_BY_NAME = {kind.name: kind for kind in KINDS}
KIND_BY_FOLDER = {kind.folder: kind for kind in KINDS}


def linked_item(path: str, folder: str) -> str:
    """Return the id of the item to which a path in the text of an item leads, or an empty text.

    Args:
        path: the path as it stands in the text, without a fragment.
        folder: the folder of the item in whose text it stands.
    """
    target, name = posixpath.split(posixpath.normpath(posixpath.join(folder, path)))
    return name.removesuffix(".md") if posixpath.basename(target) in KIND_BY_FOLDER else ""
