"""Interleavings: two sessions at one PostgreSQL book, in every order that their three steps can have.

Once they take the book's turn, as our programs do; once they forget it, as a program of somebody else's would,
and only the guards stand between them. Three sessions are played in `tests/faults`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from ledger import approving, periods, queries
from ledger.book import Book
from ledger.replay import replay
from tests.ledger.deeds import close_and_ask, refund
from tests.ledger.playing import Deed, Turn, in_turn, orders, out_of_turn, played, steps
from tests.ledger.postgres import Server
from tests.ledger.samples import DAY, NOW, an_entry, grant, post, reopen, to_be_approved
from tests.ledger.shelves import Shelf

ORDERS = orders("xy")


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
    Race(name="refund and refund", deeds=(refund("C1"), refund("C2")), outcome=_refunds, right=150),
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
        before=close_and_ask,
    ),
]


@pytest.mark.parametrize("turn", [in_turn, out_of_turn])
@pytest.mark.parametrize("race", RACES, ids=[race.name for race in RACES])
def test_two_sessions_come_out_right_in_every_order(
    postgres_shelf: Shelf, server: Server, race: Race, turn: Turn, request: pytest.FixtureRequest
) -> None:
    began, wrong = time.monotonic(), []
    for order in ORDERS:
        with postgres_shelf.one_of_many(f"{race.name} {turn.__name__} {order}") as book:
            race.before(book)
            outcome = played(server, book, order, [steps(book, turn, deed) for deed in race.deeds])
            with book.reading() as reader:
                clean = replay(reader).first_difference is None
            if race.outcome(book) != race.right or not clean or "done" not in outcome:
                wrong.append((order, outcome, race.outcome(book)))
    line = (
        f"faults {len(ORDERS)} lost 0 wrong {len(wrong)} seconds {time.monotonic() - began:.1f} seed 0 "
        f"(interleavings of {race.name}, {turn.__name__.replace('_', ' ')})"
    )
    request.node.user_properties.append(("faults", line))
    assert wrong == []
    assert len(ORDERS) == 20
