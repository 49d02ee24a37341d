"""Backups: a verified copy in a new file, its anchor beside it, or nothing at all."""

from pathlib import Path

import pytest

from ledger.anchors import beside, read_anchors
from ledger.backup import back_up
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.errors import BadBackup, NoBook, StorageFailed
from ledger.verify import verify
from tests.ledger.samples import NOW, an_entry, dump, path_of, post, tamper


def test_a_backup_is_the_book_verified_and_its_owners_alone(sqlite_book: Book, tmp_path: Path) -> None:
    post(sqlite_book, an_entry(), "a")
    to = tmp_path / "backup.db"
    (made,) = back_up(sqlite_url(path_of(sqlite_book)), to, NOW)
    assert (made.book, made.head.seq) == ("main", 1)
    with open_book(sqlite_url(to)) as copy:
        assert dump(copy) == dump(sqlite_book)
        anchors = read_anchors(beside(to), "main")
        found = verify(sqlite_url(to), anchors=anchors)
        assert (found.findings, found.needs_anchor) == ((), False)
        assert post(copy, an_entry(), "afterwards") == 2
    assert {file.stat().st_mode & 0o777 for file in (to, beside(to))} == {0o600}
    assert not [file.name for file in tmp_path.iterdir() if "draft" in file.name]


def test_every_book_of_the_database_is_in_it_with_an_anchor(sqlite_book: Book, tmp_path: Path) -> None:
    create_book(sqlite_url(path_of(sqlite_book)), "second", actor="wang", now=NOW).leave()
    to = tmp_path / "backup.db"
    assert [one.book for one in back_up(sqlite_url(path_of(sqlite_book)), to, NOW)] == ["main", "second"]
    assert len(read_anchors(beside(to), "main")) == len(read_anchors(beside(to), "second")) == 1


@pytest.mark.parametrize("name", ["backup.db", "backup.db.anchors"])
def test_a_backup_never_replaces_a_file(sqlite_book: Book, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(BadBackup, match="never replaces"):
        back_up(sqlite_url(path_of(sqlite_book)), tmp_path / "backup.db", NOW)
    assert (tmp_path / name).read_text() == "mine"


def test_a_book_that_does_not_verify_is_not_backed_up(sqlite_book: Book, tmp_path: Path) -> None:
    post(sqlite_book, an_entry(), "a")
    tamper(sqlite_book, "UPDATE posting SET narration = 'x'")
    with pytest.raises(BadBackup, match="main does not verify"):
        back_up(sqlite_url(path_of(sqlite_book)), tmp_path / "backup.db", NOW)
    assert [file.name for file in tmp_path.iterdir() if "backup" in file.name] == []


def test_a_backup_that_cannot_be_written_is_said(sqlite_book: Book, tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="cannot be written"):
        back_up(sqlite_url(path_of(sqlite_book)), tmp_path / "no such folder" / "backup.db", NOW)
    with pytest.raises(NoBook):
        back_up(sqlite_url(tmp_path / "none.db"), tmp_path / "backup.db", NOW)


def test_a_server_is_told_to_use_its_own_tools() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(BadBackup, match="pg_dump"):
        back_up("postgresql+psycopg://server/settle", Path("backup.db"), NOW)
