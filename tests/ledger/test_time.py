"""Time: recorded order never depends on a clock, and a month is a month in Shanghai (T1 to T3)."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.days import SHANGHAI, business_day, hours_after, parse_moment, period_of
from cli.rulebooks import default_rulebook
from ledger import month_rows, pages, queries
from ledger.book import Book
from ledger.claims import Subject, recording
from ledger.quoting import quote
from ledger.replay import replay
from ledger.sealing import moment_text
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import NOW, NewBook, an_entry

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
CLOCKS = {
    "one that steps back an hour": [NOW, NOW - HOUR, NOW - HOUR + timedelta(minutes=1)],
    "one that jumps a year and comes back": [NOW, NOW + YEAR, NOW + HOUR],
    "one that stands still": [NOW, NOW, NOW],
}


def _post_at(book: Book, moments: list[datetime]) -> None:
    for number, now in enumerate(moments):
        with book.writing(actor="wang", now=now) as desk:
            desk.post(an_entry(number + 1, on=date(2026, 10, 28 - number)), key=str(number))


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_entries_stand_in_the_order_of_their_numbers_whatever_the_clock_does(
    book: Book, clock: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="settle.ledger"):
        _post_at(book, clock)
    with book.reading() as reader:
        entries = [queries.entry(reader, seq) for seq in (1, 2, 3)]
        journal = pages.journal_page(reader, pages.span_of(reader))
        assert replay(reader).first_difference is None
    assert [entry.recorded_at for entry in entries] == [max(clock[: n + 1]) for n in range(3)]
    assert [entry.postings[0].amount_fen for entry in entries] == [1, 2, 3]
    assert [row.seq for row in journal.rows] == [1, 1, 2, 2, 3, 3]
    behind = [(now, max(clock[:n])) for n, now in enumerate(clock) if now < max(clock[: n + 1])]
    assert caplog.messages == [
        f"the clock says {moment_text(now)}, but the book was last written at {moment_text(last)}"
        for now, last in behind
    ]


def test_a_clock_behind_the_book_is_told_also_where_nothing_is_written(
    book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    _post_at(book, [NOW])
    with book.writing(actor="wang", now=NOW):
        pass
    assert caplog.messages == []
    with book.writing(actor="wang", now=NOW - HOUR):
        pass
    assert caplog.messages == [
        "the clock says 2026-10-12T01:00:00.000000Z, "
        "but the book was last written at 2026-10-12T02:00:00.000000Z"
    ]


@settings(max_examples=OF_A_BOOK)
@given(seconds=st.lists(st.integers(-(10**7), 10**7), min_size=2, max_size=5))
def test_two_books_with_different_clocks_hold_the_same_entries_in_the_same_order(
    new_book: NewBook, seconds: list[int]
) -> None:
    told = []
    for moments in ([NOW] * len(seconds), [NOW + timedelta(seconds=each) for each in seconds]):
        with new_book() as book:
            _post_at(book, moments)
            with book.reading() as reader:
                span = pages.Span(book="", period="2026-10")
                told.append(
                    [
                        pages.trial_balance_page(reader, span),
                        pages.journal_page(reader, span),
                        pages.account_page(reader, "1122.01", span),
                    ]
                )
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-31T15:59:59Z", date(2026, 1, 31)),
        ("2026-01-31T16:00:00Z", date(2026, 2, 1)),
        ("2026-12-31T15:59:59Z", date(2026, 12, 31)),
        ("2026-12-31T16:00:00Z", date(2027, 1, 1)),
        ("2028-02-28T16:00:00Z", date(2028, 2, 29)),
        ("2028-02-29T15:59:59Z", date(2028, 2, 29)),
        ("2028-02-29T16:00:00Z", date(2028, 3, 1)),
        ("2026-01-31T11:00:00-05:00", date(2026, 2, 1)),
    ],
)
def test_a_claim_is_booked_in_the_month_of_its_moment_in_shanghai(book: Book, moment: str, day: date) -> None:
    case = {"at": moment, "staff": {"what": "complaint", "amount": "50.00"}}
    asked = quote(case, default_rulebook())
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.record(recording(asked, case, Subject(claim_no="S1")))
        stored = queries.entry(desk.reader, posted.seq)
        journal = month_rows.journal(desk.reader, period_of(day))
    assert stored.effective_on == day
    assert {row.seq for row in journal} == {posted.seq}


@pytest.mark.parametrize(
    ("moment", "day", "hours"),
    [
        ("1986-05-03T16:30:00Z", date(1986, 5, 4), 8),
        ("1986-05-10T15:30:00Z", date(1986, 5, 11), 9),
        ("1988-07-01T14:59:59Z", date(1988, 7, 1), 9),
        ("1988-07-01T15:00:00Z", date(1988, 7, 2), 9),
        ("1991-09-14T15:30:00Z", date(1991, 9, 15), 9),
        ("1991-09-15T15:30:00Z", date(1991, 9, 15), 8),
        ("1992-07-01T15:00:00Z", date(1992, 7, 1), 8),
    ],
)
def test_shanghai_had_summer_time_from_1986_to_1991(moment: str, day: date, hours: int) -> None:
    at = parse_moment(moment)
    assert at.astimezone(SHANGHAI).utcoffset() == timedelta(hours=hours)
    assert business_day(at) == day


def test_hours_are_real_hours_also_across_the_change_of_1986() -> None:
    before = parse_moment("1986-05-04T01:00")
    after = hours_after(before, 2)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=2)
    assert f"{after:%H:%M}" == "04:00"


@given(st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 30)))
def test_a_moment_without_a_zone_is_refused_wherever_a_clock_or_a_day_is_wanted(naive: datetime) -> None:
    with pytest.raises(ValueError, match="offset"):
        business_day(naive)


def test_a_turn_without_a_zone_is_refused_and_writes_nothing(book: Book) -> None:
    with pytest.raises(ValueError, match="offset"), book.writing(actor="wang", now=datetime(2026, 1, 1)):
        pass
    with book.reading() as reader:
        assert queries.counts(reader).operations == 1
