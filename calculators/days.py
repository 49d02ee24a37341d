"""Days and moments: the one home of windows, deadlines and business days.

A business day is the day in Shanghai, whatever the machine believes. The day of an event is day 0, so that
the last good moment of "within N days" is 23:59:59 of its date + N.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from calculators.masking import quoted

YEAR_MIN, YEAR_MAX = 1970, 2999
_Day = TypeVar("_Day", bound=date)
SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def parse_day(text: str) -> date:
    """A `YYYY-MM-DD` day; `ValueError` for any other text and for days that do not exist."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a day YYYY-MM-DD")
    return _within_reach(date.fromisoformat(text))


def parse_moment(text: str) -> datetime:
    """An ISO 8601 moment, Asia/Shanghai where it names no offset; `ValueError` otherwise."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a moment YYYY-MM-DDTHH:MM")
    moment = _within_reach(datetime.fromisoformat(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _within_reach(day: _Day) -> _Day:
    if not YEAR_MIN <= day.year <= YEAR_MAX:
        raise ValueError(f"the year {day.year} is out of a shop's reach")
    return day


def parse_month(text: str) -> str:
    """A `YYYY-MM` month, as it stands; `ValueError` for any other text."""
    if not isinstance(text, str) or not _MONTH.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a month YYYY-MM")
    _within_reach(first_of(text) if text > "0001" else date.min)
    return text


def business_day(moment: datetime) -> date:
    """The Shanghai day of an aware moment; a naive one raises `ValueError`."""
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset has no business day")
    return moment.astimezone(SHANGHAI).date()


def period_of(day: date) -> str:
    """The accounting period `YYYY-MM` that a day belongs to."""
    return f"{day.year:04d}-{day.month:02d}"


def days_between(start: datetime, end: datetime) -> int:
    """Whole business days from `start` (day 0) to `end`; the windows' own count.

    >>> days_between(parse_moment("2017-03-01T15:00"), parse_moment("2017-03-08T23:59:59"))
    7
    """
    return (business_day(end) - business_day(start)).days


def end_of_day(day: date) -> datetime:
    """The last second of a Shanghai day: what is done by then is in time."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


def hours_after(moment: datetime, hours: int) -> datetime:
    """Elapsed hours later, counted in real time and not on the wall clock."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(SHANGHAI)


def first_of(period: str) -> date:
    """The first day of a period `YYYY-MM`."""
    return date.fromisoformat(f"{period}-01")


def last_of(period: str) -> date:
    """The last day of a period `YYYY-MM`.

    >>> last_of("2024-02")
    datetime.date(2024, 2, 29)
    """
    return month_end(first_of(period))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_after(day: date, months: int) -> date:
    """The same day some months later, clamped to that month's last day.

    >>> months_after(date(2017, 1, 31), 1)
    datetime.date(2017, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(years, month + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))
