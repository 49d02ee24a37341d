"""Books for the ledger's tests, on both engines: `book` and `new_book` are given once on each.

One book is made by the migration, the others are copies: of its file, or of its database. What is about files
alone asks for `sqlite_book`, what is about a server alone for `postgres_book`.
"""

from collections.abc import Iterator
from itertools import count

import pytest

from ledger.book import Book
from tests.ledger.postgres import server
from tests.ledger.samples import NewBook
from tests.ledger.shelves import Shelf, postgres_shelf, sqlite_shelf, template

__all__ = ["postgres_shelf", "server", "sqlite_shelf", "template"]


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
