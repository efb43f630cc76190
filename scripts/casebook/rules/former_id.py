"""A former id leads to one item, and is the id of none.

`aliases` keep the old addresses of an item alive. They can do so only when no other item stands there, and when no
other item says the same of itself.

**Mend it:** delete the former id in one of the two items, or rename the item that has taken it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("former-id", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each former id that leads to another item too."""
    document = subject.document
    for index, name in strings(subject.data.get("aliases")):
        where = document.at("aliases", index)
        others = [path for path in subject.index.former.get(name, ()) if path != document.path]
        if name in subject.corpus:
            message = f"`{name}` is the id of {subject.corpus[name].path}"
            yield RULE.at(where, message, "delete it here, or give that item another id")
        elif others:
            yield RULE.at(where, f"`{name}` is also a former id of {others[0]}", "delete it in one of the two")
