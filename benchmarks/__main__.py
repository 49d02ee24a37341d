"""The bench: who mis-sums, and how fast we answer and book, printed as two tables.

The counts are exact and the same everywhere; the times are this machine's, so each stands beside a floor
measured in the same run where there is one.
"""

import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks.answers_timed import answer_rows
from benchmarks.books_timed import book_rows
from benchmarks.growth_timed import growth_rows
from benchmarks.guards_timed import guard_rows
from benchmarks.mis_sums_table import mis_sums_table
from benchmarks.servers_timed import server_rows
from benchmarks.timing import timed_table
from ledger.connections import sqlite_url

NARROWEST = 160


def run() -> None:
    """Measure everything, and print each table as soon as it is there."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=NARROWEST)
    console.print(mis_sums_table())
    with tempfile.TemporaryDirectory(prefix="settle-bench-") as folder:
        at = Path(folder)
        guards = guard_rows("SQLite", sqlite_url(at / "guarded.db"), sqlite_url(at / "unguarded.db"))
        timed = [*answer_rows(at), *book_rows(at), *guards, *growth_rows(at), *server_rows()]
        console.print(timed_table(timed))


if __name__ == "__main__":
    run()
