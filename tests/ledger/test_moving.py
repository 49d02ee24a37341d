"""Moving: the same book in another database, down to the head, or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import queries
from ledger.anchors import anchor_of
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import books, create_book, open_book
from ledger.errors import AnchorMismatch, BookExists, GuardBroken
from ledger.moving import move
from ledger.verify import verify
from tests.faults.books import LATER, NOVEMBER, make_full_book
from tests.ledger.postgres import Server
from tests.ledger.samples import NOW, an_entry, dump, tamper, url_of


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "full.db"
    make_full_book(path)
    with open_book(sqlite_url(path)) as book:
        yield book


def test_a_moved_book_is_the_same_to_the_last_byte_of_every_row(full: Book, tmp_path: Path) -> None:
    before, to = dump(full), sqlite_url(tmp_path / "new.db")
    with full.reading() as reader:
        anchor, head = anchor_of(reader, LATER), queries.head(reader)
    assert move(url_of(full), to) == head
    found = verify(to, anchors=[anchor])
    assert (found.findings, found.needs_anchor, found.head) == ((), False, head)
    with open_book(to) as moved:
        assert sorted(dump(moved).splitlines()) == sorted(before.splitlines())
        with moved.writing(actor="li", now=LATER) as desk:
            assert desk.post(an_entry(on=NOVEMBER), key="afterwards").seq == head.seq + 1
    assert dump(full) == before
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600


def test_there_and_back_is_where_it_was(full: Book, tmp_path: Path) -> None:
    there, back = (sqlite_url(tmp_path / name) for name in ("there.db", "back.db"))
    assert move(url_of(full), there) == move(there, back)
    with open_book(there) as one, open_book(back) as other:
        assert dump(one) == dump(other)


def test_a_book_goes_to_a_server_and_back_with_its_head(full: Book, tmp_path: Path, server: Server) -> None:
    there, back = server.url(server.make()), sqlite_url(tmp_path / "back.db")
    with full.reading() as reader:
        anchor, head = anchor_of(reader, LATER), queries.head(reader)
    assert move(url_of(full), there) == head
    assert verify(there, anchors=[anchor]).findings == ()
    with pytest.raises(BookExists):
        move(url_of(full), there)
    assert move(there, back) == head
    with open_book(back) as returned:
        assert sorted(dump(returned).splitlines()) == sorted(dump(full).splitlines())


def test_a_target_that_has_the_book_is_refused_and_left_alone(full: Book, tmp_path: Path) -> None:
    to = sqlite_url(tmp_path / "new.db")
    with create_book(to, actor="wang", now=NOW) as other:
        before = dump(other)
        with pytest.raises(BookExists, match="has a book main already"):
            move(url_of(full), to)
        assert dump(other) == before
    with pytest.raises(BookExists):
        move(url_of(full), url_of(full))


def test_a_book_is_moved_beside_others(full: Book, tmp_path: Path) -> None:
    to = sqlite_url(tmp_path / "new.db")
    create_book(to, "second", actor="wang", now=NOW).leave()
    head = move(url_of(full), to)
    assert books(to) == ("main", "second")
    assert (verify(to).head, verify(to, "second").findings) == (head, ())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE posting SET amount_fen = amount_fen + 1 WHERE seq = 6",
        "UPDATE posting SET narration = 'x' WHERE seq = 6",
        "UPDATE entry_seal SET prev_hash = hash WHERE seq = 6",
        "INSERT INTO account VALUES ('main', '9', '', '', 'debit', 2)",
        "DELETE FROM entry_seal WHERE seq = 12",
    ],
)
def test_a_book_that_was_tampered_with_does_not_arrive(full: Book, tmp_path: Path, statement: str) -> None:
    tamper(full, statement)
    to = sqlite_url(tmp_path / "new.db")
    with pytest.raises(AnchorMismatch, match="Nothing was moved"):
        move(url_of(full), to)
    create_book(to, actor="wang", now=NOW).leave()


def test_a_target_with_other_guards_is_refused(full: Book, tmp_path: Path) -> None:
    to = sqlite_url(tmp_path / "new.db")
    with (
        create_book(to, "second", actor="wang", now=NOW) as second,
        second.store.engine.connect() as connection,
    ):
        connection.exec_driver_sql("DROP INDEX ix_refund_step_seq")
        connection.commit()
    with pytest.raises(GuardBroken, match="ix_refund_step_seq is missing"):
        move(url_of(full), to)
