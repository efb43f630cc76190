"""The page that says what the library covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook import coverage
from casebook.registry import CASE_STUDY
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Artifact
    from casebook.render.page import Context


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of counts: label, count, address of the list, and the scaffold that fills the gap."""

    label: str
    count: int
    address: str
    gap: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts."""

    id: str
    title: str
    note: str
    rows: Sequence[Row]


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page."""
    seen = coverage.coverage(context.library)
    title, lead = "Coverage", "What the library holds and where it has gaps, counted anew with each build."
    yield context.page("coverage/").artifact(
        "coverage.md.j2",
        title,
        lead,
        lead=lead,
        seen=seen,
        tables=_tables(seen, context),
        total=seen.kinds["case-study"],
    )


def _tables(seen: coverage.Coverage, context: Context) -> list[Table]:
    good = sum(seen.outcomes.get(one, 0) for one in coverage.GOOD_ENDS)
    total = seen.kinds["case-study"]
    outcomes = f"{plural(good, 'case')} of {total} were prevented or a success."
    decades = {decade: seen.decades.get(decade, 0) for decade in sorted({*coverage.DECADES, *seen.decades})}
    return [
        _table("regions", "By region", "A case with two countries counts in both regions.", seen.regions, context),
        _table("years", "By decade", "The decade in which the event began.", decades, context),
        _table("settings", "By setting", "The kind of place.", seen.settings, context),
        _table("outcomes", "By outcome", outcomes, seen.outcomes, context),
    ]


def _table(address: str, title: str, note: str, counts: Mapping[str, int], context: Context) -> Table:
    vocabulary = context.library.vocabularies.get(address)
    rows = [
        Row(
            vocabulary.label(key) if vocabulary else key,
            count,
            f"{address}/{key}/",
            coverage.scaffold_address(CASE_STUDY, f"{address}-{key}"),
        )
        for key, count in counts.items()
    ]
    return Table(address, title, note, rows)
