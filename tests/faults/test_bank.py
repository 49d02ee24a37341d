"""The bank: while twelve programs move money, four add up everything, and never see a fen too many or too few."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from ledger import queries
from ledger import tables as t
from ledger.book import Book
from ledger.engine import open_book
from ledger.errors import NotReversible, OverRefund
from ledger.reading import Reader
from tests.faults.tally import SEED, Tally
from tests.ledger.crowds import together
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, url_of
from tests.ledger.shelves import Shelf

WRITERS, READERS, ORDERS, REFUND_FEN = 12, 4, 400, 60
_ENTRIES_SEEN_MIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one reader saw: how often it looked, what was wrong, and between which entries."""

    reads: int
    wrong: tuple[str, ...]
    first: int
    last: int


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_whoever_adds_up_beside_writers_sees_every_sum_right(
    request: pytest.FixtureRequest, tally: Callable[[str], Tally], engine: str
) -> None:
    shelf: Shelf = request.getfixturevalue(f"{engine}_shelf")
    group = tally("reads beside writers" if engine == "sqlite" else "reads beside writers, PostgreSQL")
    with shelf.empty() as book:
        book.store.engine.dispose()
        url, reading = url_of(book), get_context("fork").Value("i", READERS)
        answers = together(WRITERS + READERS, partial(_at_work, url, group.target // READERS, reading))
    seen = [answer for answer in answers if isinstance(answer, Seen)]
    assert len(seen) == READERS
    wrong = [what for each in seen for what in each.wrong]
    assert wrong == []
    entries = max(each.last for each in seen) - min(each.first for each in seen)
    reads = sum(each.reads for each in seen)
    group.closes(reads, lost=0, wrong=0, note=f"{WRITERS} writers, {entries} entries meanwhile")


def _at_work(url: str, reads: int, reading: Any, number: int, barrier: Barrier) -> Seen | int:
    with open_book(url, read_only=number >= WRITERS) as book:
        barrier.wait()
        if number < WRITERS:
            return _written(book, number, reading)
        try:
            return _seen(book, reads)
        finally:
            with reading.get_lock():
                reading.value -= 1


def _written(book: Book, number: int, reading: Any) -> int:
    """Post, give back and take back as long as anybody reads; answers how many turns it were."""
    dice = random.Random(SEED + number)
    for turn in count():
        if not reading.value:
            return turn
        try:
            _turn(book, f"{number}-{turn}", dice)
        except (OverRefund, NotReversible):
            continue
    raise AssertionError("count ends")


def _turn(book: Book, name: str, dice: random.Random) -> None:
    order_no = f"O{dice.randrange(ORDERS)}"
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post(an_entry(dice.randrange(1, 10_000)), key=name)
        if dice.random() < 1 / 2:
            before = sum(row.refunded_fen for row in queries.refunded(desk.reader, order_no))
            desk.record(a_recording(name, REFUND_FEN, before=before, subject=order_no))
        else:
            desk.reverse(dice.randrange(1, posted.seq + 1), DAY, "错账")


def _seen(book: Book, reads: int) -> Seen:
    """Look that often, and on until something was written meanwhile."""
    wrong: list[str] = []
    first = last = done = 0
    while done < reads or last - first < _ENTRIES_SEEN_MIN:
        with book.reading() as reader:
            last = queries.head(reader).seq
            wrong += _wrong(reader, last)
        first, done = first or last, done + 1
    return Seen(reads=done, wrong=tuple(wrong), first=first, last=last)


def _wrong(reader: Reader, head: int) -> list[str]:
    """What one view of the book does not hold."""
    balances = sa.select(t.posting.c.currency, sa.func.sum(t.posting.c.amount_fen)).group_by(
        t.posting.c.currency
    )
    c = t.refund_step.c
    steps = sa.select(c.subject).where((c.after_fen > c.paid_fen) | (c.after_fen < 0))
    given = sa.select(sa.func.coalesce(sa.func.sum(c.after_fen - c.before_fen), 0))
    checks = {
        "the balances do not add up to nothing": all(
            not fen for _, fen in reader.connection.execute(balances)
        ),
        "more was given back than was paid": reader.connection.execute(steps).first() is None,
        "the account and the orders differ": _moved(reader) == reader.connection.execute(given).scalar_one(),
        "the book moved while it was read": queries.head(reader).seq
        == queries.counts(reader).entries
        == head,
    }
    return [what for what, is_so in checks.items() if not is_so]


def _moved(reader: Reader) -> int:
    """What settlements have moved on the receivable account, those that were taken back left out."""
    e, p = t.journal_entry.c, t.posting.c
    moved = (
        sa.select(sa.func.coalesce(sa.func.sum(-p.amount_fen), 0))
        .join(t.journal_entry, (e.book == p.book) & (e.seq == p.seq))
        .where(e.order_no.is_not(None), p.account == "1122.01")
    )
    return int(reader.connection.execute(moved).scalar_one())
