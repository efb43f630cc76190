"""Citations for LaTeX: BibTeX, written by pybtex, in UTF-8.

The writer escapes `% & # $ _ ~`. It leaves the backslash, braces and the circumflex alone, because they can be LaTeX.
In a title they are only signs, so they get their names here.
"""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from casebook.dates import EventDate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from casebook.citation.record import Record

# Fields of BibTeX with the names that CSL has for them; `institution` and `type` are those of a report.
_FIELDS = {
    "institution": "publisher",
    "type": "genre",
    "number": "number",
    "language": "language",
    "keywords": "keyword",
    "abstract": "abstract",
}
_SIGNS = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}"}
)
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


@lru_cache(maxsize=2**16)
def _encoded(words: str) -> str:
    # This codec, which pybtex registers, makes text of text.
    escaped: Any = codecs.encode(words, "ulatex+utf-8")
    return str(escaped)


class _Writer(Writer):  # type: ignore[misc]  # pybtex is untyped
    r"""Writes an address as it is: styles set it with `\url`, in which an escape would become a part of it.

    It remembers what it has escaped, because each item stands on its page, in its file and in that of the library.
    """

    def _encode(self, text: str) -> str:
        return _encoded(text)

    def _write_field(self, stream: TextIO, type: str, value: str) -> None:  # noqa: A002  # name given by pybtex
        if type == "url":
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


def text(records: Iterable[Record]) -> str:
    """Return the file of records as BibTeX."""
    entries = {cited["id"]: _entry(cited) for cited in records}
    return str(_Writer(encoding="UTF-8").to_string(BibliographyData(entries)))


def _entry(cited: Record) -> Entry:
    fields = {"title": f"{{{_escaped(cited['title'])}}}"}
    fields |= {field: _escaped(cited[name]) for field, name in _FIELDS.items() if name in cited}
    if "issued" in cited:
        fields["year"] = str(cited["issued"]["date-parts"][0][0])
    if "URL" in cited:
        fields["url"] = quote(cited["URL"], safe=_IN_ADDRESSES)
    if note := _note(cited):
        fields["note"] = _escaped(note)
    # Braces keep a name in one piece, also one with a comma or an 'and'.
    people = [Person(last=f"{{{_escaped(one['literal'])}}}") for one in cited["author"]]
    # A report must have an institution; the library as a whole is its own.
    return Entry("techreport" if "publisher" in cited else "misc", fields=fields, persons={"author": people})


def _note(cited: Record) -> str:
    """Return version and day, for which BibTeX has no field that its styles print, and that a work is withdrawn."""
    day = "-".join(f"{part:02}" for part in cited["issued"]["date-parts"][0]) if "issued" in cited else ""
    version = f"Version {cited['version']}" if "version" in cited else ""
    parts = [version, str(EventDate.parse(day)) if day else ""]
    return ". ".join(part for part in (", ".join(filter(None, parts)), cited.get("note", "")) if part)


def _escaped(words: str) -> str:
    return words.translate(_SIGNS)
