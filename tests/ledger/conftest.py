"""Books for the ledger's tests, on both engines: `book` and `new_book` are given once on each.

One book is made by the migration, the others are copies: of its file, or of its database. What is about files
alone asks for `sqlite_book`, what is about a server alone for `postgres_book`.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book
from tests.ledger.postgres import Server, server
from tests.ledger.samples import NOW, NewBook
from tests.ledger.shelves import PostgresShelf, Shelf, SqliteShelf

__all__ = ["server"]


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


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    name = "sqlite_shelf" if request.param == "sqlite" else "postgres_shelf"
    made: Shelf = request.getfixturevalue(name)
    return made


@pytest.fixture
def book(shelf: Shelf) -> Iterator[Book]:
    with shelf.empty() as opened:
        yield opened


@pytest.fixture
def sqlite_book(sqlite_shelf: Shelf) -> Iterator[Book]:
    with sqlite_shelf.empty() as opened:
        yield opened


@pytest.fixture
def postgres_book(postgres_shelf: Shelf) -> Iterator[Book]:
    with postgres_shelf.empty() as opened:
        yield opened


@pytest.fixture(scope="session")
def new_book(shelf: Shelf) -> NewBook:
    """Makes an empty book on every call, for tests that need many."""
    numbers = count()
    return lambda: shelf.one_of_many(f"book {next(numbers)}")
