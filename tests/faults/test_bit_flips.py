"""Flipped bits: a single bit of the file that changes a row is always seen."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ledger.connections import sqlite_url
from ledger.errors import BookError
from ledger.tables import METADATA
from ledger.verify import verify
from tests.faults.tally import Tally

TABLES = sorted(METADATA.tables)


def test_no_flipped_bit_that_changes_a_row_goes_unseen(
    full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group, path = tally("bit flips"), tmp_path / "book.db"
    pristine, rows = full_book.read_bytes(), _rows(full_book)
    seen = unseen = 0
    for _ in range(group.target):
        at, bit = group.dice.randrange(len(pristine)), 1 << group.dice.randrange(8)
        path.write_bytes(pristine[:at] + bytes([pristine[at] ^ bit]) + pristine[at + 1 :])
        found = _is_seen(path)
        seen += found
        unseen += not found and _rows(path) != rows
    assert seen > group.target // 20
    group.closes(group.target, lost=0, wrong=unseen)


def _is_seen(path: Path) -> bool:
    try:
        return bool(verify(sqlite_url(path)).findings)
    except BookError:
        return True


def _rows(path: Path) -> list[list[tuple[object, ...]]] | None:
    """Every row of the book; nothing where the file cannot be read."""
    with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.Error):
        return [sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES]
    return None
