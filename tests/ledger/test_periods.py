"""Periods: which stand closed, where a late entry lands, and what their reports hold."""

from datetime import date

from ledger import periods, queries
from ledger.book import Book
from ledger.journal import JournalEntry, Posting
from tests.ledger.samples import NOW, an_entry, post, reopen

SEPTEMBER, OCTOBER = date(2026, 9, 15), date(2026, 10, 15)


def test_next_period_and_landing_day() -> None:
    assert periods.next_period("2026-12") == "2027-01"
    assert periods.next_period("2026-09") == "2026-10"
    assert periods.landing_day(OCTOBER, "") == OCTOBER
    assert periods.landing_day(OCTOBER, "2026-09") == OCTOBER
    assert periods.landing_day(OCTOBER, "2026-10") == date(2026, 11, 1)


def test_the_list_of_months_says_which_stand_closed(book: Book) -> None:
    entry: JournalEntry = an_entry(on=SEPTEMBER)
    post(book, entry, "a")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-09")
        desk.close("2026-10")
        desk.ask_reopening("2026-10", "漏记")
    with book.writing(actor="li", now=NOW) as desk:
        reopen(desk, "2026-10")
        rows = periods.periods(desk.reader)
    assert [(row.period, row.entries, row.closed_at) for row in rows] == [
        ("2026-09", 1, NOW),
        ("2026-10", 0, None),
    ]


def test_a_month_closed_once_or_open_again_has_no_delta(book: Book) -> None:
    post(book, an_entry(on=OCTOBER), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        assert periods.close_delta(desk.reader, "2026-10") is None
        desk.close("2026-10")
        assert periods.close_delta(desk.reader, "2026-10") is None
        desk.ask_reopening("2026-10", "漏记")
    with book.writing(actor="li", now=NOW) as desk:
        reopen(desk, "2026-10")
        assert periods.close_delta(desk.reader, "2026-10") is None


def test_the_delta_is_the_signed_difference_to_the_first_close(book: Book) -> None:
    post(book, an_entry(on=OCTOBER), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    for number, entry in enumerate((an_entry(7, on=OCTOBER), a_fee(on=OCTOBER), an_entry(-107, on=OCTOBER))):
        with book.writing(actor="wang", now=NOW) as desk:
            desk.ask_reopening("2026-10", "漏记")
        with book.writing(actor="li", now=NOW) as desk:
            reopen(desk, "2026-10")
            desk.post(entry, key=str(number))
            desk.close("2026-10")
    with book.reading() as reader:
        delta = periods.close_delta(reader, "2026-10")
        balances = queries.trial_balance(reader, "2026-10")
    assert delta is not None
    assert (delta.closes, delta.first_closed_at, delta.last_closed_at) == (4, NOW, NOW)
    rows = {row.account: row for row in delta.rows}
    assert {account: (row.debit_fen, row.credit_fen, row.closing_fen) for account, row in rows.items()} == {
        "1012.01": (0, 40, -40),
        "1122.01": (7, 107, -100),
        "2203.01": (107, 7, 100),
        "5601.02": (40, 0, 40),
    }
    assert rows["1122.01"].first_closing_fen == 100
    assert [row.last_closing_fen for row in delta.rows] == [row.closing_fen for row in balances]
    assert sum(row.closing_fen for row in delta.rows) == 0
    assert all(row.is_changed for row in delta.rows)


def a_fee(on: date) -> JournalEntry:
    """A fee of 40 fen, on accounts that the first close did not see."""
    lines = (Posting(account="5601.02", amount_fen=40), Posting(account="1012.01", amount_fen=-40))
    return an_entry(on=on, postings=lines, kind="statement")
