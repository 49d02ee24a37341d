"""Interleavings of three: three sessions at one PostgreSQL book, in every order that their three steps can have.

There are 1,680 orders. Where sessions do the same, orders that differ in nothing but who is called what are one,
and one of them is played: 280 where all three do the same, 840 where two do. Each is played by sessions that take
the book's turn, and by sessions that forget it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from ledger import approving, periods, queries
from ledger.book import Book
from ledger.desk import Desk
from ledger.paying import Payment
from ledger.replay import replay
from tests.faults.tally import Tally
from tests.ledger.deeds import close_and_ask, refund
from tests.ledger.owing import BUYERS, owe
from tests.ledger.playing import Deed, Turn, in_turn, orders, out_of_turn, played, steps
from tests.ledger.postgres import Server
from tests.ledger.samples import DAY, NOW, an_entry, grant, post, reopen, to_be_approved
from tests.ledger.shelves import Shelf

ALL = 1680


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """What three sessions do, which of them do the same, and what must have come of them."""

    deeds: tuple[Deed, Deed, Deed]
    alike: str
    is_right: Callable[[Book, list[str]], bool]
    before: Callable[[Book], object] = lambda book: None


def _post(key: str) -> Deed:
    return lambda desk: desk.post(an_entry(), key=key)


def _is_refunded_once(book: Book, outcomes: list[str]) -> bool:
    with book.reading() as reader:
        refunded = sum(row.refunded_fen for row in queries.refunded(reader, "O1"))
    return refunded == 150 and outcomes.count("done") == 1


def _has_what_the_close_saw(book: Book, outcomes: list[str]) -> bool:
    """The month holds what was posted, and where it was closed, the close saw all of it."""
    with book.reading() as reader:
        held = periods.entry_count(reader, "2026-10")
        event = periods.last_event(reader, "2026-10")
    is_closed = outcomes[0] == "done"
    return held == outcomes[1:].count("done") and (event["entries"] == held if event else not is_closed)


def _is_reversed_once(book: Book, outcomes: list[str]) -> bool:
    with book.reading() as reader:
        return queries.counts(reader).entries == 2 and outcomes.count("done") == 1


def _is_approved_once(book: Book, outcomes: list[str]) -> bool:
    with book.reading() as reader:
        said = [word.action for word in approving.words(reader, "claim", "C1")]
        recorded = queries.settlement(reader, "C1") is not None
    return said == ["ask", "grant"] and recorded and outcomes.count("done") == 1


def _is_answered_once(book: Book, outcomes: list[str]) -> bool:
    with book.reading() as reader:
        said = [word.action for word in approving.words(reader, "claim", "C1")]
        recorded = queries.settlement(reader, "C1") is not None
    answer = "refuse" if outcomes[2] == "done" else "grant"
    return said == ["ask", answer] and recorded == (answer == "grant") and outcomes.count("done") == 1


def _is_reopened_once(book: Book, outcomes: list[str]) -> bool:
    with book.reading() as reader:
        event = periods.last_event(reader, "2026-10")
    return event is not None and event["version"] == 2 and outcomes.count("done") == 1


def _is_paid_once(book: Book, outcomes: list[str]) -> bool:
    with book.reading() as reader:
        sent, owed = (queries.balance(reader, account) for account in ("1012.01", BUYERS))
    return (sent, owed) == (-1200, 0) and outcomes.count("done") == 1


def _pay(serial: str) -> Deed:
    return lambda desk: desk.pay(Payment(claims=("C1",), serial=serial, on=DAY))


def _refuse(desk: Desk) -> object:
    return desk.store_approval(replace(grant("C1"), action="refuse", reason="多了"))


def _ask(book: Book) -> object:
    with book.writing(actor="zhao", now=NOW) as desk:
        return desk.ask(to_be_approved("C1"))


RACES = {
    "three refunds": Race(
        deeds=(refund("C1"), refund("C2"), refund("C3")), alike="xxx", is_right=_is_refunded_once
    ),
    "a close and two posts": Race(
        deeds=(lambda desk: desk.close("2026-10"), _post("a"), _post("b")),
        alike="xyy",
        is_right=_has_what_the_close_saw,
    ),
    "three reversals": Race(
        deeds=(lambda desk: desk.reverse(1, DAY, "错"),) * 3,
        alike="xxx",
        is_right=_is_reversed_once,
        before=lambda book: post(book, an_entry(), "first"),
    ),
    "three approvals": Race(
        deeds=(lambda desk: desk.approve(to_be_approved("C1")),) * 3,
        alike="xxx",
        is_right=_is_approved_once,
        before=_ask,
    ),
    "two approvals and a refusal": Race(
        deeds=(*(lambda desk: desk.approve(to_be_approved("C1")),) * 2, _refuse),
        alike="xxy",
        is_right=_is_answered_once,
        before=_ask,
    ),
    "three reopenings": Race(
        deeds=(lambda desk: reopen(desk, "2026-10"),) * 3,
        alike="xxx",
        is_right=_is_reopened_once,
        before=close_and_ask,
    ),
    "three payments": Race(
        deeds=(_pay("S1"), _pay("S2"), _pay("S3")),
        alike="xxx",
        is_right=_is_paid_once,
        before=lambda book: owe(book, "C1", 1200),
    ),
}


@pytest.mark.parametrize("name", RACES)
def test_three_sessions_come_out_right_in_every_order(
    postgres_shelf: Shelf, server: Server, tally: Callable[[str], Tally], name: str
) -> None:
    group, race, wrong = tally(name), RACES[name], []
    found = orders(race.alike)
    some = found if 2 * len(found) <= group.target else group.dice.sample(found, group.target // 2)
    for turn in (in_turn, out_of_turn):
        for order in some:
            with postgres_shelf.one_of_many(f"{name} {turn.__name__} {order}") as book:
                outcomes = _played(server, book, race, turn, order)
                if not race.is_right(book, outcomes) or not _is_clean(book):
                    wrong.append((turn.__name__, order, outcomes))
    assert wrong == []
    stands_for = 2 * ALL * len(some) // len(found)
    group.closes(
        2 * len(some), lost=0, wrong=0, note=f"each played once for {stands_for} of {2 * ALL} orders"
    )


def _played(server: Server, book: Book, race: Race, turn: Turn, order: str) -> list[str]:
    race.before(book)
    return played(server, book, order, [steps(book, turn, deed) for deed in race.deeds])


def _is_clean(book: Book) -> bool:
    with book.reading() as reader:
        return replay(reader).first_difference is None


def test_equal_sessions_are_not_told_apart_and_all_orders_are_counted() -> None:
    assert [len(orders(alike)) for alike in ("xyz", "xyy", "xxx")] == [ALL, ALL // 2, ALL // 6]
    assert all(min(order.index(name) for name in "bc") == order.index("b") for order in orders("xyy"))
