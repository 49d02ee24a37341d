"""Write many entries of one turn to a book and die before the turn ends, as a killed writer leaves a file."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.books_timed import NOW, entries
from ledger.connections import sqlite_url
from ledger.engine import open_book


def run(path: Path, count: int) -> None:
    """Post that many, most of which are in the file by then, and die."""
    with open_book(sqlite_url(path)) as book, book.writing(actor="bench", now=NOW) as desk:
        desk.post_many(replace(given, key=f"killed-{given.key}") for given in entries(count))
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
