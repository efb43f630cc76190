"""Dates run forward.

An event does not end before it starts, a period has its first date first, and a timeline is written from the oldest
step to the newest. Dates of different precision are compared as far as both go: 1987 and 1987-09 may stand in any
order.

**Mend it:** correct the date, or move the entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.dates import Period
from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("dates-in-order", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each date that runs backward."""
    yield from _event(subject)
    previous: Period | None = None
    for index, step in subject.entries("timeline"):
        period = _period(step.get("date"))
        if period is None:
            continue
        where = subject.document.at("timeline", index, "date")
        if not period.last.may_follow(period.first):
            yield RULE.at(where, f"the period {step['date']} ends before it begins", "put the earlier date first")
        if previous and not period.first.may_follow(previous.first):
            yield RULE.at(where, f"{step['date']} stands after a later step of the timeline", "move it up")
        previous = period


def _event(subject: Subject) -> Iterator[Finding]:
    event = subject.data.get("event")
    start, end = (_period(event.get(field)) if isinstance(event, dict) else None for field in ("start", "end"))
    if start and end and not end.last.may_follow(start.first):
        yield RULE.at(subject.document.at("event", "end"), "the event ends before it starts", "correct one of the two")


def _period(value: Any) -> Period | None:
    try:
        return Period.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None
