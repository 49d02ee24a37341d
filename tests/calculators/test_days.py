"""Days: windows counted as the shop counts them, whatever zone a moment is written in."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.days import (
    SHANGHAI,
    business_day,
    days_between,
    end_of_day,
    hours_after,
    month_end,
    months_after,
    parse_day,
    parse_moment,
    parse_month,
    period_of,
)

DAYS = st.dates(date(1971, 1, 1), date(2999, 12, 30))
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2999, 12, 30), timezones=st.timezones())


def test_the_day_of_signing_is_day_0_and_the_last_good_second_is_of_its_date_and_7() -> None:
    signed = parse_moment("2017-03-01T15:00")
    assert days_between(signed, parse_moment("2017-03-01T23:59:59")) == 0
    assert days_between(signed, parse_moment("2017-03-08T23:59:59")) == 7
    assert days_between(signed, parse_moment("2017-03-09T00:00:00")) == 8


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-03-16T16:00:00Z", date(2017, 3, 17)),
        ("2017-03-16T15:59:59Z", date(2017, 3, 16)),
        ("2017-03-16T23:59:59", date(2017, 3, 16)),
        ("2017-12-31T20:00:00+04:00", date(2018, 1, 1)),
    ],
)
def test_a_business_day_is_shanghais(text: str, day: date) -> None:
    assert business_day(parse_moment(text)) == day


@given(MOMENTS)
def test_a_period_is_the_month_of_the_shanghai_day(moment: datetime) -> None:
    local = moment.astimezone(SHANGHAI)
    assert period_of(business_day(moment)) == f"{local.year:04d}-{local.month:02d}"


def test_a_moment_without_a_zone_has_no_business_day() -> None:
    with pytest.raises(ValueError, match="offset"):
        business_day(datetime(2017, 3, 1))


@pytest.mark.parametrize(
    "text",
    ["2017-02-29", "2017-1-1", "20170101", "2017-01-01T00:00", "", "0001-01-01", "9999-12-31", "２017-01-01"],
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["2017-03-01", "2017-03-01T24:00", "2017-03-01T10", "2017-03-01T10:00+9", "now"]
)
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_moment(text)


@pytest.mark.parametrize("text", ["2017-13", "2017-00", "2017-3", "201703", "2017-03-01"])
def test_a_month_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        parse_month(text)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 11, 12), 1, date(2017, 12, 12)),
        (date(2017, 12, 31), 2, date(2018, 2, 28)),
        (date(2017, 3, 31), 0, date(2017, 3, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(DAYS)
def test_the_end_of_a_month_is_in_it_and_the_next_day_is_not(day: date) -> None:
    last = month_end(day)
    assert period_of(last) == period_of(day)
    assert date.fromordinal(last.toordinal() + 1).day == 1


@given(DAYS)
def test_the_end_of_a_day_is_its_last_second(day: date) -> None:
    assert business_day(end_of_day(day)) == day
    assert f"{end_of_day(day):%H:%M:%S}" == "23:59:59"


@given(MOMENTS, st.integers(0, 9_999))
def test_hours_are_real_hours(moment: datetime, hours: int) -> None:
    elapsed = hours_after(moment, hours).astimezone(UTC) - moment.astimezone(UTC)
    assert elapsed.total_seconds() == hours * 3_600
