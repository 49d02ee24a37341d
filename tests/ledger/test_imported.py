"""What the book answers about imported files: the days they cover, what is booked of them, what is in suspense."""

import json
from datetime import date
from typing import Any

from ledger.book import Book
from ledger.chart import SUSPENSE
from ledger.imported import booked_lines, facts_line, is_imported, serials_of, spans, suspense
from ledger.journal import JournalEntry, Posting
from ledger.recordings import Statement, StatementLine
from ledger.replay import replay
from ledger.statement_postings import statement_entry
from tests.ledger.samples import DAY, NOW

SHA256 = "a" * 64
FACTS: dict[str, Any] = {
    "account": "208…56",
    "account_digest": "d" * 16,
    "first_on": "2026-10-01",
    "last_on": "2026-10-31",
    "whole_months": True,
    "covered_until": "2026-11-01T00:00:00+08:00",
    "opening_fen": 1000,
    "closing_fen": 500,
    "in_fen": 0,
    "in_count": 0,
    "out_fen": -500,
    "out_count": 2,
}
LINES = [("7", "unknown", -300), ("8", "commission", -200), ("9", "receipt", 900)]


def _import(book: Book) -> None:
    lines = [
        StatementLine(
            row_no=5 + place, reference=None, line_json=json.dumps({"serial": serial, "meaning": meaning})
        )
        for place, (serial, meaning, _) in enumerate(LINES)
    ]
    file = Statement(
        name="十月.csv",
        layout="alipay_statement",
        sha256=SHA256,
        lines=(facts_line(json.dumps(FACTS)), *lines),
    )
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_statement(file)
        for place, (serial, meaning, fen) in enumerate(LINES):
            keyed = statement_entry(serial, meaning, DAY, (fen, None))
            if keyed is not None:
                desk.post(keyed.entry, key=keyed.key, source=f"十月.csv row {5 + place} sha256 {SHA256}")


def test_a_statement_answers_which_days_of_which_account_it_covers(book: Book) -> None:
    _import(book)
    with book.reading() as reader:
        (span,) = spans(reader)
    assert (span.name, span.layout, span.sha256) == ("十月.csv", "alipay_statement", SHA256)
    assert (span.account_digest, span.first_on, span.last_on) == (
        "d" * 16,
        date(2026, 10, 1),
        date(2026, 10, 31),
    )
    assert (span.whole_months, span.opening_fen, span.closing_fen) == (True, 1000, 500)


def test_a_file_without_such_a_row_covers_nothing(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_statement(Statement(name="a", layout="order_report", sha256=SHA256, lines=()))
    with book.reading() as reader:
        assert spans(reader) == ()
        assert is_imported(reader, SHA256)
        assert not is_imported(reader, "b" * 64)


def test_the_row_of_facts_is_sealed_like_every_other(book: Book) -> None:
    _import(book)
    with book.reading() as reader:
        assert replay(reader).first_difference is None


def test_the_lines_of_a_file_are_known_by_their_serials_and_the_booked_ones_by_their_amounts(
    book: Book,
) -> None:
    _import(book)
    with book.reading() as reader:
        assert serials_of(reader, SHA256) == {"7", "8", "9"}
        assert booked_lines(reader, (str(number) for number in range(1_200))) == {"7": -300, "8": -200}


def test_suspense_names_the_line_its_file_and_row(book: Book) -> None:
    _import(book)
    with book.reading() as reader:
        (row,) = suspense(reader)
    assert (row.amount_fen, row.effective_on, row.file, row.row_no) == (300, DAY, "十月.csv", 5)
    assert json.loads(row.line_json) == {"serial": "7", "meaning": "unknown"}


def test_what_is_taken_back_stands_in_suspense_no_more(book: Book) -> None:
    _import(book)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(suspense(desk.reader)[0].seq, DAY, "查明")
    with book.reading() as reader:
        assert suspense(reader) == ()


def test_a_suspense_entry_without_a_file_is_listed_too(book: Book) -> None:
    lines = (Posting(account=SUSPENSE, amount_fen=5), Posting(account="1012.01", amount_fen=-5))
    entry = JournalEntry(kind="statement", effective_on=DAY, narration="手工", postings=lines)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(entry, key="by hand")
    with book.reading() as reader:
        (row,) = suspense(reader)
    assert (row.file, row.row_no, row.line_json) == ("", 0, "{}")


def test_what_a_person_has_explained_stands_in_suspense_no_more(book: Book) -> None:
    _import(book)
    for key, fen, left in (("clear:7", -100, [200]), ("clear:7/9", -200, [])):
        lines = (Posting(account=SUSPENSE, amount_fen=fen), Posting(account="5601.05", amount_fen=-fen))
        entry = JournalEntry(kind="statement", effective_on=DAY, narration="查明", postings=lines)
        with book.writing(actor="wang", now=NOW) as desk:
            desk.post(entry, key=key, command="reconcile")
            assert [row.amount_fen for row in suspense(desk.reader)] == left
