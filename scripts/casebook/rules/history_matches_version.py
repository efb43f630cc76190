"""The history leads up to the version.

Each entry has a higher number and no earlier date than the one before, and the last one has the number of `version`.
Readers see from it what changed since they last used the item.

**Mend it:** after a change of substance raise `version` by one and add an entry with the same number.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("history-matches-version", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the history goes backward or does not end with the version."""
    entries = [
        (index, entry)
        for index, entry in subject.entries("history")
        if isinstance(entry.get("version"), int) and isinstance(entry.get("date"), str)
    ]
    for (_, older), (index, newer) in pairwise(entries):
        if newer["version"] <= older["version"] or newer["date"] < older["date"]:
            where = subject.document.at("history", index)
            yield RULE.at(where, "this entry of the history is not newer than the one before", "put the oldest first")
    version = subject.data.get("version")
    if entries and isinstance(version, int) and entries[-1][1]["version"] != version:
        message = f"`version` is {version}, and the last entry of the history is {entries[-1][1]['version']}"
        yield RULE.at(subject.document.at("version"), message, "add an entry for the newest version")
