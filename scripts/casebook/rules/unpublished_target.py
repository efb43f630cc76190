"""A published item should link only to items that readers can open.

A link to a draft or a withdrawn item is left out on the public site, and the chain has a hole there. Where the other
item was withdrawn after this version was released, it is only a note: a withdrawal must not wait for a new version of
each item around it.

**Mend it:** publish the other item, or link to another one; after a withdrawal, when the item is changed next.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from casebook.finding import Rule, Severity
from casebook.rules.dangling_item import links
from casebook.rules.dangling_lesson import lesson_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.finding import Finding, Location
    from casebook.rules._subject import Subject

RULE = Rule("unpublished-target", __doc__, Severity.WARNING)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each link of a published item to one that is not published, or a note where it was."""
    if subject.document.status != "published":
        return
    for where, target in _targets(subject):
        found = subject.index.holder(target)
        if found is not None and found.tree is not None and found.status != "published":
            message = f"`{target}` is not published: its status is {found.status}"
            if found.status == "withdrawn" and subject.released is not None:
                yield RULE.at(where, message, "link to another item in the next version", severity=Severity.NOTE)
            else:
                yield RULE.at(where, message, "publish it first, or link to another item")


def _targets(subject: Subject) -> Iterator[tuple[Location, str]]:
    for steps, target, _ in links(subject):
        yield subject.document.at(*steps), target
    for steps, case, _ in lesson_links(subject):
        yield subject.document.at(*steps), case
    for piece in subject.pieces:
        path = piece.text.partition("#")[0]
        if piece.what == "link_open" and path.endswith(".md") and "://" not in path:
            yield subject.document.at_body(piece.line, piece.column), posixpath.basename(path).removesuffix(".md")
