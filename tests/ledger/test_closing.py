"""Closing and reopening months."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import queries
from ledger.book import Book
from ledger.errors import PeriodClosed, PeriodOrder
from ledger.recordings import Closed
from ledger.replay import replay
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import NOW, NewBook, a_recording, an_entry, dump, post

SEPTEMBER, OCTOBER = date(2026, 9, 15), date(2026, 10, 15)
DAYS = st.dates(date(2025, 11, 1), date(2026, 2, 28))


def close(book: Book, period: str) -> Closed:
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.close(period)


def reopen(book: Book, period: str, reason: str = "漏记") -> Closed:
    with book.writing(actor="wang", now=NOW) as desk:
        digest = desk.ask_reopening(period, reason)
    with book.writing(actor="li", now=NOW) as desk:
        return desk.reopen(period, digest)


def test_closing_again_writes_nothing_and_says_so(book: Book) -> None:
    post(book, an_entry(), "a")
    first = close(book, "2026-10")
    before = dump(book)
    again = close(book, "2026-10")
    assert (first.again, again.again) == (False, True)
    assert (again.version, again.entries, again.debit_fen) == (first.version, 1, 100)
    assert dump(book) == before


def test_a_posting_in_a_closed_month_is_refused_and_names_the_first_open_one(book: Book) -> None:
    close(book, "2026-12")
    with pytest.raises(PeriodClosed) as refused:
        post(book, an_entry(on=date(2026, 12, 31)), "a")
    assert (refused.value.period, refused.value.first_open) == ("2026-12", "2027-01")
    with pytest.raises(PeriodClosed):
        post(book, an_entry(on=SEPTEMBER), "b")
    assert post(book, an_entry(on=date(2027, 1, 1)), "c") == 1


def test_a_settlement_in_a_closed_month_is_refused_and_leaves_no_rulebook(book: Book) -> None:
    close(book, "2026-10")
    before = dump(book)
    with pytest.raises(PeriodClosed), book.writing(actor="wang", now=NOW) as desk:
        desk.record(a_recording())
    assert dump(book) == before


def test_nor_does_it_where_the_refusal_is_caught_and_the_turn_goes_on(book: Book) -> None:
    close(book, "2026-10")
    with book.writing(actor="wang", now=NOW) as desk:
        with pytest.raises(PeriodClosed):
            desk.record(a_recording())
        desk.post(an_entry(on=date(2026, 11, 1)), key="goes on")
    with book.reading() as reader:
        assert queries.counts(reader).rulebooks == 0


def test_the_reversal_of_a_closed_month_lands_in_the_first_open_one_and_names_the_original(
    book: Book,
) -> None:
    seq = post(book, an_entry(on=OCTOBER), "a")
    close(book, "2026-10")
    close(book, "2026-11")
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.reverse(seq, OCTOBER, "错账")
        report = queries.entry(desk.reader, posted.seq)
    assert (report.effective_on, report.reverses, report.voucher) == (date(2026, 12, 1), seq, "记-1")
    assert "1" in report.narration


def test_months_close_in_order(book: Book) -> None:
    post(book, an_entry(on=SEPTEMBER), "a")
    with pytest.raises(PeriodOrder, match="2026-09"):
        close(book, "2026-10")
    close(book, "2026-09")
    assert not close(book, "2026-10").again


def test_months_reopen_from_the_last_backwards_and_each_event_stands_as_a_version(book: Book) -> None:
    post(book, an_entry(on=SEPTEMBER), "a")
    close(book, "2026-09")
    close(book, "2026-10")
    with pytest.raises(PeriodOrder, match="2026-10"):
        reopen(book, "2026-09")
    assert reopen(book, "2026-10").version == 2
    assert reopen(book, "2026-09").version == 2
    post(book, an_entry(40, on=SEPTEMBER), "b")
    again = close(book, "2026-09")
    assert (again.version, again.entries, again.debit_fen) == (3, 2, 140)
    with book.reading() as reader:
        assert replay(reader).first_difference is None


@pytest.mark.parametrize("reason", ["", "  "])
def test_reopening_needs_a_reason_and_a_closed_month(book: Book, reason: str) -> None:
    with pytest.raises(PeriodOrder, match="not closed"):
        reopen(book, "2026-10")
    close(book, "2026-10")
    with pytest.raises(PeriodOrder, match="reason"):
        reopen(book, "2026-10", reason)


@pytest.mark.parametrize("period", ["2026-13", "2026-1", "october", ""])
def test_what_is_not_a_month_is_not_closed(book: Book, period: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        close(book, period)


@settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(posted=st.lists(st.tuples(DAYS, st.integers(1, 10**9)), min_size=1, max_size=8))
def test_closing_figures_are_the_sums_of_the_entries_and_months_join_without_a_gap(
    new_book: NewBook, posted: list[tuple[date, int]]
) -> None:
    with new_book() as book:
        for number, (day, fen) in enumerate(posted):
            post(book, an_entry(fen, on=day), str(number))
        months = ["2025-11", "2025-12", "2026-01", "2026-02"]
        closings = {month: close(book, month) for month in months}
        with book.reading() as reader:
            balances = {month: queries.trial_balance(reader, month) for month in months}
            assert replay(reader).first_difference is None
    for month in months:
        inside = [fen for day, fen in posted if day.isoformat().startswith(month)]
        assert (closings[month].debit_fen, closings[month].entries) == (sum(inside), len(inside))
    for earlier, later in pairwise(months):
        opening = {row.account: row.opening_fen for row in balances[later] if row.opening_fen}
        assert opening == {row.account: row.closing_fen for row in balances[earlier] if row.closing_fen}
    year = [row for month in months for row in balances[month] if row.account == "1122.01"]
    assert sum(row.debit_fen for row in year) == sum(fen for _, fen in posted)
