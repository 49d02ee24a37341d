"""Periods: which stand closed, where a late entry lands, and what their reports hold."""

from datetime import date

from ledger import periods
from ledger.book import Book
from ledger.journal import JournalEntry
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
