"""Ids inside an item are used once, and a lesson's id is not that of a part of the page.

The same is true of the former ids of a lesson. A role of an exercise is not named as one of the pages of the exercise.

A lesson's id is part of its address, a source's id says which source carries a statement, and roles, injects and
criteria of an exercise are named by theirs. By the id of a question, or of a step of a learning path, a browser and a
course find the answer that a learner gave. Parts of the page, for example `sources` or `what-happened`, have addresses
of the same form, and nobody should take the page of a role for that of the facilitator.

**Mend it:** give the second one another id, and correct the citations that mean it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Steps, Subject

RULE = Rule("duplicate-local-id", __doc__)
FIELDS = (
    ("lessons",),
    ("sources",),
    ("teaching", "self_check"),
    ("roles",),
    ("injects",),
    ("evaluation",),
    ("steps",),
)
PARTS = (
    "timeline",
    "factors",
    "lessons",
    "chain",
    "decision",
    "questions",
    "self-check",
    "next",
    "guidance",
    "uncertain",
    "sources",
    "review",
    "keywords",
    "cite",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each id that was used before, or is that of something else."""
    for steps in FIELDS:
        seen: set[str] = set()
        for index, entry in subject.entries(*steps):
            name = entry.get("id")
            if isinstance(name, str) and name in seen:
                message = f"the id `{name}` stands in `{steps[-1]}` a second time"
                yield RULE.at(subject.document.at(*steps, index, "id"), message, "give one of them another id")
            seen.add(str(name))
    yield from _former(subject)
    yield from _parts(subject)
    yield from _pages(subject)


def _former(subject: Subject) -> Iterator[Finding]:
    taken = {str(lesson.get("id")) for _, lesson in subject.entries("lessons")}
    for steps, name in _aliases(subject):
        if name in taken:
            message = f"the former id `{name}` is also that of a lesson, or stands here a second time"
            yield RULE.at(subject.document.at(*steps), message, "delete it")
        taken.add(name)


def _parts(subject: Subject) -> Iterator[Finding]:
    parts = {*PARTS, *(section.anchor for section in subject.document.kind.sections)}
    ids = [(("lessons", index, "id"), str(lesson.get("id"))) for index, lesson in subject.entries("lessons")]
    for steps, name in [*ids, *_aliases(subject)]:
        if name in parts or name.startswith(("source-", "factor-", "citation-", "embed-", "__")):
            where = subject.document.at(*steps)
            yield RULE.at(where, f"the id `{name}` is that of a part of the page", "give the lesson another id")


def _pages(subject: Subject) -> Iterator[Finding]:
    for index, role in subject.entries("roles"):
        if role.get("id") in subject.document.kind.pages:
            where = subject.document.at("roles", index, "id")
            yield RULE.at(where, f"the id `{role['id']}` is that of a page of the exercise", "give the role another id")


def _aliases(subject: Subject) -> Iterator[tuple[Steps, str]]:
    for index, lesson in subject.entries("lessons"):
        for position, name in strings(lesson.get("aliases")):
            yield ("lessons", index, "aliases", position), name
