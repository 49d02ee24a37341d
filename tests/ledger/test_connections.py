"""Connections: durable settings, one writer at a time, readers that cannot write."""

import errno
import fcntl
import os
import stat
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from ledger import connections
from ledger.book import Book
from ledger.connections import sqlite_url, wal_is_safe
from ledger.engine import create_book, open_book
from ledger.errors import BookBusy, StorageFailed
from tests.ledger.samples import NOW, an_entry, burgled, path_of, post


def test_the_file_and_its_lock_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    create_book(sqlite_url(path), actor="wang", now=NOW).leave()
    for each in (path, tmp_path / "book.db.lock"):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600


def test_writers_run_with_the_durable_settings(sqlite_book: Book) -> None:
    with sqlite_book.store.writing("main") as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "recursive_triggers", "synchronous", "busy_timeout", "journal_mode")
        }
    assert found.pop("journal_mode") in ("truncate", "wal")
    assert found == {"foreign_keys": 1, "recursive_triggers": 1, "synchronous": 2, "busy_timeout": 30000}


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_is_used_only_where_its_bug_is_mended(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) == safe


def test_a_reader_cannot_write_and_needs_no_right_to(sqlite_book: Book) -> None:
    path = path_of(sqlite_book)
    path.chmod(0o400)
    with open_book(sqlite_url(path), read_only=True) as other:
        with other.reading() as reader, pytest.raises(DBAPIError, match="readonly"):
            reader.connection.exec_driver_sql("CREATE TABLE mine (x)")
        with pytest.raises(ValueError, match="for reading"), other.writing(actor="wang", now=NOW):
            pass


def test_a_writer_waits_its_turn_and_says_when_it_waited_too_long(
    sqlite_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = path_of(sqlite_book).with_name("book.db.lock")
    with lock.open("w") as held, monkeypatch.context() as impatient:
        impatient.setattr(connections, "WAIT_MAX_SECONDS", 0)
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BookBusy, match="another program"), sqlite_book.writing(actor="wang", now=NOW):
            pass
    assert post(sqlite_book, an_entry(), "a") == 1


def test_whoever_gave_up_waiting_takes_no_other_files_lock_and_leaves_none_behind(
    sqlite_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who waits goes on after it was given up, and the number of the closed descriptor is soon another's."""
    late = threading.Event()

    def lately(own: int) -> None:
        late.wait(10)
        stand_in_line(own)

    stand_in_line = connections._stand_in_line
    path = path_of(sqlite_book).with_name("book.db.lock")
    with path.open("w") as held, monkeypatch.context() as impatient:
        impatient.setattr(connections, "WAIT_MAX_SECONDS", 0)
        impatient.setattr(connections, "_stand_in_line", lately)
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BookBusy, match="another program"), sqlite_book.writing(actor="wang", now=NOW):
            pass
        others = [path.with_name(f"other {number}").open("w") for number in range(5)]
    (waiter,) = [one for one in threading.enumerate() if one.name.endswith("(lately)")]
    late.set()
    waiter.join(10)
    for file in others:
        with file, path.with_name(Path(file.name).name).open("w") as again:
            fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert post(sqlite_book, an_entry(), "a") == 1


def test_a_lock_that_cannot_be_had_at_all_is_not_taken_for_one_that_is_held(
    sqlite_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(_: int, how: int) -> None:
        tried.append(how)
        raise BlockingIOError if len(tried) == 1 else OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    tried: list[int] = []
    monkeypatch.setattr(connections.fcntl, "flock", flock)
    with pytest.raises((OSError, StorageFailed), match="No locks"), sqlite_book.writing(actor="w", now=NOW):
        pass
    assert len(tried) == 3


def test_a_database_locked_by_another_program_is_busy(
    sqlite_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WAIT_MAX_SECONDS", 0)
    other = burgled(sqlite_book)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BookBusy), sqlite_book.writing(actor="wang", now=NOW):
        pass
    other.close()


def test_a_reader_waits_for_no_writer_in_the_middle_of_his_turn(
    sqlite_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WAIT_MAX_SECONDS", 0)
    post(sqlite_book, an_entry(), "a")
    url = sqlite_url(path_of(sqlite_book))
    with sqlite_book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="b")
        desk.finish()
        with open_book(url, read_only=True) as other, other.reading() as reader:
            assert reader.connection.exec_driver_sql("SELECT COUNT(*) FROM journal_entry").scalar() == 1


def test_a_reader_of_a_file_that_is_being_written_is_told_that_it_is_busy(
    sqlite_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WAIT_MAX_SECONDS", 0)
    other = burgled(sqlite_book)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    path_of(sqlite_book).with_name("book.db-journal").write_bytes(b"x")
    with pytest.raises(BookBusy, match="held by another program"):
        open_book(sqlite_url(path_of(sqlite_book)), read_only=True)
    other.close()


def test_the_parameters_of_a_statement_stay_out_of_its_error(book: Book) -> None:
    secret = sa.text("INSERT INTO book VALUES (:name, 'USD', '')")
    with pytest.raises(sa.exc.IntegrityError) as refused, book.store.writing("main") as connection:
        connection.execute(secret, {"name": "13800138000"})
    assert "13800138000" not in str(refused.value)


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="cannot be made"):
        create_book(sqlite_url(tmp_path / "none" / "book.db"), actor="wang", now=NOW)


def test_a_reader_undoes_what_a_killed_writer_left(sqlite_book: Book) -> None:
    post(sqlite_book, an_entry(), "a")
    child = os.fork()
    if not child:
        _die_in_the_middle(sqlite_book)
    os.waitpid(child, 0)
    journal = path_of(sqlite_book).with_name("book.db-journal")
    assert journal.stat().st_size > 0
    with open_book(sqlite_url(path_of(sqlite_book)), read_only=True) as other, other.reading() as reader:
        assert reader.connection.exec_driver_sql("SELECT COUNT(*) FROM journal_entry").scalar() == 1


def _die_in_the_middle(book: Book) -> None:
    connection = burgled(book)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DROP TRIGGER order_facts_insert")
    for number in range(200):
        row = (str(number), "x" * 3000, number + 100)
        connection.execute("INSERT INTO order_facts VALUES ('main', ?, 1, ?, '', ?)", row)
    os._exit(1)
