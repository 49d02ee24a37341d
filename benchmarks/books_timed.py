"""How fast we book and recompute, each beside what the driver alone does with the same rows in the same run.

The floor writes the book's own rows of entries, postings and seals into bare tables of a second file, in one
synced commit and without guard or chain, and reads them back through one SHA-256.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count as numbers
from itertools import islice
from pathlib import Path

from benchmarks.timing import Timed, rate, seconds
from ledger.book import Book
from ledger.claims import recompute
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.journal import JournalEntry, Posting
from ledger.recordings import KeyedEntry
from ledger.replay import Replayed, replay

ENTRIES = 20_000
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
TABLES = ("journal_entry", "posting", "entry_seal")

Rows = dict[str, list[tuple[object, ...]]]


def book_rows(folder: Path) -> list[Timed]:
    """Posting and replay of a book made here, and replay of the demo's, which is in the folder already."""
    with create_book(sqlite_url(folder / "bench.db"), actor="bench", now=NOW) as book:
        posting = seconds(lambda: _post(book))
        replaying = seconds(lambda: _replay(book))
    rows = _rows(folder / "bench.db")
    bare = folder / "bare.db"
    writing, reading = seconds(lambda: _write_bare(bare, rows)), seconds(lambda: _read_bare(bare))
    how = f"{ENTRIES:,} entries of 3 postings, SQLite"
    return [
        Timed(what="posting, one turn", figure=rate(ENTRIES, posting, "entries"), how=f"{how}, book.writing"),
        Timed(
            what="  the driver alone", figure=rate(ENTRIES, writing, "entries"), how="same rows, bare tables"
        ),
        Timed(what="replay of entries", figure=rate(ENTRIES, replaying, "entries"), how=f"{how}, replay"),
        Timed(
            what="  the driver alone", figure=rate(ENTRIES, reading, "entries"), how="same rows and a SHA-256"
        ),
        _demo_replay(folder / "demo" / "settle.db"),
    ]


def entries(count: int | None = None) -> Iterator[KeyedEntry]:
    """Payments received, three postings each; without end where no count is given."""
    for number in islice(numbers(), count):
        goods_fen, freight_fen = 10_000 + number % 100_000, 1_000
        lines = (("1122.01", goods_fen + freight_fen), ("2203.01", -goods_fen), ("2203.01", -freight_fen))
        entry = JournalEntry(
            kind="order_paid",
            effective_on=date(2026, 10, 1 + number % 31),
            narration="买家付款",
            postings=tuple(Posting(account=account, amount_fen=fen) for account, fen in lines),
            order_no=f"O{number}",
        )
        yield KeyedEntry(entry=entry, key=f"paid:{number}")


def _post(book: Book) -> None:
    with book.writing(actor="bench", now=NOW) as desk:
        desk.post_many(entries(ENTRIES))


def _replay(book: Book) -> Replayed:
    with book.reading() as reader:
        found = replay(reader, recompute)
    if found.first_difference is not None:
        raise RuntimeError(f"the book does not replay: {found.first_difference}")
    return found


def _demo_replay(path: Path) -> Timed:
    with open_book(sqlite_url(path), read_only=True) as book:
        found: list[Replayed] = []
        took = seconds(lambda: found.append(_replay(book)))
    settlements, entries = found[0].settlements, found[0].entries
    return Timed(
        what="replay of settlements",
        figure=rate(settlements, took, "settlements"),
        how=f"the demo's book, {settlements} settlements recomputed among {entries} entries",
    )


def _rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def _write_bare(path: Path, rows: Rows) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        for table, listed in rows.items():
            columns = [f"c{place}" for place in range(len(listed[0]))]
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", listed)
        connection.commit()


def _read_bare(path: Path) -> str:
    digest = hashlib.sha256()
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            for row in connection.execute(f"SELECT * FROM {table}"):
                digest.update(repr(row).encode())
    return digest.hexdigest()
