"""A link to another item must lead to one, and to one of the right kind.

`related`, `superseded_by` and the steps of a learning path name any item. `practices` of a lesson, an inject or a
criterion name best practices, and `counter_cases` and `grown_from` name case studies. The chain from event to guidance
is only as good as its links. A link may use an id that the item had before.

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
# Lists whose entries name one item each, and lists whose entries name practices.
_ENTRIES = (
    ("related", "id", None),
    ("counter_cases", "id", CASE_STUDY),
    ("grown_from", "id", CASE_STUDY),
    ("steps", "item", None),
)
_PRACTICES = ("lessons", "injects", "evaluation")


def links(subject: Subject) -> Iterator[tuple[Steps, str, Kind | None]]:
    """Yield every link to another item: the steps that lead to it, the id, and the kind that it must have."""
    for field, key, kind in _ENTRIES:
        for index, entry in subject.entries(field):
            if isinstance(entry.get(key), str):
                yield (field, index, key), entry[key], kind
    for field in _PRACTICES:
        for index, entry in subject.entries(field):
            for position, practice in strings(entry.get("practices")):
                yield (field, index, "practices", position), practice, BEST_PRACTICE
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
        elif kind is not None and kind != found.kind:
            yield RULE.at(where, f"`{target}` is {found.kind.noun}, and {kind.noun} is needed here")
        elif found.path == subject.document.path:
            yield RULE.at(where, "an item does not name itself here", "delete the entry")
