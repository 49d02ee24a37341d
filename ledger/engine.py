"""Opening and making books: the door through which every program comes to the ledger.

Whoever opens a book gets it only when the tables are this program's and every guard stands as it was made.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ledger import schema, storing
from ledger import tables as t
from ledger.book import Book
from ledger.chain import Chain
from ledger.connections import TABLES_TURN, Store, make_file, open_store
from ledger.errors import BookExists, GuardBroken, NoBook, StorageFailed
from ledger.journal import check_key
from ledger.reading import Reader


def create_book(url: str, book: str = "main", *, actor: str, now: datetime) -> Book:
    """Make a book with its chart of accounts, and the database where there is none; `BookExists` twice."""
    check_key("book", book)
    check_key("actor", actor)
    make_file(url)
    store = open_store(url, read_only=False)
    try:
        # Whoever may have to make the tables waits for everybody who does, whatever their books are called.
        with store.writing(TABLES_TURN) as connection:
            if schema.is_empty(connection):
                schema.upgrade(connection)
            schema.check(connection)
            if _has_book(connection, book):
                raise BookExists(f"book {book} is already there. Open it, or give the new one another name.")
            storing.open_book(Chain(Reader(connection=connection, book=book), actor, now))
    except BaseException:
        store.engine.dispose()
        raise
    return Book(store, book)


def bring_up_to_date(url: str) -> tuple[str, str] | None:
    """Give an older database this program's tables; answers both revisions, nothing where none is older.

    Every book keeps its rows and its head, or nothing is changed. `GuardBroken` where the database then has
    other guards than ours.
    """
    try:
        store = open_store(url, read_only=False)
    except NoBook:
        return None
    try:
        with store.reading() as connection:
            found = schema.revision(connection)
        if found is None or not schema.is_older(found):
            return None
        with store.upgrading() as connection:
            before = _standing(connection)
            schema.upgrade(connection)
            schema.check(connection)
            if _standing(connection) != before:
                raise StorageFailed("the books are not what they were before. Nothing was changed.")
            return found, schema.REVISION
    finally:
        store.engine.dispose()


def _standing(connection: sa.Connection) -> list[tuple[Any, ...]]:
    """The heads of all books, of entries and of operations, with how many rows lie under each."""
    standing: list[tuple[Any, ...]] = []
    for c, number in ((t.entry_seal.c, "seq"), (t.operation.c, "op_no")):
        last = sa.select(c.book, sa.func.max(c[number]).label("last"), sa.func.count().label("rows"))
        ends = last.group_by(c.book).subquery()
        select = sa.select(c.book, ends.c.last, ends.c.rows, c.hash)
        joined = select.join(ends, (ends.c.book == c.book) & (ends.c.last == c[number]))
        standing += [tuple(row) for row in connection.execute(joined.order_by(c.book))]
    return standing


def open_book(url: str, book: str = "main", *, read_only: bool = False) -> Book:
    """An existing book; `NoBook`, `SchemaMismatch` or `GuardBroken` where it may not be used."""
    store = open_store(url, read_only=read_only)
    try:
        _check(store, book)
    except BaseException:
        store.engine.dispose()
        raise
    return Book(store, book)


def open_for_audit(url: str, book: str = "main") -> tuple[Book, tuple[str, ...]]:
    """An existing book for reading, however its guards stand, and each guard that is not as it was made.

    `NoBook` where the database has none of that name.
    """
    store = open_store(url, read_only=True)
    broken: tuple[str, ...] = ()
    try:
        with store.reading() as connection:
            try:
                schema.check(connection)
            except GuardBroken as found:
                broken = found.names
            _check_name(connection, book)
    except BaseException:
        store.engine.dispose()
        raise
    return Book(store, book), broken


def books(url: str) -> tuple[str, ...]:
    """The names of all books of a database, in order."""
    store = open_store(url, read_only=True)
    try:
        with store.reading() as connection:
            schema.check(connection)
            return tuple(connection.execute(sa.select(t.book.c.book).order_by(t.book.c.book)).scalars())
    finally:
        store.engine.dispose()


def _check(store: Store, book: str) -> None:
    with store.reading() as connection:
        schema.check(connection)
        _check_name(connection, book)


def _check_name(connection: sa.Connection, book: str) -> None:
    if not _has_book(connection, book):
        raise NoBook(f"the database has no book {book}. Make it with `settle init --book {book}`.")


def _has_book(connection: sa.Connection, book: str) -> bool:
    return connection.execute(sa.select(t.book.c.book).where(t.book.c.book == book)).first() is not None
