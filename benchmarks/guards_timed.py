"""What the guards cost: the same posting into a book with every trigger and into one whose triggers were dropped.

Both go through the book as any program does, turn about and in the same run, so that all else (hashing, keys,
constraints, the disk) is alike. The factor is one median turn over the other: a disk that is slow now and then tells
nothing of the guards.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from statistics import median

from benchmarks.books_timed import NOW, entries
from benchmarks.timing import Timed, seconds
from ledger import schema
from ledger.book import Book
from ledger.engine import create_book
from ledger.recordings import KeyedEntry

BATCH, BATCHES, SINGLES = 2_000, 10, 600
BATCH_FACTOR_MAX, SINGLE_FACTOR_MAX = 3.0, 1.5

Side = tuple[Book, Iterator[KeyedEntry]]


def guard_rows(where: str, guarded_url: str, bare_url: str) -> list[Timed]:
    """The two factors of one engine, measured in two empty databases of it."""
    with ExitStack() as books:
        made = [create_book(url, actor="bench", now=NOW) for url in (guarded_url, bare_url)]
        guarded, bare = ((books.enter_context(book), entries()) for book in made)
        _drop_guards(bare[0])
        _compared(guarded, bare, turns=2, count=BATCH)  # plans made, pages there
        batches = _compared(guarded, bare, turns=BATCHES, count=BATCH)
        singles = _compared(guarded, bare, turns=SINGLES, count=1)
    how = f"at most ×{BATCH_FACTOR_MAX:g} is wanted; median of {BATCHES} turns of {BATCH:,} each, turn about"
    alone = f"at most ×{SINGLE_FACTOR_MAX:g} is wanted; median of {SINGLES} commits each, turn about"
    return [
        Timed(what=f"guards in batches, {where}", figure=batches, how=how),
        Timed(what=f"guards, one a commit, {where}", figure=singles, how=alone),
    ]


def _drop_guards(book: Book) -> None:
    """Take every trigger off an open book: nothing but a measurement does, and no program opens such a book."""
    with book.store.writing(book.name) as connection:
        name = connection.dialect.name
        for guard in schema.guards(name):
            table = "" if name == "sqlite" else f" ON {guard.table}"
            connection.exec_driver_sql(f"DROP TRIGGER {guard.name}{table}")


def _compared(guarded: Side, bare: Side, *, turns: int, count: int) -> str:
    """The factor of a median turn, and what the guards add to an entry of it."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(turns):
        for side in (0, 1) if number % 2 else (1, 0):
            took[side].append(_turn((guarded, bare)[side], count))
    with_guards, without = median(took[0]), median(took[1])
    return f"×{with_guards / without:.2f} ({(with_guards - without) / count * 1e6:+,.0f} µs an entry)"


def _turn(side: Side, count: int) -> float:
    book, waiting = side

    def post() -> None:
        with book.writing(actor="bench", now=NOW) as desk:
            desk.post_many(islice(waiting, count))

    return seconds(post)
