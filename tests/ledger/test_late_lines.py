"""Lines of a closed month are booked on the first open day, once, and say which day they belong to."""

from datetime import date

import pytest

from ledger import queries
from ledger.book import Book
from ledger.errors import KeyConflict
from ledger.late_lines import on_open_days
from ledger.recordings import KeyedEntry
from ledger.statement_postings import statement_entry
from tests.ledger.samples import NOW, an_entry, post

ON = date(2026, 9, 28)


def a_fee(fen: int = -3_00) -> KeyedEntry:
    entry = statement_entry("1", "service_fee", ON, (fen, None))
    assert entry is not None
    return entry


def _import(book: Book, *entries: KeyedEntry) -> list[bool]:
    with book.writing(actor="wang", now=NOW) as desk:
        return [posted.again for posted in desk.post_many(on_open_days(desk.reader, entries))]


def _close(book: Book, *months: str) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        for month in months:
            desk.close(month)


def test_a_line_of_an_open_month_stays_on_its_day(book: Book) -> None:
    with book.reading() as reader:
        assert on_open_days(reader, [a_fee()]) == [a_fee()]


def test_a_line_of_a_closed_month_is_booked_on_the_first_open_day_and_says_so(book: Book) -> None:
    post(book, an_entry(on=ON), "a")
    _close(book, "2026-09")
    assert _import(book, a_fee()) == [False]
    with book.reading() as reader:
        entry = queries.entry(reader, 2)
    assert entry.effective_on == date(2026, 10, 1)
    assert entry.narration == "平台服务费（2026-09-28 的流水，结账后才到）"


def test_the_same_line_again_adds_nothing_whatever_was_closed_since(book: Book) -> None:
    post(book, an_entry(on=ON), "a")
    _close(book, "2026-09")
    _import(book, a_fee())
    _close(book, "2026-10")
    assert _import(book, a_fee()) == [True]


def test_a_line_booked_in_time_adds_nothing_after_the_close(book: Book) -> None:
    _import(book, a_fee())
    _close(book, "2026-09")
    assert _import(book, a_fee()) == [True]


def test_a_late_line_with_another_amount_is_refused(book: Book) -> None:
    _import(book, a_fee())
    _close(book, "2026-09")
    with pytest.raises(KeyConflict):
        _import(book, a_fee(-4_00))
