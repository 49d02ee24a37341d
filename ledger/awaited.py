"""What the platform owes for orders that are confirmed, before the close has posted it; and orders in brief."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from calculators.days import business_day, parse_moment
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from ledger.account_moves import Move
from ledger.chart import ALIPAY, COD, ESCROW
from ledger.order_life import Left, finished
from ledger.orders import FINISHING, gone_before, latest_facts
from ledger.reading import LINES, REVERSED_BY, SEALED, E, P, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrder:
    """An order as far as the platform's fees go by it."""

    order_no: str
    activity: str
    payment: str
    postage_fen: int
    lines: int
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """The orders of a book: every number, the wanted ones in brief, and what confirmed ones still bring in."""

    numbers: frozenset[str]
    known: Mapping[str | None, KnownOrder]
    awaited: tuple[Move, ...]


def orders_in_brief(reader: Reader, wanted: Collection[str], rulebook: Rulebook | None) -> Orders:
    """The book's orders; without a rulebook nothing is awaited of COD orders that the close has yet to post."""
    finished, escrow = _finished(reader), _escrow(reader)
    numbers: list[str] = []
    known: dict[str | None, KnownOrder] = {}
    awaited: list[Move] = []
    for stored in latest_facts(reader):
        numbers.append(stored.order_no)
        is_open = stored.order_no not in finished
        if is_open or stored.order_no in wanted:
            facts = json.loads(stored.facts_json)
            order = _brief(facts)
            known[order.order_no] = order
            if is_open and order.confirmed_at is not None:
                if order.payment == "cod":
                    awaited += _collected(reader, facts, order.confirmed_at, rulebook)
                else:
                    awaited += _released(order, escrow.get(order.order_no, 0))
    return Orders(numbers=frozenset(numbers), known=known, awaited=tuple(awaited))


def _brief(facts: Mapping[str, Any]) -> KnownOrder:
    confirmed = facts.get("confirmed_at")
    return KnownOrder(
        order_no=facts["order_no"],
        activity=facts.get("activity", "none"),
        payment=facts.get("payment", "online"),
        postage_fen=parse_yuan(facts.get("postage", "0.00")),
        lines=len(facts["lines"]),
        confirmed_at=parse_moment(confirmed) if confirmed else None,
    )


def _released(order: KnownOrder, fen: int) -> Iterator[Move]:
    if fen and order.confirmed_at:
        yield _move(order.order_no, business_day(order.confirmed_at), ("receipt", fen, ALIPAY))


def _collected(
    reader: Reader, facts: Mapping[str, Any], delivered_at: datetime, rulebook: Rulebook | None
) -> Iterator[Move]:
    """What the courier collected of a COD order, by the entry that the close will post of it."""
    if rulebook is None:
        return
    gone = gone_before(reader, facts["order_no"], delivered_at)
    left = Left(liability_fen=0, escrow_fen=0, postage_fen=0, before_delivery=gone)
    entry = finished(facts, left, rulebook)
    postings = entry.entry.postings if entry else ()
    fen = sum(posting.amount_fen for posting in postings if posting.account == COD)
    if fen:
        yield _move(facts["order_no"], business_day(delivered_at), ("cod_remittance", fen, COD))


def _move(order_no: str, on: date, what: tuple[str, int, str]) -> Move:
    meaning, fen, account = what
    return Move(seq=None, on=on, order_no=order_no, meaning=meaning, fen=fen, account=account)


def _finished(reader: Reader) -> frozenset[str]:
    select = sa.select(E.order_no, REVERSED_BY).select_from(SEALED)
    rows = reader.rows(select.where(E.book == reader.book, E.kind.in_(FINISHING)))
    return frozenset(row["order_no"] for row in rows if row["reversed_by"] is None)


def _escrow(reader: Reader) -> dict[str, int]:
    total = sa.func.sum(P.amount_fen).label("fen")
    select = sa.select(E.order_no, total).select_from(LINES)
    select = select.where(E.book == reader.book, P.account == ESCROW).group_by(E.order_no)
    return {row["order_no"]: int(row["fen"]) for row in reader.rows(select) if row["order_no"]}
