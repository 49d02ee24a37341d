"""Interleavings of payments: two sessions pay, import and take back, in every order that their steps can have.

On a server once as our programs do and once without taking turns, so that only the guards stand between them;
on a file, where nobody can write without the turn, as our programs do.
"""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as finished
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from ledger import queries
from ledger.book import Book
from ledger.errors import LedgerError
from ledger.paying import Payment
from ledger.replay import replay
from tests.ledger.owing import BUYERS, imported, owe, rows, sent
from tests.ledger.playing import Deed, Turn, in_turn, orders, out_of_turn, played, steps
from tests.ledger.postgres import Server
from tests.ledger.samples import DAY
from tests.ledger.shelves import Shelf

ORDERS = orders("xy")
_PATIENCE_SECONDS = 0.03


def _pay(claim: str, serial: str) -> Deed:
    return lambda desk: desk.pay(Payment(claims=(claim,), serial=serial, on=DAY))


def _import(*serials: str) -> Deed:
    return lambda desk: desk.post_statement([sent(serial, 1200, "O1") for serial in serials])


def _match(serial: str) -> Deed:
    return lambda desk: desk.match_transfers([sent(serial, 1200, "O1")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """What two sessions do about one claim of 12.00, whether S1 was imported before, and how much is then sent.

    C1 is entry 1 where nothing was imported before it. `paid` is what C1 is paid at the end, by any session.
    """

    name: str
    deeds: tuple[Deed, Deed]
    sent_fen: tuple[int, ...]
    paid: tuple[int, ...] = (1200,)
    imported: bool = False


RACES = [
    Race(
        name="pay and pay by another transfer", deeds=(_pay("C1", "S1"), _pay("C1", "S2")), sent_fen=(1200,)
    ),
    Race(name="pay and pay the same", deeds=(_pay("C1", "S1"), _pay("C1", "S1")), sent_fen=(1200,)),
    Race(name="pay and import the same", deeds=(_pay("C1", "S1"), _import("S1")), sent_fen=(1200,)),
    Race(
        name="pay and import another",
        deeds=(_pay("C1", "S1"), _import("S2")),
        sent_fen=(1200, 2400),
    ),
    Race(name="import and import", deeds=(_import("S1"), _import("S1")), sent_fen=(1200,)),
    Race(name="match and match", deeds=(_match("S1"), _match("S1")), sent_fen=(1200,), imported=True),
    Race(
        name="match and pay by another transfer",
        deeds=(_match("S1"), _pay("C1", "S2")),
        sent_fen=(1200, 2400),
        imported=True,
    ),
    Race(
        name="pay and take the claim back",
        deeds=(_pay("C1", "S1"), lambda desk: desk.reverse(1, DAY, "错")),
        sent_fen=(1200, 0),
        paid=(1200, 0),
    ),
]


def _prepare(book: Book, race: Race) -> None:
    if race.imported:
        imported(book, sent("S1", 1200, "O9"))
    owe(book, "C1", 1200)


def _is_right(book: Book, race: Race, outcome: list[str]) -> bool:
    """C1 is paid once at most, nothing was sent twice, the sums tie, and at least one session came through."""
    with book.reading() as reader:
        clean = replay(reader).first_difference is None
        alipay, owes = (queries.balance(reader, account) for account in ("1012.01", BUYERS))
    open_rows = rows(book)
    owed = sum(row.open_fen for row in open_rows if row.claim_no == "C1")
    paid = 1200 - owed if any(row.claim_no == "C1" for row in open_rows) else None
    tied = sum(row.open_fen for row in open_rows) == -owes
    return (
        clean
        and tied
        and "done" in outcome
        and -alipay in race.sent_fen
        and (paid is None or paid in race.paid)
    )


@pytest.mark.parametrize("turn", [in_turn, out_of_turn])
@pytest.mark.parametrize("race", RACES, ids=[race.name for race in RACES])
def test_two_sessions_at_a_server_come_out_right_in_every_order(
    postgres_shelf: Shelf, server: Server, race: Race, turn: Turn, request: pytest.FixtureRequest
) -> None:
    began, wrong = time.monotonic(), []
    for order in ORDERS:
        with postgres_shelf.one_of_many(f"{race.name} {turn.__name__} {order}") as book:
            _prepare(book, race)
            outcome = played(server, book, order, [steps(book, turn, deed) for deed in race.deeds])
            if not _is_right(book, race, outcome):
                wrong.append((order, outcome))
    line = (
        f"faults {len(ORDERS)} lost 0 wrong {len(wrong)} seconds {time.monotonic() - began:.1f} seed 0 "
        f"(interleavings of {race.name}, {turn.__name__.replace('_', ' ')})"
    )
    request.node.user_properties.append(("faults", line))
    assert wrong == []


@pytest.mark.parametrize("race", RACES, ids=[race.name for race in RACES])
def test_two_sessions_at_a_file_come_out_right_in_every_order(sqlite_shelf: Shelf, race: Race) -> None:
    wrong = []
    for order in ORDERS:
        with sqlite_shelf.one_of_many(race.name) as book:
            _prepare(book, race)
            outcome = _played_at_a_file(order, [steps(book, in_turn, deed) for deed in race.deeds])
            if not _is_right(book, race, outcome):
                wrong.append((order, outcome))
    assert wrong == []


def _played_at_a_file(order: str, sessions: list[Iterator[None]]) -> list[str]:
    """Take the steps in that order; whoever must wait for the file is left waiting while the other goes on."""
    taken: dict[str, list[Future[None]]] = {"a": [], "b": []}
    pools = {name: ThreadPoolExecutor(max_workers=1) for name in taken}
    for name in order:
        step = pools[name].submit(next, sessions["ab".index(name)])
        taken[name].append(step)
        finished([step], timeout=_PATIENCE_SECONDS)
    for pool in pools.values():
        pool.shutdown()
    return [_outcome(each) for each in taken.values()]


def _outcome(taken: list[Future[None]]) -> str:
    refused = [step.exception() for step in taken]
    for one in refused:
        if one is not None and not isinstance(one, LedgerError | sa.exc.IntegrityError | StopIteration):
            raise one
    return "refused" if any(isinstance(one, LedgerError) for one in refused) else "done"
