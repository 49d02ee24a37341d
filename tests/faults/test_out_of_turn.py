"""Out of turn: sixteen programs of somebody else's give back at once and take no turns; the guards keep them apart.

Such a program may be refused because another was faster, and tries again. It is slow, and it is right.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier

import sqlalchemy as sa

from ledger import queries
from ledger.book import Book
from ledger.engine import open_book
from ledger.errors import OverRefund, StaleQuote
from ledger.verify import verify
from tests.faults.tally import SEED, Tally
from tests.ledger.crowds import together
from tests.ledger.playing import out_of_turn
from tests.ledger.samples import a_recording, url_of
from tests.ledger.shelves import Shelf

WRITERS, REFUND_FEN, PAID_FEN, CALLS_AN_ORDER = 16, 60, 200, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One refund that was asked: of which order, whether it was granted, and how often it was tried."""

    order_no: str
    granted: bool
    tries: int


def test_writers_who_forget_the_turn_are_kept_apart_by_the_guards(
    postgres_shelf: Shelf, tally: Callable[[str], Tally]
) -> None:
    group = tally("writers who forget the turn")
    with postgres_shelf.empty() as book:
        book.store.engine.dispose()
        work = partial(_at_work, url_of(book), group.target // WRITERS)
        calls = [call for each in together(WRITERS, work) for call in each]
        asked = Counter(call.order_no for call in calls)
        granted = Counter(call.order_no for call in calls if call.granted)
        fits = {order_no: min(count, PAID_FEN // REFUND_FEN) for order_no, count in asked.items()}
        wrong = sum(granted[order_no] != fits[order_no] for order_no in asked)
        wrong += sum(_refunded(book, order_no) != granted[order_no] * REFUND_FEN for order_no in asked)
        found = verify(url_of(book))
    assert (found.findings, found.entries) == ((), granted.total())
    tries = sum(call.tries for call in calls)
    group.closes(len(calls), lost=0, wrong=wrong, note=f"{tries} tries, {granted.total()} granted")


def _at_work(url: str, calls: int, number: int, barrier: Barrier) -> list[Call]:
    dice = random.Random(SEED + number)
    orders = max(1, WRITERS * calls // CALLS_AN_ORDER)
    with open_book(url) as book:
        barrier.wait()
        return [_call(book, f"{number}-{n}", f"O{dice.randrange(orders)}") for n in range(calls)]


def _call(book: Book, claim_no: str, order_no: str) -> Call:
    """Ask until it is granted, or refused because it does not fit."""
    tries = 0
    while True:
        tries += 1
        try:
            with out_of_turn(book) as desk:
                before = sum(row.refunded_fen for row in queries.refunded(desk.reader, order_no))
                desk.record(a_recording(claim_no, REFUND_FEN, before=before, subject=order_no))
        except OverRefund:
            return Call(order_no=order_no, granted=False, tries=tries)
        except (StaleQuote, sa.exc.IntegrityError):
            continue
        return Call(order_no=order_no, granted=True, tries=tries)


def _refunded(book: Book, order_no: str) -> int:
    with book.reading() as reader:
        return sum(row.refunded_fen for row in queries.refunded(reader, order_no))
