"""A long reader: an auditor keeps one view of a file while ten thousand entries are posted to it.

Where writes go to a log beside the file, he holds nobody up, and the log stays small and goes when he does. Our
connections choose the log only with a SQLite that is free of the WAL-reset bug, which needs two who write at once to
strike; here one writes, so it is chosen with any. Elsewhere he holds writers up, and they are told.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import connections, queries
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.errors import BookBusy
from ledger.reading import Reader
from ledger.recordings import KeyedEntry
from ledger.verify import verify
from tests.faults.tally import Tally
from tests.ledger.samples import NOW, an_entry, post
from tests.ledger.shelves import Shelf

LOG_MAX_BYTES = 200 * 1000 * 1000
TURN = 10


def _view(reader: Reader) -> tuple[object, ...]:
    return queries.head(reader), queries.counts(reader), queries.trial_balance(reader, "2026-10")


def _post(book: Book, turn: int) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(KeyedEntry(entry=an_entry(n + 1), key=f"{turn}-{n}") for n in range(TURN))


def test_a_long_reader_holds_nobody_up_and_the_log_goes_with_him(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Callable[[str], Tally]
) -> None:
    monkeypatch.setattr(connections, "wal_is_safe", lambda version: True)
    group, path = tally("entries beside a long reader"), tmp_path / "book.db"
    log, url = tmp_path / "book.db-wal", sqlite_url(path)
    with create_book(url, actor="wang", now=NOW) as book:
        post(book, an_entry(), "first")
        with open_book(url, read_only=True) as other, other.reading() as reader:
            before = _view(reader)
            for turn in range(group.target // TURN):
                _post(book, turn)
            longest, after = log.stat().st_size, _view(reader)
        with book.store.engine.connect() as connection:
            hand = connection.connection.driver_connection
            assert hand is not None
            assert hand.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
            assert log.stat().st_size == 0
    found = verify(url)
    assert after == before
    assert longest <= LOG_MAX_BYTES
    wrong, entries = len(found.findings), found.entries - 1
    group.closes(entries, lost=0, wrong=wrong, note=f"the log grew to {longest / 1e6:.0f} MB, and to nothing")


def test_where_there_is_no_log_a_long_reader_keeps_writers_out_and_they_are_told(
    sqlite_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "wal_is_safe", lambda version: False)
    with sqlite_shelf.empty() as book:
        post(book, an_entry(), "first")
        url = sqlite_url(book.store.path or Path())
        monkeypatch.setattr(connections, "WAIT_MAX_SECONDS", 0)
        with open_book(url, read_only=True) as other, other.reading() as reader:
            before = _view(reader)
            with pytest.raises(BookBusy, match="held by another program"):
                post(book, an_entry(), "meanwhile")
            assert _view(reader) == before
        assert post(book, an_entry(), "afterwards") == 2
        assert verify(url).findings == ()
