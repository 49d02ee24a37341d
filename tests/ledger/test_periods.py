"""Periods: which stand closed, where a late entry lands, and what their reports hold."""

from datetime import date, timedelta

from ledger import periods
from ledger.book import Book
from ledger.journal import JournalEntry
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, post, record, reopen

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


def test_settled_items_name_rule_and_voucher_and_a_reversal_takes_them_back(book: Book) -> None:
    seq = record(book, a_recording())
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, DAY + timedelta(days=30), "取消")
        october = periods.settled_items(desk.reader, "2026-10")
        november = periods.settled_items(desk.reader, "2026-11")
    assert [(row.item, row.rule, row.amount_fen, row.voucher) for row in october] == [
        ("goods", "001-1.1R", 50, "记-1")
    ]
    assert [(row.seq, row.amount_fen) for row in november] == [(2, -50)]


def test_the_period_report_holds_all_that_the_workbook_shows(book: Book) -> None:
    record(book, a_recording())
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
        report = periods.period_report(desk.reader, "2026-10")
    assert (report.book, report.period, report.closed_at) == ("main", "2026-10", NOW)
    assert report.rulebook_digest == "rulebook-1"
    assert (len(report.journal), len(report.items), len(report.trial_balance)) == (2, 1, 2)
    assert report.head.seq == 1
