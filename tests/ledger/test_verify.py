"""Verify: clean for a sound book, a finding for each thing that is not, and it writes nothing.

What it must find of tampering, flipped bits and crashes is shown in the faults' tests.
"""

import sqlite3
from pathlib import Path

import pytest

from ledger import queries
from ledger.anchors import anchor_of
from ledger.book import Book
from ledger.canonical import GENESIS
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.errors import NoBook, SchemaMismatch
from ledger.reports import ChainHead
from ledger.verify import Finding, Verified, verify
from tests.ledger.samples import (
    NOW,
    a_recording,
    an_entry,
    burgled,
    dump,
    post,
    record,
    tamper,
    url_of,
)


def test_a_sound_book_is_walked_whole_and_not_written_to(book: Book) -> None:
    post(book, an_entry(), "a")
    record(book, a_recording())
    before = dump(book)
    found = verify(url_of(book))
    with book.reading() as reader:
        assert found.head == queries.head(reader)
    assert (found.entries, found.settlements, found.operations, found.findings) == (2, 1, 2, ())
    assert found.needs_anchor
    assert found.storage[0] == ("integrity_check" if book.store.path else "every table read")
    assert dump(book) == before


def test_an_anchor_answers_for_what_is_below_it_alone(book: Book) -> None:
    with book.reading() as reader:
        early = anchor_of(reader, NOW)
    assert not verify(url_of(book), anchors=[early]).needs_anchor
    post(book, an_entry(), "a")
    found = verify(url_of(book), anchors=[early])
    assert (found.findings, found.needs_anchor, found.anchored_entries) == ((), True, 0)


def test_the_first_bad_entry_is_named(book: Book) -> None:
    for number in range(3):
        post(book, an_entry(number + 1), str(number))
    tamper(book, "UPDATE posting SET narration = 'x' WHERE seq > 1")
    found = {finding.check: finding.what for finding in verify(url_of(book)).findings}
    assert found["chain"].startswith("entry 2: journal_entry.request_digest is ")


def test_broken_guards_are_a_finding_and_the_chain_is_walked_all_the_same(sqlite_book: Book) -> None:
    post(sqlite_book, an_entry(), "a")
    with burgled(sqlite_book) as connection:
        connection.execute("DROP TRIGGER posting_update")
        connection.execute("UPDATE posting SET amount_fen = amount_fen * 2")
    found = verify(url_of(sqlite_book))
    assert [finding.check for finding in found.findings] == ["guards", "chain"]
    assert found.findings[0].what == "posting_update is missing"


def test_a_row_that_names_nothing_is_a_finding(sqlite_book: Book) -> None:
    tamper(sqlite_book, "INSERT INTO entry_seal VALUES ('ghost', 1, '', '')")
    assert [finding.check for finding in verify(url_of(sqlite_book)).findings] == ["keys"]


def test_a_book_that_nobody_opened_is_a_finding(book: Book) -> None:
    tamper(book, "INSERT INTO book VALUES ('ghost', 'CNY', '2026')")
    found = {finding.check: finding.what for finding in verify(url_of(book)).findings}
    assert found["books"] == "book ghost was never opened"


def test_an_opening_that_is_gone_is_a_finding_though_later_operations_are_there(book: Book) -> None:
    post(book, an_entry(), "a")
    record(book, a_recording())
    tamper(book, "DELETE FROM operation WHERE op_no = 1")
    assert "books" in {finding.check for finding in verify(url_of(book)).findings}


def test_a_table_that_cannot_be_read_is_a_finding_and_not_a_missing_book(sqlite_book: Book) -> None:
    with burgled(sqlite_book, pragmas=False) as connection:
        connection.execute("ALTER TABLE book RENAME COLUMN book TO lost")
    found = {finding.check: finding.what for finding in verify(url_of(sqlite_book)).findings}
    assert found["books"] == "cannot be read: OperationalError: no such column: book.book"


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_a_finding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(content)
    found = verify(sqlite_url(path))
    assert found == Verified(
        entries=0,
        settlements=0,
        operations=0,
        head=ChainHead(seq=0, hash=GENESIS),
        findings=(
            Finding(
                check="storage", what="StorageFailed: the database cannot be used: file is not a database."
            ),
        ),
        anchors=0,
        anchored_entries=0,
        anchored_operations=0,
    )


def test_a_text_that_is_no_text_is_a_finding_that_does_not_show_it(sqlite_book: Book) -> None:
    post(sqlite_book, an_entry(), "a")
    tamper(sqlite_book, "UPDATE posting SET narration = CAST(x'ff' AS TEXT)")
    (finding,) = verify(url_of(sqlite_book)).findings
    said = "cannot be read: OperationalError: Could not decode to UTF-8 column 'narration'"
    assert (finding.check, finding.what) == ("chain", said)


def test_where_there_is_no_book_there_is_nothing_to_verify(sqlite_book: Book, tmp_path: Path) -> None:
    with pytest.raises(NoBook):
        verify(sqlite_url(tmp_path / "none.db"))
    with pytest.raises(NoBook, match="no book other"):
        verify(url_of(sqlite_book), "other")
    (tmp_path / "empty.db").touch()
    with pytest.raises(NoBook):
        verify(sqlite_url(tmp_path / "empty.db"))
    tamper(sqlite_book, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(SchemaMismatch):
        verify(url_of(sqlite_book))


def test_a_book_that_is_gone_does_not_fit_its_anchor(book: Book, tmp_path: Path) -> None:
    post(book, an_entry(), "a")
    with book.reading() as reader:
        anchor = anchor_of(reader, NOW)
    url = sqlite_url(tmp_path / "other.db")
    create_book(url, "other", actor="wang", now=NOW).leave()
    found = verify(url, anchors=[anchor])
    (finding,) = found.findings
    assert (finding.check, "entry 1 is not there" in finding.what) == ("anchor", True)
    assert (found.entries, found.anchors, found.anchored_entries, found.anchored_operations) == (0, 1, 1, 1)
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("DROP TRIGGER posting_update")
    assert [one.check for one in verify(url, anchors=[anchor]).findings] == ["guards", "anchor"]
