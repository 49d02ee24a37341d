"""Interleavings: two sessions at one PostgreSQL book, in every order that their three steps can have.

Each session reads, writes and commits. A step that must wait is left waiting while the other session goes on,
as it would be. Once the sessions take the book's turn, as our programs do; once they forget it, as a program
of somebody else's would, and only the guards stand between them.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as finished
from dataclasses import dataclass, replace
from itertools import combinations

import psycopg
import pytest
import sqlalchemy as sa

from ledger import approving, periods, queries
from ledger.book import Book
from ledger.chain import Chain
from ledger.desk import Desk
from ledger.errors import LedgerError
from ledger.reading import Reader
from ledger.replay import replay
from tests.ledger.postgres import Server
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, grant, post, reopen, to_be_approved
from tests.ledger.shelves import Shelf

ORDERS = [["ab"[n in first] for n in range(6)] for first in combinations(range(6), 3)]
Turn = Callable[[Book], contextlib.AbstractContextManager[Desk]]
Deed = Callable[[Desk], object]


def _in_turn(book: Book) -> contextlib.AbstractContextManager[Desk]:
    return book.writing(actor="wang", now=NOW)


@contextlib.contextmanager
def _out_of_turn(book: Book) -> Iterator[Desk]:
    with book.store.engine.connect() as connection, connection.begin():
        desk = Desk(Chain(Reader(connection=connection, book=book.name), "wang", NOW))
        yield desk
        desk.finish()


def _steps(book: Book, turn: Turn, deed: Deed) -> Iterator[None]:
    """A session: it reads as its turn begins, then writes, then commits."""
    with turn(book) as desk:
        periods.last_closed(desk.reader)
        yield
        deed(desk)
        desk.finish()
        yield
    yield


def _refund(claim_no: str) -> Deed:
    def deed(desk: Desk) -> object:
        before = sum(row.refunded_fen for row in queries.refunded(desk.reader, "O1"))
        return desk.record(a_recording(claim_no, 150, before=before))

    return deed


def _refunds(book: Book) -> int:
    with book.reading() as reader:
        return sum(row.refunded_fen for row in queries.refunded(reader, "O1"))


def _entries(book: Book) -> int:
    with book.reading() as reader:
        return queries.counts(reader).entries


def _closings(book: Book) -> int:
    """1 where the month is closed or holds the entry, and the close saw what the month holds."""
    with book.reading() as reader:
        held = periods.entry_count(reader, "2026-10")
        event = periods.last_event(reader, "2026-10")
    return int(event["entries"] == held if event else held == 1)


def _posted(book: Book) -> object:
    return post(book, an_entry(), "first")


def _asked(book: Book) -> object:
    with book.writing(actor="zhao", now=NOW) as desk:
        return desk.ask(to_be_approved("C1"))


def _closed_and_asked(book: Book) -> object:
    post(book, an_entry(), "first")
    with book.writing(actor="zhao", now=NOW) as desk:
        desk.close("2026-10")
        return desk.ask_reopening("2026-10", "漏记")


def _answers(book: Book) -> int:
    """1 where the claim was answered once, and recorded if it was granted."""
    with book.reading() as reader:
        said = [word.action for word in approving.words(reader, "claim", "C1")]
        recorded = queries.settlement(reader, "C1") is not None
    return int(said in (["ask", "grant"], ["ask", "refuse"]) and recorded == (said[-1] == "grant"))


def _openings(book: Book) -> int:
    with book.reading() as reader:
        event = periods.last_event(reader, "2026-10")
    return event["version"] if event else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """What two sessions do, and what must come of it in every order."""

    name: str
    deeds: tuple[Deed, Deed]
    outcome: Callable[[Book], int]
    right: int
    before: Callable[[Book], object] = lambda book: None


RACES = [
    Race(name="refund and refund", deeds=(_refund("C1"), _refund("C2")), outcome=_refunds, right=150),
    Race(
        name="one key and the same",
        deeds=(lambda desk: desk.post(an_entry(), key="k"), lambda desk: desk.post(an_entry(), key="k")),
        outcome=_entries,
        right=2,
        before=_posted,
    ),
    Race(
        name="close and post",
        deeds=(lambda desk: desk.close("2026-10"), lambda desk: desk.post(an_entry(), key="k")),
        outcome=_closings,
        right=1,
    ),
    Race(
        name="reverse and reverse",
        deeds=(lambda desk: desk.reverse(1, DAY, "错"), lambda desk: desk.reverse(1, DAY, "错")),
        outcome=_entries,
        right=2,
        before=_posted,
    ),
    Race(
        name="approve and approve",
        deeds=(
            lambda desk: desk.approve(to_be_approved("C1")),
            lambda desk: desk.approve(to_be_approved("C1")),
        ),
        outcome=_answers,
        right=1,
        before=_asked,
    ),
    Race(
        name="approve and refuse",
        deeds=(
            lambda desk: desk.approve(to_be_approved("C1")),
            lambda desk: desk.store_approval(replace(grant("C1"), action="refuse", reason="多了")),
        ),
        outcome=_answers,
        right=1,
        before=_asked,
    ),
    Race(
        name="reopen and reopen",
        deeds=(lambda desk: reopen(desk, "2026-10"), lambda desk: reopen(desk, "2026-10")),
        outcome=_openings,
        right=2,
        before=_closed_and_asked,
    ),
]


@pytest.mark.parametrize("turn", [_in_turn, _out_of_turn])
@pytest.mark.parametrize("race", RACES, ids=[race.name for race in RACES])
def test_two_sessions_come_out_right_in_every_order(
    postgres_shelf: Shelf, server: Server, race: Race, turn: Turn, request: pytest.FixtureRequest
) -> None:
    began, wrong = time.monotonic(), []
    for order in ORDERS:
        with postgres_shelf.one_of_many(f"{race.name} {turn.__name__} {''.join(order)}") as book:
            race.before(book)
            outcome = _played(server, book, order, [_steps(book, turn, deed) for deed in race.deeds])
            with book.reading() as reader:
                clean = replay(reader).first_difference is None
            if race.outcome(book) != race.right or not clean or "done" not in outcome:
                wrong.append(("".join(order), outcome, race.outcome(book)))
    line = (
        f"faults {len(ORDERS)} lost 0 wrong {len(wrong)} seconds {time.monotonic() - began:.1f} seed 0 "
        f"(interleavings of {race.name}, {turn.__name__.strip('_').replace('_', ' ')})"
    )
    request.node.user_properties.append(("faults", line))
    assert wrong == []
    assert len(ORDERS) == 20


def _played(server: Server, book: Book, order: list[str], sessions: list[Iterator[None]]) -> list[str]:
    """Take the steps in that order; answers for each session whether it is done, or what refused it."""
    steps: dict[str, list[Future[None]]] = {"a": [], "b": []}
    pools = {name: ThreadPoolExecutor(max_workers=1) for name in steps}
    database = str(book.store.engine.url.database)
    with server.connect(database) as watch:
        for name in order:
            step = pools[name].submit(next, sessions["ab".index(name)])
            steps[name].append(step)
            _until_done_or_waiting(watch, step)
    for pool in pools.values():
        pool.shutdown()
    return [_outcome(taken) for taken in steps.values()]


def _until_done_or_waiting(watch: psycopg.Connection, step: Future[None]) -> None:
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not finished([step], timeout=0.001).done:
        if watch.execute(waiting).fetchone() != (0,):
            return


def _outcome(steps: list[Future[None]]) -> str:
    for step in steps:
        refused = step.exception()
        if isinstance(refused, LedgerError | sa.exc.IntegrityError):
            return type(refused).__name__
        if refused and not isinstance(refused, StopIteration):
            raise refused
    return "done"
