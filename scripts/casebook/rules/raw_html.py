"""The body is Markdown without HTML and without attribute lists.

HTML from many hands cannot be kept accessible or safe. What needs it belongs into the page template.

**Mend it:** write it in Markdown. A sign such as `<` before a word is written `&lt;`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("raw-html", __doc__)
_ATTRIBUTES = re.compile(r"\{:[^{}]*\}")
# Markdown takes a tag that is not well formed for text. A browser that meets it in another program may not.
_ACTIVE = re.compile(r"<(?:script|iframe|object|embed|svg|style|form|meta|base|link)/[^<>\n]{0,200}", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each piece of HTML and each attribute list."""
    for piece in subject.pieces:
        if piece.what in ("html_block", "html_inline") and not piece.text.startswith("</"):
            where = subject.document.at_body(piece.line, piece.column)
            tag = piece.text.strip().partition("\n")[0][:40]
            yield RULE.at(where, f"HTML is not used in the body: `{tag}`", "write it in Markdown")
    for number, line in enumerate(subject.document.body.split("\n")):
        for match in _ACTIVE.finditer(line):
            where = subject.document.at_body(number, match.start() + 1)
            yield RULE.at(where, f"HTML is not used in the body: `{match.group()[:40]}`", "write it in Markdown")
        for match in _ATTRIBUTES.finditer(line):
            where = subject.document.at_body(number, match.start() + 1)
            yield RULE.at(where, f"attribute lists are not used in the body: `{match.group()[:40]}`", "delete it")
