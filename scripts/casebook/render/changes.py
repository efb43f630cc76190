"""The pages 'What changed', by month with the feeds, and 'Changed since', which the browser's code fills."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from casebook.changelog import ADDRESS, TITLE, Channel, changes, channels
from casebook.dates import EventDate
from casebook.render.lists import chunks, pager
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.changelog import Change
    from casebook.render.page import Context

LEAD = "Every new item, every new version and every withdrawal, with the words of the editors, the newest first."
NEWEST = 200
SINCE_TITLE = "Changed since"
SINCE_LEAD = (
    "You teach with the Casebook. See which items of your course have changed since you last used them, and how."
)


@dataclass(frozen=True, slots=True)
class Month:
    """The changes of a month, such as `2026-11`, or as many of them as the page has room for."""

    name: str
    changes: Sequence[Change]

    @property
    def title(self) -> str:
        """The month in words."""
        return str(EventDate.parse(self.name))


@dataclass(frozen=True, slots=True)
class Year:
    """A year in which something changed."""

    name: str
    changes: Sequence[Change]

    @property
    def address(self) -> str:
        """Address of the page of the year."""
        return f"{ADDRESS}{self.name}/"


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page of the newest changes and the pages of each year."""
    log = changes(context.library)
    years = [Year(name, list(group)) for name, group in groupby(log, lambda change: change.date[:4])]
    yield _newest(log, years, context)
    yield _since(context)
    for year in years:
        yield from _year(year, context)


def _newest(log: Sequence[Change], years: Sequence[Year], context: Context) -> Artifact:
    known = list(channels(context.library, log))
    topics = context.library.vocabularies["topics"]
    values = {
        "lead": LEAD,
        "count": _count(log, len(log[:NEWEST])),
        "months": _months(log[:NEWEST]),
        "years": years,
        "whole": [channel for channel in known if not _is_of_topic(channel)],
        "topics": [channel for channel in known if _is_of_topic(channel)],
        "main": {f"topics/{topic.id}/" for topic in topics if not topic.parent},
        "trail": [(TITLE, "")],
    }
    return _drawn(ADDRESS, TITLE, context, values)


def _since(context: Context) -> Artifact:
    items = [*context.library.cases[:1], *context.library.practices[:1]]
    values = {
        "lead": SINCE_LEAD,
        "sample": items[0].id if items else "goiania-1987",
        "example": " ".join(f"{item.id}@1" for item in items),
        "trail": [(TITLE, ADDRESS), (SINCE_TITLE, "")],
    }
    page = context.page("changed-since/")
    # `changed` asks the theme for the scripts of the page.
    meta = {"changed": True}
    return page.artifact("changed-since.md.j2", SINCE_TITLE, SINCE_LEAD, **values, meta=meta)


def _year(year: Year, context: Context) -> Iterator[Artifact]:
    parts = list(chunks(year.changes, year.address, NEWEST))
    for number, (address, part) in enumerate(parts, 1):
        title = f"{TITLE} in {year.name}"
        values = {
            "lead": f"Every change of {year.name}, the newest first.",
            "count": _count(year.changes, len(part)),
            "months": _months(part),
            "pages": pager(parts) if len(parts) > 1 else [],
            "trail": [(TITLE, ADDRESS), (year.name, "")],
        }
        yield _drawn(address, title if number == 1 else f"{title}, page {number}", context, values)


def _drawn(address: str, title: str, context: Context, values: dict[str, Any]) -> Artifact:
    # The same words stand on the pages of the items, and the search should lead there.
    meta = {"search": {"exclude": True}}
    given: dict[str, Any] = {"pages": [], "years": [], "whole": [], "meta": meta, **values}
    return context.page(address).artifact("changes.md.j2", title, **given, description=given["lead"])


def _count(log: Sequence[Change], shown: int) -> str:
    whole = plural(len(log), "change")
    return whole if shown == len(log) else f"{shown:,} of {whole} on this page"


def _months(log: Sequence[Change]) -> list[Month]:
    return [Month(name, list(group)) for name, group in groupby(log, lambda change: change.date[:7])]


def _is_of_topic(channel: Channel) -> bool:
    return channel.page.startswith("topics/")
