"""Where the tests' books come from: an empty one, a copy of a full one, or one of many, on either engine."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from ledger import storing
from ledger.book import Book
from ledger.chain import Chain
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.reading import Reader
from tests.ledger.postgres import Server
from tests.ledger.samples import NOW, copy_of, path_of


class Shelf(Protocol):
    """Books of one engine."""

    def empty(self) -> Book:
        """A new empty book, in a database of its own."""

    def copy(self, book: Book) -> Book:
        """A copy of a book that nobody is writing to, in a database of its own."""

    def one_of_many(self, name: str) -> Book:
        """A new empty book, made as cheaply as can be."""


class SqliteShelf:
    """Books as files."""

    def __init__(self, template: Path, folders: pytest.TempPathFactory) -> None:
        self._template, self._folders, self._numbers = template, folders, count()

    def empty(self) -> Book:
        return self._copy(self._template)

    def copy(self, book: Book) -> Book:
        return self._copy(path_of(book))

    def one_of_many(self, name: str) -> Book:
        return self.empty()

    def _copy(self, path: Path) -> Book:
        return copy_of(path, self._folders.mktemp(f"book{next(self._numbers)}"))


class _Lent(Book):
    """A book whose database goes when it is left."""

    server: Server
    database: str

    def leave(self) -> None:
        super().leave()
        self.server.drop(self.database)


class _Shared(Book):
    """A book whose database stays, for others are in it."""

    def leave(self) -> None:
        """Nothing: the next book comes soon."""


class PostgresShelf:
    """Books as databases of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._template = server.make()
        create_book(server.url(self._template), actor="wang", now=NOW).leave()
        self._many = self.empty()

    def empty(self) -> Book:
        return self._clone(self._template)

    def copy(self, book: Book) -> Book:
        book.store.engine.dispose()
        return self._clone(str(book.store.engine.url.database))

    def one_of_many(self, name: str) -> Book:
        with self._many.store.writing(name) as connection:
            storing.open_book(Chain(Reader(connection=connection, book=name), "wang", NOW))
        return _Shared(self._many.store, name)

    def leave(self) -> None:
        self._many.leave()

    def _clone(self, database: str) -> Book:
        clone = self._server.make(database)
        opened = open_book(self._server.url(clone))
        lent = _Lent(opened.store, opened.name)
        lent.server, lent.database = self._server, clone
        return lent


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "book.db"
    create_book(sqlite_url(path), actor="wang", now=NOW).leave()
    return path


@pytest.fixture(scope="session")
def sqlite_shelf(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return SqliteShelf(template, tmp_path_factory)


@pytest.fixture(scope="session")
def postgres_shelf(server: Server) -> Iterator[Shelf]:
    shelf = PostgresShelf(server)
    yield shelf
    shelf.leave()
