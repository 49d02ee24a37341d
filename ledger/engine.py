"""Opening and making books: the door through which every program comes to the ledger.

Whoever opens a book gets it only when the tables are this program's and every guard stands as it was made.
"""

from datetime import datetime

import sqlalchemy as sa

from ledger import schema, storing
from ledger import tables as t
from ledger.book import Book
from ledger.chain import Chain
from ledger.connections import Store, make_file, open_store
from ledger.errors import BookExists, GuardBroken, NoBook
from ledger.journal import check_key
from ledger.reading import Reader


def create_book(url: str, book: str = "main", *, actor: str, now: datetime) -> Book:
    """Make a book with its chart of accounts, and the database where there is none; `BookExists` twice."""
    check_key("book", book)
    check_key("actor", actor)
    make_file(url)
    store = open_store(url, read_only=False)
    with store.writing(book) as connection:
        if schema.is_empty(connection):
            schema.upgrade(connection)
        schema.check(connection)
        if _has_book(connection, book):
            raise BookExists(f"book {book} is already there. Open it, or give the new one another name.")
        storing.open_book(Chain(Reader(connection=connection, book=book), actor, now))
    return Book(store, book)


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
    with open_store(url, read_only=True).reading() as connection:
        schema.check(connection)
        return tuple(connection.execute(sa.select(t.book.c.book).order_by(t.book.c.book)).scalars())


def _check(store: Store, book: str) -> None:
    with store.reading() as connection:
        schema.check(connection)
        _check_name(connection, book)


def _check_name(connection: sa.Connection, book: str) -> None:
    if not _has_book(connection, book):
        raise NoBook(f"the database has no book {book}. Make it with `settle init --book {book}`.")


def _has_book(connection: sa.Connection, book: str) -> bool:
    return connection.execute(sa.select(t.book.c.book).where(t.book.c.book == book)).first() is not None
