"""What a command knows of where it runs: who is asking, and which book."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cli.speech import BadOption
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import books, bring_up_to_date, create_book, open_book, open_for_audit

DEFAULT_FILE = "settle.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a book lies: its database URL and its name in it."""

    url: str
    book: str

    def open(self, *, read_only: bool = False) -> Book:
        """The book, checked; `BookError` says what is wrong and what to do next."""
        with _known_kind_of_database(self.url):
            return open_book(self.url, self.book, read_only=read_only)

    def audit(self) -> tuple[Book, tuple[str, ...]]:
        """The book for reading, however its guards stand, and each guard that is not as it was made."""
        with _known_kind_of_database(self.url):
            return open_for_audit(self.url, self.book)

    def create(self, actor: str, now: datetime) -> Book:
        """A new book, and its database where there is none; `BookExists` for one that is there."""
        with _known_kind_of_database(self.url):
            return create_book(self.url, self.book, actor=actor, now=now)

    def upgrade(self) -> tuple[str, str] | None:
        """An older database brought up to date: both revisions; nothing where there is nothing to do."""
        with _known_kind_of_database(self.url):
            return bring_up_to_date(self.url)

    def has_book(self) -> bool:
        """Whether the database is there and has the book."""
        with _known_kind_of_database(self.url):
            return self.book in books(self.url)


@contextmanager
def _known_kind_of_database(url: str) -> Iterator[None]:
    """`BadOption` for a URL that names no database we have a driver for."""
    from sqlalchemy.exc import ArgumentError

    try:
        yield
    except (ArgumentError, ImportError) as problem:
        kind = url.partition("://")[0]
        raise BadOption(
            f"--db {kind}://…：打不开这种数据库（{problem}）。请给出文件路径，或 postgresql:// 开头的地址并安装驱动。",
            f"--db {kind}://…: no such database can be opened ({problem}). Give a file, or a postgresql:// URL "
            "with its driver installed.",
        ) from None


def place(db: str | None, book: str) -> Place:
    """The book that `--db` and `--book` name: a URL as it stands, a path as SQLite, by default `settle.db` here."""
    where = db or DEFAULT_FILE
    return Place(url=where if "://" in where else sqlite_url(Path(where).absolute()), book=book)


def actor_name(actor: str | None) -> str:
    """Who is acting: the option, else the login name; `BadOption` where the machine knows none."""
    try:
        return actor or getpass.getuser()
    except (KeyError, OSError):
        raise BadOption(
            "不知道是谁在操作：请加 --actor 姓名，或设环境变量 SETTLE_ACTOR。",
            "nobody knows who is asking: add --actor NAME, or set SETTLE_ACTOR.",
        ) from None
