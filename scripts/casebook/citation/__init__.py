"""How to cite an item, a released version of it, or the whole library.

`record` says what a citation holds, as one record of CSL-JSON. Every other format is made from such a record: `styled`
for APA and Chicago, `bibtex`, `ris`, and `plain` for one line of text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from casebook.citation import bibtex, plain, record, ris, styled

if TYPE_CHECKING:
    from casebook.citation.record import Record

# The formats that are also files, by the ending of their names. Programs know them by it.
FILES = {"bib": bibtex.text, "ris": ris.text, "csl.json": record.text}


@dataclass(frozen=True, slots=True)
class Citation:
    """One work in every format. `apa` and `chicago` are HTML with their italics, all others are plain text."""

    plain: str
    apa: str
    chicago: str
    bibtex: str
    ris: str
    csl: str

    @classmethod
    def of(cls, cited: Record) -> Self:
        """Return the citation that a record means."""
        return cls(
            plain=plain.line(cited),
            apa=styled.html(styled.APA, cited),
            chicago=styled.html(styled.CHICAGO, cited),
            bibtex=bibtex.text([cited]),
            ris=ris.text([cited]),
            csl=record.text([cited]),
        )
