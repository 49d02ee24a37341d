"""Sessions at one PostgreSQL book, played in a given order of their steps.

Each session reads, writes and commits. A step that must wait is left waiting while the others go on, as it would
be; the next step is taken when every session has done what it was given or waits for another. Sessions take the
book's turn, as our programs do, or forget it, as a program of somebody else's would, and then only the guards
stand between them.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as finished
from itertools import permutations

import psycopg
import sqlalchemy as sa

from ledger import periods
from ledger.book import Book
from ledger.chain import Chain
from ledger.desk import Desk
from ledger.errors import LedgerError
from ledger.reading import Reader
from tests.ledger.postgres import Server
from tests.ledger.samples import NOW

STEPS = 3
Turn = Callable[[Book], contextlib.AbstractContextManager[Desk]]
Deed = Callable[[Desk], object]
_WAITING = (
    "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE NOT granted AND datname = current_database()"
)


def orders(deeds: Sequence[object]) -> list[str]:
    """Every order of three steps of each of those sessions, as names a, b, c; equal deeds are not told apart.

    Where deeds are equal, orders that differ in nothing but who is called what are one, and the one is kept in
    which the names come in the order of the alphabet.
    """
    names = "abc"[: len(deeds)]
    found = [""]
    for _ in range(STEPS * len(deeds)):
        found = [order + name for order in found for name in names if order.count(name) < STEPS]
    alike = [
        dict(zip(names, renamed, strict=True))
        for renamed in permutations(names)
        if all(deeds[names.index(a)] == deeds[names.index(b)] for a, b in zip(names, renamed, strict=True))
    ]
    return [order for order in found if order == min(_renamed(order, names) for names in alike)]


def _renamed(order: str, names: dict[str, str]) -> str:
    return "".join(names[name] for name in order)


def in_turn(book: Book) -> contextlib.AbstractContextManager[Desk]:
    """A session that takes the book's turn."""
    return book.writing(actor="wang", now=NOW)


@contextlib.contextmanager
def out_of_turn(book: Book) -> Iterator[Desk]:
    """A session that forgets it."""
    with book.store.engine.connect() as connection, connection.begin():
        desk = Desk(Chain(Reader(connection=connection, book=book.name), "wang", NOW))
        yield desk
        desk.finish()


def steps(book: Book, turn: Turn, deed: Deed) -> Iterator[None]:
    """A session: it reads as its turn begins, then writes, then commits."""
    with turn(book) as desk:
        periods.last_closed(desk.reader)
        yield
        deed(desk)
        desk.finish()
        yield
    yield


def played(server: Server, book: Book, order: str, sessions: Sequence[Iterator[None]]) -> list[str]:
    """Take the steps in that order; answers for each session whether it is done, or what refused it."""
    names = "abc"[: len(sessions)]
    taken: dict[str, list[Future[None]]] = {name: [] for name in names}
    pools = {name: ThreadPoolExecutor(max_workers=1) for name in names}
    with server.connect(str(book.store.engine.url.database)) as watch:
        for name in order:
            taken[name].append(pools[name].submit(next, sessions[names.index(name)]))
            _until_done_or_waiting(watch, list(taken.values()))
    for pool in pools.values():
        pool.shutdown()
    return [_outcome(each) for each in taken.values()]


def _until_done_or_waiting(watch: psycopg.Connection, taken: list[list[Future[None]]]) -> None:
    while undone := [each[-1] for each in taken if each and not each[-1].done()]:
        if watch.execute(_WAITING).fetchone() == (len(undone),):
            return
        finished(undone, timeout=0.001)


def _outcome(taken: list[Future[None]]) -> str:
    for step in taken:
        refused = step.exception()
        if isinstance(refused, LedgerError | sa.exc.IntegrityError):
            return type(refused).__name__
        if refused and not isinstance(refused, StopIteration):
            raise refused
    return "done"
