"""The report of a month: as of its close, the same whenever it is made, and again as of any head."""

from datetime import timedelta

from cli.rulebooks import default_rulebook
from ledger.anchors import anchor_of
from ledger.book import Book
from ledger.hindsight import Known
from ledger.month_reports import known_by, period_report, standing
from ledger.reports import ChainHead
from tests.ledger.samples import NOW, a_ruled_recording, an_entry, handed_to, post, record, reopen

OCTOBER = "2026-10"


def _close(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close(OCTOBER)


def test_it_holds_all_that_the_workbook_shows(book: Book) -> None:
    record(book, a_ruled_recording())
    _close(book)
    with book.reading() as reader:
        report = period_report(reader, OCTOBER)
        counts = [len(list(rows)) for rows in (report.journal, report.items, report.trial_balance)]
    assert (report.book, report.period, report.closed_at, report.recorded_at) == ("main", OCTOBER, NOW, NOW)
    assert report.rulebook_digest == default_rulebook().digest
    assert counts == [2, 1, 2]
    assert report.head.seq == 1


def test_its_anchor_is_the_one_that_is_kept_beside_the_book(book: Book) -> None:
    record(book, a_ruled_recording())
    _close(book)
    with book.reading() as reader:
        assert period_report(reader, OCTOBER).anchor_line + "\n" == anchor_of(reader, NOW).line()


def test_a_closed_month_is_reported_as_of_its_close_whatever_follows(book: Book) -> None:
    record(book, a_ruled_recording())
    _close(book)
    with book.reading() as reader:
        before = period_report(reader, OCTOBER)
        rows = list(before.journal)
    post(book, an_entry(on=NOW.date() + timedelta(days=40)), "later")
    with book.reading() as reader:
        after = period_report(reader, OCTOBER)
        assert list(after.journal) == rows
    shown = ("head", "operations", "anchor_line", "trial_balance", "closed_at", "recorded_at", "late")
    assert [getattr(after, name) for name in shown] == [getattr(before, name) for name in shown]


def test_an_open_month_is_reported_as_the_book_stands(book: Book) -> None:
    post(book, an_entry(), "a")
    post(book, an_entry(), "b")
    with book.reading() as reader:
        report = period_report(reader, OCTOBER)
    assert (report.head.seq, report.closed_at) == (2, None)


def test_a_reopened_month_is_open_again(book: Book) -> None:
    post(book, an_entry(), "a")
    _close(book)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.ask_reopening(OCTOBER, "漏记")
        with handed_to(desk, "li"):
            reopen(desk, OCTOBER)
    with book.reading() as reader:
        report = period_report(reader, OCTOBER)
        assert report.closed_at is None
        assert report.operations == standing(reader, OCTOBER).operations


def test_it_can_be_made_again_as_of_an_earlier_head(book: Book) -> None:
    post(book, an_entry(), "a")
    _close(book)
    with book.reading() as reader:
        closed = standing(reader, OCTOBER)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.ask_reopening(OCTOBER, "漏记")
        with handed_to(desk, "li"):
            reopen(desk, OCTOBER)
    post(book, an_entry(), "b")
    with book.reading() as reader:
        report = period_report(reader, OCTOBER, closed)
        assert (report.head.seq, report.closed_at) == (1, NOW)
        assert sum(row.debit_fen for row in report.trial_balance) == 100
        assert len(list(report.journal)) == 2


def test_a_head_is_known_only_with_its_hash(book: Book) -> None:
    post(book, an_entry(), "a")
    with book.reading() as reader:
        head, last = period_report(reader, OCTOBER).head, standing(reader, OCTOBER).operations
        operation_hash = anchor_of(reader, NOW).operation_hash
        assert known_by(reader, head, last) == Known(entries=1, operations=last)
        assert known_by(reader, head, last, operation_hash) == Known(entries=1, operations=last)
        assert known_by(reader, head, last, "0" * 64) is None
        assert known_by(reader, head, last + 1) is None
        assert known_by(reader, ChainHead(seq=1, hash="0" * 64), last) is None
        assert known_by(reader, ChainHead(seq=2, hash=head.hash), last) is None
        assert known_by(reader, ChainHead(seq=0, hash="0" * 64), last) is None


def test_an_empty_book_has_a_report(book: Book) -> None:
    with book.reading() as reader:
        report = period_report(reader, OCTOBER)
        assert list(report.journal) == list(report.items) == list(report.notices) == []
    assert (report.head.seq, report.rulebook_digest, report.parameters) == (0, "", ())
