"""What came late: after a close, against an earlier month, or asked in one."""

from datetime import date

import pytest

from ledger.book import Book
from ledger.late_arrivals import late_arrivals
from ledger.month_reports import standing
from ledger.reports_of_closes import LateRow
from tests.ledger.samples import NOW, a_recording, an_entry, handed_to, post, record, reopen

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 15), date(2026, 10, 15), date(2026, 11, 15)


def _close(book: Book, period: str) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close(period)


def _reopen(book: Book, period: str, reason: str) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.ask_reopening(period, reason)
        with handed_to(desk, "li"):
            reopen(desk, period)


def _late(book: Book, period: str) -> tuple[LateRow, ...]:
    with book.reading() as reader:
        return late_arrivals(reader.as_of(standing(reader, period)), period)


def test_a_month_like_any_other_has_nothing_late(book: Book) -> None:
    post(book, an_entry(on=OCTOBER), "a")
    assert _late(book, "2026-10") == ()
    _close(book, "2026-10")
    assert _late(book, "2026-10") == ()


def test_an_entry_added_after_a_close_is_late_for_the_reason_of_the_reopening(book: Book) -> None:
    post(book, an_entry(on=OCTOBER), "a")
    _close(book, "2026-10")
    _reopen(book, "2026-10", "漏记一笔")
    post(book, an_entry(250, on=OCTOBER), "b")
    _close(book, "2026-10")
    added, *deltas = _late(book, "2026-10")
    assert (added.kind, added.seq, added.amount_fen, added.why) == ("added", 2, 250, "漏记一笔")
    assert [(row.kind, row.account, row.amount_fen, row.why) for row in deltas] == [
        ("delta", "1122.01", 250, "漏记一笔"),
        ("delta", "2203.01", -250, "漏记一笔"),
    ]
    assert [(row.actor, row.approver) for row in (added, *deltas)] == [("wang", ""), *[("wang", "li")] * 2]


def test_an_entry_added_to_an_earlier_month_is_late_in_the_next(book: Book) -> None:
    post(book, an_entry(on=SEPTEMBER), "a")
    _close(book, "2026-09")
    _reopen(book, "2026-09", "漏记")
    post(book, an_entry(40, on=SEPTEMBER), "b")
    _close(book, "2026-09")
    post(book, an_entry(on=OCTOBER), "c")
    (row,) = _late(book, "2026-10")
    assert (row.kind, row.seq, row.original, row.why) == ("added", 2, "2026-09", "漏记")


def test_what_was_added_before_the_month_before_was_closed_is_told_there_alone(book: Book) -> None:
    post(book, an_entry(on=SEPTEMBER), "a")
    _close(book, "2026-09")
    _reopen(book, "2026-09", "漏记")
    post(book, an_entry(40, on=SEPTEMBER), "b")
    _close(book, "2026-09")
    post(book, an_entry(on=OCTOBER), "c")
    _close(book, "2026-10")
    assert _late(book, "2026-11") == ()


def test_a_reversal_of_an_earlier_months_entry_names_it(book: Book) -> None:
    seq = post(book, an_entry(70, on=OCTOBER), "a")
    _close(book, "2026-10")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, OCTOBER, "录错金额")
    (row,) = _late(book, "2026-11")
    assert (row.kind, row.seq, row.voucher, row.effective_on) == ("reversal", 2, "记-1", date(2026, 11, 1))
    assert (row.original, row.original_on, row.amount_fen) == ("2026-10 记-1", OCTOBER, 70)
    assert "录错金额" in row.why
    assert _late(book, "2026-10") == ()


def test_a_reversal_in_its_own_month_is_not_late(book: Book) -> None:
    seq = post(book, an_entry(on=OCTOBER), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, OCTOBER, "录错")
    assert _late(book, "2026-10") == ()


@pytest.mark.parametrize(
    ("asked_at", "is_late"),
    [("2026-10-31T23:59:59", True), ("2026-11-01T00:00:00", False), ("2026-10-31T16:30:00+00:00", False)],
)
def test_a_claim_asked_in_an_earlier_month_is_late(book: Book, asked_at: str, is_late: bool) -> None:
    case = f'{{"claim":{{"asked_at":"{asked_at}","claim_no":"C1"}}}}'
    record(book, a_recording(case_json=case, on=NOVEMBER))
    rows = _late(book, "2026-11")
    assert [(row.kind, row.claim_no, row.original, row.original_on) for row in rows] == (
        [("late_claim", "C1", "2026-10", date(2026, 10, 31))] if is_late else []
    )


def test_only_what_was_known_is_told(book: Book) -> None:
    post(book, an_entry(on=OCTOBER), "a")
    _close(book, "2026-10")
    with book.reading() as reader:
        then = standing(reader, "2026-10")
    _reopen(book, "2026-10", "漏记")
    post(book, an_entry(250, on=OCTOBER), "b")
    with book.reading() as reader:
        assert late_arrivals(reader.as_of(then), "2026-10") == ()
        assert [row.kind for row in late_arrivals(reader, "2026-10")] == ["added"]
