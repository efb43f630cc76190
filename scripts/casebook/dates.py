"""Dates of events in the Extended Date/Time Format (EDTF, ISO 8601-2:2019), levels 0 and 1 as far as we need them.

Source of the format: https://www.loc.gov/standards/datetime/ (Library of Congress).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime

_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?([?~]?)")
_DOUBT = {"": "", "?": " (uncertain)", "~": "about "}


@dataclass(frozen=True, order=True, slots=True)
class EventDate:
    """A year, a month or a day; month and day are 0 where they are not given. `doubt` is `?`, `~` or empty."""

    year: int
    month: int = 0
    day: int = 0
    doubt: str = ""

    @classmethod
    def parse(cls, text: str) -> EventDate:
        """Return the date that a text means.

        Raises:
            ValueError: if the text is not a date of the calendar; the message says why.
        """
        match = _DATE.fullmatch(text)
        if not match:
            raise ValueError(f"`{text}` is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
        date = cls(int(match[1]), int(match[2] or 0), int(match[3] or 0), match[4])
        if match[3] and date.day > calendar.monthrange(date.year or 4, date.month)[1]:
            raise ValueError(f"`{text}` is not in the calendar: {_month(date.month)} has no day {date.day}")
        return date

    @property
    def first_day(self) -> int:
        """Days since year 0 at which the date begins, good for order and distance only."""
        return self.year * 365 + (max(self.month, 1) - 1) * 30 + max(self.day, 1)

    def may_follow(self, other: EventDate) -> bool:
        """Say whether this date can be later than or the same as another, as precisely as both are given."""
        mine, theirs = (self.year, self.month, self.day), (other.year, other.month, other.day)
        for own, earlier in zip(mine, theirs, strict=True):
            if own != earlier or not own:
                return own >= earlier or not own or not earlier
        return True

    def __str__(self) -> str:
        """Return the date as a reader sees it: `5 August 2014`, `August 2014`, `about 1985`."""
        words = " ".join(
            [str(self.day)] * bool(self.day) + [_month(self.month)] * bool(self.month) + [f"{self.year:04d}"]
        )
        return f"{words}{_DOUBT['?']}" if self.doubt == "?" else f"{_DOUBT[self.doubt]}{words}"


def today() -> str:
    """Return the present day as `YYYY-MM-DD`, the same everywhere on earth (UTC)."""
    return datetime.now(tz=UTC).date().isoformat()


def _month(month: int) -> str:
    return calendar.month_name[month]


@dataclass(frozen=True, slots=True)
class Period:
    """From a first date to a last one; they are equal for a single date."""

    first: EventDate
    last: EventDate

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period that `DATE` or `DATE/DATE` means.

        Raises:
            ValueError: if one of the dates is not in the calendar.
        """
        first, _, last = text.partition("/")
        start = EventDate.parse(first)
        return cls(start, EventDate.parse(last) if last else start)

    def __str__(self) -> str:
        """Return the period as a reader sees it, without repeating what both ends share."""
        first, last = str(self.first), str(self.last)
        if first == last:
            return first
        if self.first.year == self.last.year and not (self.first.doubt or self.last.doubt):
            same_month = self.first.month == self.last.month and self.first.day and self.last.day
            shared = f" {_month(self.first.month)}" if same_month else ""
            in_year = self.first.month and self.last.month and bool(self.first.day) == bool(self.last.day)
            first = first.removesuffix(f"{shared} {self.first.year:04d}") if in_year else first
        return f"{first} to {last}"


def period(start: str, end: str = "") -> Period:
    """Return the period of an event from its two fields."""
    return Period.parse(f"{start}/{end}" if end else start)
