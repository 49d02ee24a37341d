"""Books for the ledger's tests: one is made by the migration, the others are copies of its file."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book
from tests.ledger.samples import NOW, NewBook, copy_of


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "book.db"
    create_book(sqlite_url(path), actor="wang", now=NOW).leave()
    return path


@pytest.fixture
def book(template: Path, tmp_path: Path) -> Iterator[Book]:
    with copy_of(template, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def new_book(template: Path, tmp_path_factory: pytest.TempPathFactory) -> NewBook:
    """Makes an empty book on every call, for tests that need many."""
    numbers = count()

    def made() -> Book:
        return copy_of(template, tmp_path_factory.mktemp(f"book{next(numbers)}"))

    return made
