"""Books that released programs made, kept as they left them: every later program must read them."""

import sqlite3
from contextlib import closing
from pathlib import Path

FIRST = Path(__file__).parent / "0001.sql"


def lay_out(released: Path, path: Path) -> Path:
    """The book of a released program, as a SQLite file at `path`."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(released.read_text("utf-8"))
    return path
