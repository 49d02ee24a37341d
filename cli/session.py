"""What a command knows of where it runs: who is asking, and which book."""

import getpass
from dataclasses import dataclass
from pathlib import Path

from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import open_book

DEFAULT_FILE = "settle.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a book lies: its database URL and its name in it."""

    url: str
    book: str

    def open(self, *, read_only: bool = False) -> Book:
        """The book, checked; `BookError` says what is wrong and what to do next."""
        return open_book(self.url, self.book, read_only=read_only)


def place(db: str | None, book: str) -> Place:
    """The book that `--db` and `--book` name: a URL as it stands, a path as SQLite, by default `settle.db` here."""
    where = db or DEFAULT_FILE
    return Place(url=where if "://" in where else sqlite_url(Path(where).absolute()), book=book)


def actor_name(actor: str | None) -> str:
    """Who is acting: the option, else the login name."""
    return actor or getpass.getuser()
