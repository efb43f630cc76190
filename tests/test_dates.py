"""Dates of events: which texts are dates, how they are ordered, and how a reader sees them."""

from __future__ import annotations

import pytest

from casebook.dates import EventDate, Period, period


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1987", EventDate(1987)),
        ("1987-09", EventDate(1987, 9)),
        ("1987-09-13", EventDate(1987, 9, 13)),
        ("1985~", EventDate(1985, doubt="~")),
        ("1987-09?", EventDate(1987, 9, doubt="?")),
        ("2000-02-29", EventDate(2000, 2, 29)),
        ("0000", EventDate(0)),
    ],
)
def test_parse(text: str, date: EventDate) -> None:
    """A year, a month or a day, certain or not, is a date."""
    assert EventDate.parse(text) == date


@pytest.mark.parametrize(
    "text",
    [
        *("", "87", "1987-9", "1987-09-1", "13.09.1987", "1987/09", "1987-13", "1987-00", "1987-09-32", "1987-09-00"),
        *("1987-09-13T10:00", "-1987", "1987?~", " 1987", "1987\n", "١٩٨٧", "1987-09-13/1987-09-29"),
    ],
)
def test_refuse(text: str) -> None:
    """Whatever has another form is refused with the forms that are allowed."""
    with pytest.raises(ValueError, match="is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"):
        EventDate.parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1987-02-29", "February has no day 29"),
        ("1900-02-29", "February has no day 29"),
        ("1987-09-31", "September has no day 31"),
    ],
)
def test_not_in_the_calendar(text: str, reason: str) -> None:
    """A day that its month does not have is refused with the reason."""
    with pytest.raises(ValueError, match=f"`{text}` is not in the calendar: {reason}"):
        EventDate.parse(text)


@pytest.mark.parametrize(
    ("later", "earlier", "may"),
    [
        ("1987-09-13", "1987-09-13", True),
        ("1987-09-14", "1987-09-13", True),
        ("1987-09-12", "1987-09-13", False),
        ("1988", "1987-09-13", True),
        ("1987", "1987-09-13", True),
        ("1986", "1987-09-13", False),
        ("1987-09", "1987-09-13", True),
        ("1987-08", "1987-09-13", False),
        ("1987-09-13", "1987", True),
        ("1987-10-01", "1987-09-13", True),
        ("1987-01~", "1987-09?", False),
    ],
)
def test_order(later: str, earlier: str, may: bool) -> None:  # noqa: FBT001  # the expected answer
    """Dates are compared as far as both are given."""
    assert EventDate.parse(later).may_follow(EventDate.parse(earlier)) is may


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1987", "1987"),
        ("1987-09", "September 1987"),
        ("1987-09-13", "13 September 1987"),
        ("1985~", "about 1985"),
        ("1985-05?", "May 1985 (uncertain)"),
        ("0800", "0800"),
    ],
)
def test_words(text: str, words: str) -> None:
    """A reader sees the day before the month, and the doubt in words."""
    assert str(EventDate.parse(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1987", "1987"),
        ("1987/1987", "1987"),
        ("1987-09-13/1987-09-29", "13 to 29 September 1987"),
        ("1987-09-13/1987-10-02", "13 September to 2 October 1987"),
        ("1987-12-30/1988-01-02", "30 December 1987 to 2 January 1988"),
        ("1987-09/1987-10", "September to October 1987"),
        ("1987/1988", "1987 to 1988"),
        ("1985~/1987", "about 1985 to 1987"),
        ("1987-09-13/1987-09-29?", "13 September 1987 to 29 September 1987 (uncertain)"),
        ("1987-09/1987", "September 1987 to 1987"),
        ("1987-09-13/1987-09", "13 September 1987 to September 1987"),
        ("1987/1987-09", "1987 to September 1987"),
        ("2001-05-01/2001-05-01", "1 May 2001"),
    ],
)
def test_words_of_a_period(text: str, words: str) -> None:
    """What both ends of a period share is said once, unless a word would be lost."""
    assert str(Period.parse(text)) == words


def test_period_of_an_event() -> None:
    """An event without an end has its start as end."""
    assert period("1987-09-13") == Period(EventDate(1987, 9, 13), EventDate(1987, 9, 13))
    assert period("1987", "1988").last == EventDate(1988)


def test_first_day_puts_dates_in_order() -> None:
    """The number of the first day grows with the date."""
    texts = ["0001", "1986-12-31", "1987", "1987-01-02", "1987-02", "1987-12-31", "1988"]
    days = [EventDate.parse(text).first_day for text in texts]
    assert days == sorted(days)


def test_a_period_with_a_wrong_end_is_refused() -> None:
    """Both ends are looked at."""
    with pytest.raises(ValueError, match="June has no day 31"):
        Period.parse("1987/1987-06-31")
