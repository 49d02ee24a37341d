"""What the fault groups share: a tally for each, and the book that they damage."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.connections import sqlite_url
from ledger.engine import create_book
from tests.faults.books import make_full_book
from tests.faults.tally import Tally
from tests.ledger.postgres import Server, server
from tests.ledger.samples import NOW
from tests.ledger.shelves import PostgresShelf, Shelf, SqliteShelf

__all__ = ["server"]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Callable[[str], Tally]:
    """Opens the tally of a group."""
    return lambda group: Tally(group=group, request=request)


@pytest.fixture(scope="session")
def full_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a book with something of every kind in it; copy it before you damage it."""
    path = tmp_path_factory.mktemp("full") / "book.db"
    make_full_book(path)
    return path


@pytest.fixture(scope="session")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    path = tmp_path_factory.mktemp("template") / "book.db"
    create_book(sqlite_url(path), actor="wang", now=NOW).leave()
    return SqliteShelf(path, tmp_path_factory)


@pytest.fixture(scope="session")
def postgres_shelf(server: Server) -> Iterator[Shelf]:
    shelf = PostgresShelf(server)
    yield shelf
    shelf.leave()
