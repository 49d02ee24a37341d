"""What a bundle takes out of the book: up to the close of its month, and up to the head of an open one."""

from pathlib import Path

from ledger import queries
from ledger.book import Book
from ledger.bundles import audit_bundle
from tests.exports.bundles import a_book
from tests.ledger.samples import an_entry, post


def test_a_closed_month_ends_at_its_close(tmp_path: Path) -> None:
    with a_book(tmp_path) as book, book.reading() as reader:
        bundle = audit_bundle(reader, "2026-10")
        rows = {table.name: list(table.rows) for table in bundle.tables}
        assert (bundle.head.seq, bundle.operations) == (8, 13)
        assert bundle.closed_at is not None
        assert bundle.trial_balance == queries.trial_balance(reader, "2026-10")
    assert len(rows["journal_entry"]) == 8
    assert len(rows["period_event"]) == 3
    assert (len(rows["approval"]), len(rows["line_match"])) == (4, 2)
    assert "person" not in rows


def test_an_open_month_ends_at_the_head(book: Book) -> None:
    post(book, an_entry(100), "k")
    with book.reading() as reader:
        bundle = audit_bundle(reader, "2026-10")
        assert (bundle.closed_at, bundle.head, bundle.operations) == (None, queries.head(reader), 1)


def test_an_empty_book_has_a_bundle_too(book: Book) -> None:
    with book.reading() as reader:
        bundle = audit_bundle(reader, "2026-10")
        assert {table.name: len(list(table.rows)) for table in bundle.tables}["operation"] == 1
        assert bundle.head.seq == 0
