"""How a book grows: posting and verifying at ten thousand entries, at ten times and at a hundred times as many.

One book is filled in turns of equal size, so that the first turn and the last can be compared. It is verified
by a process of its own, whose memory at its highest is what verifying takes. Another dies in the middle of
a turn, and what is timed then is how long the book's next user waits.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.books_timed import NOW, entries
from benchmarks.timing import Timed, rate, seconds
from ledger import queries
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.recordings import KeyedEntry

MOST = int(os.environ.get("SETTLE_BENCH_ENTRIES", "1000000"))
TURN = 10_000
STEPS = tuple(size for size in (TURN, 10 * TURN, 100 * TURN) if size <= MOST)


def growth_rows(folder: Path) -> list[Timed]:
    """The last turn's rate of posting, the whole book's of verifying, and the wait after a kill, at each size."""
    path = folder / "growing.db"
    rows: list[Timed] = []
    with create_book(sqlite_url(path), actor="bench", now=NOW) as book:
        waiting, there = entries(), 0
        for size in STEPS:
            took = [seconds(lambda: _turn(book, waiting)) for _ in range((size - there) // TURN)]
            there = size
            rows += [_posted(size, took[-1]), _verified(path, size), _reopened(path, size)]
    return rows


def _turn(book: Book, waiting: Iterator[KeyedEntry]) -> None:
    with book.writing(actor="bench", now=NOW) as desk:
        desk.post_many(islice(waiting, TURN))


def _posted(size: int, took: float) -> Timed:
    figure = rate(TURN, took, "entries")
    return Timed(what="posting, SQLite", figure=figure, how=f"the last {TURN:,} of {size:,}, in one turn")


def _verified(path: Path, size: int) -> Timed:
    asked = [sys.executable, "-m", "benchmarks.verified_once", str(path)]
    said = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    if said["findings"] or said["entries"] != size:
        raise RuntimeError(f"the book does not verify: {said}")
    how = f"{size:,} entries, {said['memory'] / 2**20:.0f} MB at its highest, {said['seconds']:.1f} s"
    return Timed(what="verify, SQLite", figure=rate(size, said["seconds"], "entries"), how=how)


def _reopened(path: Path, size: int) -> Timed:
    asked = [sys.executable, "-m", "benchmarks.killed_once", str(path), str(TURN)]
    if subprocess.run(asked, check=False).returncode != -signal.SIGKILL:
        raise RuntimeError("the writer was not killed")
    left = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}-*"))
    opened: list[Book] = []
    took = seconds(lambda: opened.append(open_book(sqlite_url(path))))
    with opened[0] as book, book.reading() as reader:
        if queries.head(reader).seq != size:
            raise RuntimeError("what the killed writer left was not undone")
    how = f"{size:,} entries and a turn of {TURN:,} half-written, {left / 2**10:,.0f} KB to undo"
    return Timed(what="opening after a killed writer, SQLite", figure=f"{took * 1000:,.0f} ms", how=how)
