"""Backups: a whole SQLite database copied while others write, proven before it is called a backup.

A plain copy of a file that is being written is broken as often as not; the engine's own backup never is. The
copy is made under another name, verified book by book, and only then gets its own; an existing file is never
touched. Beside it goes an anchor for each book, so that the backup can be held against something later.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ledger.anchors import add_anchor, beside
from ledger.connections import Store, open_store, sqlite_url
from ledger.engine import books
from ledger.errors import BadBackup, StorageFailed
from ledger.reading import Reader
from ledger.reports import ChainHead
from ledger.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """One book of a backup: its name, and the head it was verified to have."""

    book: str
    head: ChainHead


def back_up(url: str, to: Path, now: datetime) -> tuple[BackedUp, ...]:
    """Copy the database at a URL into a new file, verified; answers its books.

    `BadBackup` for a server, a target that exists, or a book that does not verify; then no file is left.
    """
    store = open_store(url, read_only=True)
    if store.path is None:
        raise BadBackup(
            "a server is backed up with its own tools (pg_dump), or book by book with "
            "`settle move --to sqlite:///FILE`."
        )
    anchors = beside(to)
    for file in (to, anchors):
        if file.exists() or file.is_symlink():
            raise BadBackup(f"{file} is there already. Name a new file: a backup never replaces another.")
    with _draft(to) as draft:
        _copy(store, draft)
        made = tuple(_proven(draft, name) for name in books(sqlite_url(draft)))
        _publish(draft, to)
    for one in made:
        _anchor(to, anchors, one.book, now)
    return made


@contextlib.contextmanager
def _draft(to: Path) -> Iterator[Path]:
    """A new file beside the target, gone afterwards whatever happened."""
    draft = to.with_name(f".{to.name}.{os.getpid()}.draft")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield draft
    except OSError as failed:
        raise StorageFailed(f"the backup {to} cannot be written: {failed.strerror}.") from failed
    finally:
        for left in (draft, *(draft.with_name(draft.name + end) for end in ("-journal", "-wal", "-shm"))):
            left.unlink(missing_ok=True)
        draft.with_name(draft.name + ".lock").unlink(missing_ok=True)


def _copy(store: Store, draft: Path) -> None:
    with store.reading() as connection, contextlib.closing(sqlite3.connect(draft)) as target:
        source = connection.connection.driver_connection
        try:
            if source is not None:
                source.backup(target)
        except sqlite3.Error as failed:
            raise StorageFailed(f"the backup cannot be written: {failed}.") from failed


def _proven(draft: Path, book: str) -> BackedUp:
    found = verify(sqlite_url(draft), book)
    for finding in found.findings:
        raise BadBackup(
            f"book {book} does not verify, so no backup was made: {finding.what}. Run `settle verify`, "
            "and go back to the last backup that does."
        )
    return BackedUp(book=book, head=found.head)


def _anchor(made: Path, anchors: Path, book: str, now: datetime) -> None:
    with open_store(sqlite_url(made), read_only=True).reading() as connection:
        add_anchor(Reader(connection=connection, book=book), anchors, now)


def _publish(draft: Path, to: Path) -> None:
    """Give the draft its name: synced first, the name taken by nobody else, and the folder synced after."""
    _sync(draft)
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    draft.replace(to)
    _sync(to.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
