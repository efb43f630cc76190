"""A published item should link only to items that readers can open.

A link to a draft or a withdrawn item is left out on the public site, and the chain has a hole there.

**Mend it:** publish the other item, or link to another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, Severity
from casebook.rules.dangling_item import links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("unpublished-target", __doc__, Severity.WARNING)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each link of a published item to one that is not published."""
    if subject.document.status != "published":
        return
    for steps, target, _ in links(subject):
        found = subject.corpus.get(target)
        if found is not None and found.tree is not None and found.status != "published":
            message = f"`{target}` is not published: its status is {found.status}"
            yield RULE.at(subject.document.at(*steps), message, "publish it first, or link to another item")
