"""Citations for reference managers: RIS, written by rispy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rispy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.citation.record import Record

# Names that rispy has for tags, with the names that CSL has for fields. Reference managers take the report number from
# `SN`, which rispy calls `issn`, and the kind of report from `M3`.
_FIELDS = {
    "title": "title",
    "publisher": "publisher",
    "type_of_work": "genre",
    "issn": "number",
    "language": "language",
    "abstract": "abstract",
}


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy is untyped
    """Writes records without a number before each, which is not part of RIS."""

    def set_header(self, count: int) -> str:  # noqa: ARG002  # signature given by rispy
        return ""


def text(records: Iterable[Record]) -> str:
    """Return the file of records as RIS."""
    return str(rispy.dumps([_reference(cited) for cited in records], implementation=_Writer))


def _reference(cited: Record) -> dict[str, Any]:
    reference: dict[str, Any] = {"type_of_reference": "RPRT", "id": cited["id"]}
    # A comma at its end says that a name has no second part; without it programs take the last word for the family.
    reference["authors"] = [f"{one['literal']}," for one in cited["author"]]
    reference |= {label: cited[name] for label, name in _FIELDS.items() if name in cited}
    if "issued" in cited:
        year, month, day = cited["issued"]["date-parts"][0]
        reference |= {"year": f"{year:04}", "date": f"{year:04}/{month:02}/{day:02}"}
    if "URL" in cited:
        reference["urls"] = [cited["URL"]]
    if "keyword" in cited:
        reference["keywords"] = cited["keyword"].split(", ")
    version = [f"Version {cited['version']}"] if "version" in cited else []
    return {**reference, "notes": [*version, *([cited["note"]] if "note" in cited else [])]}
