"""A link to another item must lead to one, and to one of the right kind.

`related` and `superseded_by` name any item, `practices` of a lesson name best practices, and `counter_cases` name case
studies. The chain from event to guidance is only as good as its links. A link may use an id that the item had before.

**Mend it:** correct the id, or write the item that is missing. An item does not name itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, nearest
from casebook.registry import BEST_PRACTICE, CASE_STUDY, Kind
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Steps, Subject

RULE = Rule("dangling-item", __doc__)


def links(subject: Subject) -> Iterator[tuple[Steps, str, Kind | None]]:
    """Yield every link to another item: the steps that lead to it, the id, and the kind that it must have."""
    for field, kind in (("related", None), ("counter_cases", CASE_STUDY)):
        for index, entry in subject.entries(field):
            if isinstance(entry.get("id"), str):
                yield (field, index, "id"), entry["id"], kind
    for index, lesson in subject.entries("lessons"):
        for position, practice in strings(lesson.get("practices")):
            yield ("lessons", index, "practices", position), practice, BEST_PRACTICE
    if isinstance(subject.data.get("superseded_by"), str):
        yield ("superseded_by",), subject.data["superseded_by"], None


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each link that leads nowhere or to the wrong kind."""
    for steps, target, kind in links(subject):
        where = subject.document.at(*steps)
        found = subject.index.holder(target)
        wanted = kind.label.lower() if kind else "item"
        if found is None:
            known = [name for name, one in subject.corpus.items() if kind in (None, one.kind)]
            yield RULE.at(where, f"there is no {wanted} `{target}`", nearest(target, known))
        elif kind not in (None, found.kind):
            yield RULE.at(where, f"`{target}` is a {found.kind.label.lower()}, and a {wanted} is needed here")
        elif found.path == subject.document.path:
            yield RULE.at(where, "an item does not name itself here", "delete the entry")
