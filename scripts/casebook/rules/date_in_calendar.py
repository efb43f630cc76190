"""A date must be in the calendar.

The form YYYY-MM-DD alone lets 2014-02-30 pass.

**Mend it:** look the date up in the source. If only the month is known, write YYYY-MM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.dates import Period
from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("date-in-calendar", __doc__)
_FIELDS = ("date", "start", "end")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each date that has the right form and is not in the calendar."""
    for steps, value in subject.texts:
        if steps[-1] in _FIELDS and value[:4].isdigit():
            try:
                Period.parse(value)
            except ValueError as error:
                if "not in the calendar" in str(error):
                    yield RULE.at(subject.document.at(*steps), str(error), "look the date up in the source")
