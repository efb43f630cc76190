"""An exercise can be played as it is written.

The injects stand in the order of the clock, and the last one comes before the time is over. Each is for roles that the
exercise has. A branch leads to an inject that has `only_when` and does not come earlier, and each inject that has
`only_when` is reached by a branch. There are places for as many players as there are roles.

**Mend it:** the finding says what does not fit. Correct the minute, the id or the number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.finding import Finding, Rule, nearest
from casebook.registry import EXERCISE
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.rules._subject import Subject

RULE = Rule("exercise-play", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each thing that stops an exercise from being played."""
    if subject.document.kind != EXERCISE:
        return
    yield from _minutes(subject)
    yield from _receivers(subject)
    yield from _branches(subject)
    yield from _unreached(subject)
    yield from _players(subject)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _ids(subject: Subject, field: str) -> dict[str, Mapping[str, Any]]:
    """Return the entries of a list by their ids, in their order."""
    return {entry["id"]: entry for _, entry in subject.entries(field) if isinstance(entry.get("id"), str)}


def _minutes(subject: Subject) -> Iterator[Finding]:
    end, before = _number(subject.data.get("minutes")), 0
    for index, inject in subject.entries("injects"):
        minute = _number(inject.get("minute"))
        if minute is None:
            continue
        where = subject.document.at("injects", index, "minute")
        if minute < before:
            yield RULE.at(where, f"minute {minute} stands after minute {before}", "put the injects in their order")
        if end is not None and minute >= end:
            hint = "make it earlier, or the exercise longer"
            yield RULE.at(where, f"minute {minute} is not before the end: the exercise has {end} minutes", hint)
        before = max(before, minute)


def _receivers(subject: Subject) -> Iterator[Finding]:
    roles = _ids(subject, "roles")
    for index, inject in subject.entries("injects"):
        for position, name in strings(inject.get("to")):
            if name not in roles:
                where = subject.document.at("injects", index, "to", position)
                yield RULE.at(where, f"the exercise has no role `{name}`", nearest(name, roles))


def _branches(subject: Subject) -> Iterator[Finding]:
    injects = _ids(subject, "injects")
    for index, inject in subject.entries("injects"):
        for position, branch in _entries(inject.get("branches")):
            target = branch.get("inject")
            if isinstance(target, str):
                where = subject.document.at("injects", index, "branches", position, "inject")
                if target not in injects:
                    yield RULE.at(where, f"the exercise has no inject `{target}`", nearest(target, injects))
                else:
                    for message, hint in _misled(inject, injects[target]):
                        yield RULE.at(where, message, hint)


def _misled(inject: Mapping[str, Any], target: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield message and hint of what is wrong with a branch that leads to an inject."""
    name = target["id"]
    if "only_when" not in target:
        yield f"`{name}` is part of every run, and no branch is needed to it", "add `only_when` to it, or delete this"
    minute, start = _number(target.get("minute")), _number(inject.get("minute"))
    if name == inject.get("id"):
        yield "a branch does not lead to its own inject", "name another one"
    elif minute is not None and start is not None and minute < start:
        yield f"`{name}` comes at minute {minute}, and this inject at minute {start}", "make that one later"


def _unreached(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each inject to which no branch leads on any way from the start."""
    injects = _ids(subject, "injects")
    reached = [one for one, inject in injects.items() if "only_when" not in inject]
    for origin in reached:
        targets = [branch.get("inject") for _, branch in _entries(injects[origin].get("branches"))]
        reached += [one for one in injects if one in targets and one not in reached]
    for index, inject in subject.entries("injects"):
        name = inject.get("id")
        if isinstance(name, str) and name not in reached:
            where, hint = subject.document.at("injects", index, "id"), "add a branch to an earlier inject"
            yield RULE.at(where, f"no branch leads to `{name}`", hint, severity=subject.document.demands)


def _players(subject: Subject) -> Iterator[Finding]:
    players = subject.data.get("players")
    given = players if isinstance(players, dict) else {}
    least, most = _number(given.get("least")), _number(given.get("most"))
    roles = len(_ids(subject, "roles"))
    if least is not None and most is not None and least > most:
        where = subject.document.at("players", "least")
        yield RULE.at(where, f"the least number of players, {least}, is larger than the most, {most}", "change them")
    elif most is not None and most < roles:
        where = subject.document.at("players", "most")
        yield RULE.at(where, f"there are {roles} roles, and places for {most} players", "raise the number")


def _entries(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield index and fields of each entry of a list of fields."""
    for index, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, dict):
            yield index, entry
