"""The body has the sections of its kind, in their order, and each has text.

Readers who compare cases find the same thing in the same place. For a draft a missing section is a note.

**Mend it:** write the headings exactly as `casebook new` does, with `## ` before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject
    from casebook.text import Piece

RULE = Rule("sections", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each section that is missing, unknown, out of order or empty."""
    document = subject.document
    if document.tree is None and not document.body:
        return
    wanted = [section.heading for section in document.kind.sections]
    found = [piece for piece in subject.pieces if piece.what == "heading" and piece.more == "2"]
    written = [piece.text for piece in found]
    for heading in wanted:
        if heading not in written:
            hint = f"write a line `## {heading}` and the text below it"
            where = document.at_body(0)
            yield RULE.at(where, f"the section '{heading}' is missing", hint, severity=document.demands)
    yield from _unknown(subject, found, wanted)
    ordered = [heading for heading in wanted if heading in written]
    if [heading for heading in written if heading in wanted] != ordered and len(set(written)) == len(written):
        where = document.at_body(found[0].line)
        yield RULE.at(where, f"the sections are not in their order: {', '.join(ordered)}", "move them")
    yield from _empty(subject, found)


def _unknown(subject: Subject, found: list[Piece], wanted: list[str]) -> Iterator[Finding]:
    for piece in found:
        if piece.text not in wanted:
            where = subject.document.at_body(piece.line)
            hint = nearest(piece.text, wanted) or "use `###` for a heading of your own inside a section"
            yield RULE.at(where, f"'{piece.text}' is not a section of {subject.document.kind.noun}", hint)


def _empty(subject: Subject, found: list[Piece]) -> Iterator[Finding]:
    texts = [token.map[0] for token in subject.stream if token.type == "inline" and token.map]
    ends = [*(piece.line for piece in found[1:]), len(subject.document.body)][: len(found)]
    for piece, end in zip(found, ends, strict=True):
        if not any(piece.line < line < end for line in texts):
            where = subject.document.at_body(piece.line)
            severity = subject.document.demands
            yield RULE.at(where, f"the section '{piece.text}' is empty", "write it", severity=severity)
