"""How fast a PostgreSQL server books and is verified, beside what its driver alone does with the same rows.

What its guards cost is measured on the same server.
"""

from benchmarks.books_timed import ENTRIES, NOW, TABLES, Rows, entries
from benchmarks.guards_timed import guard_rows
from benchmarks.timing import Timed, rate, seconds
from ledger.book import Book
from ledger.engine import create_book
from ledger.verify import verify
from tests.ledger.postgres import Server, found, started, stop


def server_rows() -> list[Timed]:
    """Posting and verifying on a server of our own; one row that says so where this machine has none."""
    if found() is None:
        return [Timed(what="PostgreSQL", figure="not run", how="no server on this machine")]
    server = started(synced=True)
    try:
        return _measured(server)
    finally:
        stop(server)


def _measured(server: Server) -> list[Timed]:
    booked, bare = server.make(), server.make()
    url = server.url(booked)
    with create_book(url, actor="bench", now=NOW) as book:
        posting = seconds(lambda: _post(book))
    rows = _rows(server, booked)
    writing, verifying = seconds(lambda: _write_bare(server, bare, rows)), seconds(lambda: _verify(url))
    how = f"{ENTRIES:,} entries of 3 postings"
    return [
        Timed(what="posting, PostgreSQL", figure=rate(ENTRIES, posting, "entries"), how=f"{how}, one turn"),
        Timed(
            what="  the driver alone", figure=rate(ENTRIES, writing, "entries"), how="same rows, bare tables"
        ),
        Timed(what="verify, PostgreSQL", figure=rate(ENTRIES, verifying, "entries"), how=how),
        *guard_rows("PostgreSQL", server.url(server.make()), server.url(server.make())),
    ]


def _post(book: Book) -> None:
    with book.writing(actor="bench", now=NOW) as desk:
        desk.post_many(entries(ENTRIES))


def _verify(url: str) -> None:
    said = verify(url)
    if said.findings:
        raise RuntimeError(f"the book does not verify: {said.findings[0]}")


def _rows(server: Server, database: str) -> Rows:
    with server.connect(database) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def _write_bare(server: Server, database: str, rows: Rows) -> None:
    with server.connect(database) as connection, connection.transaction(), connection.cursor() as cursor:
        for table, listed in rows.items():
            columns = [f"c{place} text" for place in range(len(listed[0]))]
            cursor.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(columns))})", listed)
