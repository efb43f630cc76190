"""A picture is what its name says, ends where the picture ends, and has at most 2,000,000 bytes.

A file that has the name of a picture may hold a page, a program or an archive. Only whole `.png`, `.jpg`, `.jpeg` and
`.webp` pictures reach the site.

**Mend it:** open the picture in a program for pictures and export it again as PNG or JPEG, at most 1,600 pixels wide.
Changing the ending of the name does not change the type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("image-file", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each refused picture, where the body shows it first or else at the top of the file."""
    document = subject.document
    places = {piece.text: piece for piece in reversed(subject.pieces) if piece.what == "image"}
    for name, fault in document.refused_images.items():
        address = f"{document.stem}/{name}"
        piece = places.get(address)
        where = document.at_body(piece.line, piece.column) if piece else document.at()
        yield RULE.at(where, f"the file `{address}` {fault}", "export it again as PNG or JPEG, or delete it")
