"""Orders as the book knows them: their latest facts, and what is left of each before it is finished."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from calculators.case_reader import read_order
from calculators.days import business_day, parse_moment, period_of
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from ledger import queries
from ledger import tables as t
from ledger.chart import ESCROW, LIABILITY
from ledger.claims import settled
from ledger.order_life import Left, finished
from ledger.reading import LINES, Reader
from ledger.recordings import KeyedEntry, OrderFacts

FINISHING = frozenset({"order_confirmed", "order_delivered"})
NEVER_DELIVERED = frozenset({"cancel", "reject", "lost"})
_FACTS = t.order_facts.c
_ENTRY, _POSTING = t.journal_entry.c, t.posting.c


def latest_facts(reader: Reader) -> Iterator[OrderFacts]:
    """Every order's facts as last imported, in the order of their numbers."""
    newest = (
        sa.select(_FACTS.order_no, sa.func.max(_FACTS.version).label("version"))
        .where(_FACTS.book == reader.book)
        .group_by(_FACTS.order_no)
        .subquery()
    )
    joined = t.order_facts.join(
        newest, (_FACTS.order_no == newest.c.order_no) & (_FACTS.version == newest.c.version)
    )
    select = sa.select(_FACTS.order_no, _FACTS.facts_json, _FACTS.source).select_from(joined)
    rows = reader.rows(select.where(_FACTS.book == reader.book).order_by(_FACTS.order_no))
    return (OrderFacts(**row) for row in rows)


def left_of(reader: Reader, order_no: str, postage_fen: int) -> Left:
    """What the accounts and refund steps have left of an order whose buyer paid that much freight."""
    given = {row.bucket: row.refunded_fen for row in queries.refunded(reader, order_no)}
    return Left(
        liability_fen=-_movement(reader, order_no, LIABILITY),
        escrow_fen=_movement(reader, order_no, ESCROW),
        postage_fen=postage_fen - given.get("postage", 0),
    )


def gone_before(reader: Reader, order_no: str, delivered_at: datetime) -> dict[str, int]:
    """What recorded claims took out of a COD order before it was delivered, in fen: never collected, never sold."""
    gone = dict.fromkeys(("goods", "postage", "cash", "in_kind"), 0)
    for recorded in queries.history(reader, order_no):
        asked_at = parse_moment(json.loads(recorded.case_json)["at"])
        taken_out = recorded.kind in NEVER_DELIVERED and recorded.reversed_by is None
        if taken_out and asked_at < delivered_at:
            given = settled(json.loads(recorded.answer_json)["ceilings"])
            gone["goods"] += sum(parse_yuan(fen) for fen in given["lines"].values())
            gone["postage"] += parse_yuan(given["postage"])
            gone["cash"] += parse_yuan(given["cash"])
            gone["in_kind"] += given["points"] + given["jifenbao"]
    return gone


def _movement(reader: Reader, order_no: str, account: str) -> int:
    return reader.number(
        sa.select(sa.func.coalesce(sa.func.sum(_POSTING.amount_fen), 0))
        .select_from(LINES)
        .where(_ENTRY.book == reader.book, _ENTRY.order_no == order_no, _POSTING.account == account)
    )


def finishing_entries(reader: Reader, period: str, rulebook: Rulebook) -> list[KeyedEntry]:
    """The 交易成功 entries of every order confirmed in a period, for what is left of each.

    An order that was finished before has nothing left, or its entry stands under the same key.
    """
    entries = []
    for stored in list(latest_facts(reader)):
        facts = json.loads(stored.facts_json)
        order = read_order(facts)
        if order.confirmed_at is None or period_of(business_day(order.confirmed_at)) != period:
            continue
        if not is_finished(reader, order.order_no):
            left = left_of(reader, order.order_no, order.postage_fen)
            if order.payment == "cod":
                left = replace(left, before_delivery=gone_before(reader, order.order_no, order.confirmed_at))
            entries.append(finished(facts, left, rulebook))
    return [entry for entry in entries if entry is not None]


def is_finished(reader: Reader, order_no: str) -> bool:
    """Whether the order's 交易成功 is already posted and not reversed."""
    entries = queries.entries_of_order(reader, order_no)
    return any(entry.kind in FINISHING and entry.reversed_by is None for entry in entries)
