"""An image has a text for those who do not see it.

**Mend it:** write between the square brackets what the image shows: `![Map of the town with the two sites](map.png)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("image-alt-text", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each image without an alternative text."""
    for piece in subject.pieces:
        if piece.what == "image" and not piece.more.strip():
            where = subject.document.at_body(piece.line, piece.column)
            yield RULE.at(where, f"the image `{piece.text}` has no text", "say between the brackets what it shows")
