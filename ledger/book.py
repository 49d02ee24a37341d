"""The book: one shop's ledger on one database, read and written in turns.

A writing turn holds the book alone, sees everything before it, and is committed as a whole when it ends
without an exception. A reading turn sees one steady view and can write nothing.
"""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType

from ledger.chain import Chain
from ledger.connections import Store
from ledger.desk import Desk
from ledger.journal import check_key
from ledger.reading import Reader


class Book:
    """One book of one open database."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name

    @contextlib.contextmanager
    def writing(self, *, actor: str, now: datetime) -> Iterator[Desk]:
        """One writing turn, recorded under `actor` at the aware moment `now`, committed when it ends."""
        check_key("actor", actor)
        with self.store.writing(self.name) as connection:
            desk = Desk(Chain(Reader(connection=connection, book=self.name), actor, now))
            yield desk
            desk.finish()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reader]:
        """One reading turn: everything in it answers from the same moment."""
        with self.store.reading() as connection:
            yield Reader(connection=connection, book=self.name)

    def leave(self) -> None:
        """Give back the connections; the book can be opened again."""
        self.store.engine.dispose()

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
