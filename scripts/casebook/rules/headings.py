"""Headings inside a section are of level 3 or 4, in steps of one, and none stands twice.

The page draws the title itself, so that a heading of level 1 would be a second title. Screen readers jump from heading
to heading and lose their way where a level is left out. A heading inside a list or quotation would divide it.

**Mend it:** change the number of `#`, or the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("headings", __doc__)
DEEPEST = 4


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each heading with the wrong level or the words of an earlier one."""
    yield from _inside(subject)
    previous, seen = 1, set[str]()
    for piece in subject.pieces:
        if piece.what != "heading":
            continue
        level, where = int(piece.more), subject.document.at_body(piece.line)
        if level == 1:
            yield RULE.at(where, "a heading of level 1 is the title, which the page draws itself", "use `##` or `###`")
        elif level > min(previous + 1, DEEPEST):
            yield RULE.at(where, f"a heading of level {level} follows one of level {previous}", "leave no level out")
        if piece.text.casefold() in seen:
            yield RULE.at(where, f"the heading '{piece.text}' stands here a second time", "change the words")
        seen.add(piece.text.casefold())
        previous = max(level, 2)


def _inside(subject: Subject) -> Iterator[Finding]:
    for token in subject.stream:
        if token.type == "heading_open" and token.level and token.map:
            where = subject.document.at_body(token.map[0])
            yield RULE.at(where, "a heading cannot stand in a list or quotation", "move it out")
