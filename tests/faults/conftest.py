"""What the fault groups share: a tally for each, and the book that they damage."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.books import make_full_book
from tests.faults.tally import Tally
from tests.ledger.postgres import server
from tests.ledger.shelves import postgres_shelf, sqlite_shelf, template

__all__ = ["postgres_shelf", "server", "sqlite_shelf", "template"]


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
