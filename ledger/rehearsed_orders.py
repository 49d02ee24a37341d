"""Orders in a rehearsal: what the end of an order (交易成功) would have moved, had its claims been settled otherwise.

An order's confirmation moves what is left of it. Where a claim before it would have given more or less, that much
less or more is left, and the entry of the confirmation would have been another. Only orders that differ are kept.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from calculators.case_reader import read_order
from calculators.days import parse_moment
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.chart import ALIPAY, COD, ESCROW, FREIGHT, LIABILITY, POINTS, SALES
from ledger.order_life import Left, finished
from ledger.orders import NEVER_DELIVERED
from ledger.reading import Reader
from ledger.rehearsed_answers import Answer, difference
from ledger.replay_entries import SealedEntry

_Left = Counter[str]


class RehearsedOrders:
    """What orders would have left, less what the book has left of them."""

    def __init__(self, reader: Reader, rulebook: Rulebook) -> None:
        self._reader = reader
        self._rulebook = rulebook
        self._left: dict[str, _Left] = {}
        self._taken: dict[int, tuple[str, _Left]] = {}
        self._gone: dict[str, dict[int, tuple[datetime, _Left]]] = {}

    def claimed(self, sealed: SealedEntry, booked: Answer, would_be: Answer) -> None:
        """Take in a claim on an order that would have been settled otherwise."""
        entry, row = sealed.entry, sealed.settlement
        if entry.order_no is None or row is None:
            return
        moved, gave = (difference(one, other) for one, other in _pairs(would_be, booked))
        left = Counter(
            liability=-moved.get(LIABILITY, 0), escrow=moved.get(ESCROW, 0), postage=-gave.get("postage", 0)
        )
        self._take(entry.seq, entry.order_no, left)
        if row.kind in NEVER_DELIVERED:
            at = parse_moment(json.loads(row.case_json)["at"])
            self._gone.setdefault(entry.order_no, {})[entry.seq] = (at, Counter(gave))

    def taken_back(self, seq: int) -> None:
        """Put back what entry `seq` took: it was reversed."""
        order_no, left = self._taken.pop(seq, ("", Counter()))
        if order_no:
            self._left[order_no].subtract(left)
            self._gone.get(order_no, {}).pop(seq, None)

    def finished(self, sealed: SealedEntry) -> dict[str, int]:
        """By account, what an order's confirmation would have moved more than it did."""
        order_no = sealed.entry.order_no
        if order_no is None or order_no not in self._left:
            return {}
        stored = queries.facts(self._reader, order_no)
        if stored is None:
            return {}
        facts = json.loads(stored.facts_json)
        if read_order(facts).confirmed_at is None:
            return {}
        if sealed.entry.kind == "order_delivered":
            return self._delivered(order_no, parse_moment(facts["confirmed_at"]))
        return self._confirmed(sealed, order_no, facts)

    def _confirmed(self, sealed: SealedEntry, order_no: str, facts: Mapping[str, Any]) -> dict[str, int]:
        seq = sealed.entry.seq
        booked, more = _moved(sealed), self._left[order_no]
        given = {row.bucket: row.refunded_fen for row in queries.refunded(self._reader, order_no, seq)}
        left = Left(
            liability_fen=booked[LIABILITY] + more["liability"],
            escrow_fen=booked[ALIPAY] + more["escrow"],
            postage_fen=read_order(facts).postage_fen - given.get("postage", 0) + more["postage"],
        )
        keyed = finished(facts, left, self._rulebook)
        would_be: _Left = Counter()
        for line in keyed.entry.postings if keyed else ():
            would_be[line.account] += line.amount_fen
        self._take(seq, order_no, Counter(liability=-more["liability"], escrow=-more["escrow"]))
        return difference(would_be, booked)

    def _delivered(self, order_no: str, delivered_at: datetime) -> dict[str, int]:
        gone: _Left = Counter()
        for at, gave in self._gone.get(order_no, {}).values():
            if at < delivered_at:
                gone.update(gave)
        less = {
            COD: -gone["cash"],
            POINTS: -gone["in_kind"],
            SALES: gone["goods"],
            FREIGHT: gone["postage"],
        }
        return difference(less, {})

    def _take(self, seq: int, order_no: str, left: _Left) -> None:
        self._left.setdefault(order_no, Counter()).update(left)
        self._taken[seq] = (order_no, left)


def _pairs(one: Answer, other: Answer) -> tuple[tuple[Mapping[str, int], Mapping[str, int]], ...]:
    return (one.moved, other.moved), (_gave(one), _gave(other))


def _moved(sealed: SealedEntry) -> _Left:
    moved: _Left = Counter()
    for line in sealed.postings:
        moved[line.account] += line.amount_fen
    return moved


def _gave(answer: Answer) -> dict[str, int]:
    """What an answer gives back of an order, in fen."""
    given = answer.given
    if given is None:
        return {}
    return {
        "goods": sum(parse_yuan(fen) for fen in given["lines"].values()),
        "postage": parse_yuan(given["postage"]),
        "cash": parse_yuan(given["cash"]),
        "in_kind": given["points"] + given["jifenbao"],
    }
