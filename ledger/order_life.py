"""What is booked of an order without any claim: paid, then confirmed or delivered (the end of `chart.md`).

Money rests with the platform until 交易成功. Confirmation moves what is still there after earlier refunds, so
that escrow and contract liability of a finished order are exactly zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from calculators.case_reader import read_order
from calculators.days import business_day
from calculators.facts import Order
from calculators.position import Position, in_fen, opening
from calculators.rulebook import Rulebook
from calculators.terms import Terms
from ledger.chart import ALIPAY, COD, ESCROW, FREIGHT, LIABILITY, POINTS, SALES
from ledger.journal import JournalEntry, Posting
from ledger.recordings import KeyedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What the book still holds of an open order: owed to the buyer, held by the platform, freight not given back.

    `before_delivery` is what left a COD order before any cash came in: `goods`, `postage`, `cash`, `in_kind`.
    """

    liability_fen: int
    escrow_fen: int
    postage_fen: int
    before_delivery: Mapping[str, int] = field(default_factory=dict)


def paid(facts: Mapping[str, Any], rulebook: Rulebook) -> KeyedEntry | None:
    """The entry of an order's payment, keyed by the order; None for COD and for an order not yet paid."""
    order = read_order(facts)
    if order.payment == "cod" or order.paid_at is None:
        return None
    tenders = opening_of(order, rulebook).paid
    postings = _postings(
        {
            ESCROW: tenders.cash_fen,
            POINTS: tenders.points_fen + tenders.jifenbao_fen,
            LIABILITY: -tenders.total_fen,
        }
    )
    return _keyed("paid", order, business_day(order.paid_at), ("order_paid", "买家付款", postings))


def finished(facts: Mapping[str, Any], left: Left, rulebook: Rulebook) -> KeyedEntry | None:
    """The entry of 交易成功 for what is left of the order; None before it, and where nothing is left."""
    order = read_order(facts)
    if order.confirmed_at is None:
        return None
    on = business_day(order.confirmed_at)
    if order.payment == "cod":
        return _keyed(
            "delivered", order, on, ("order_delivered", "货到付款签收", _delivered(order, left, rulebook))
        )
    freight = min(left.postage_fen, left.liability_fen)
    amounts = {
        LIABILITY: left.liability_fen,
        FREIGHT: -freight,
        SALES: freight - left.liability_fen,
        ALIPAY: left.escrow_fen,
        ESCROW: -left.escrow_fen,
    }
    return _keyed("confirmed", order, on, ("order_confirmed", "交易成功", _postings(amounts)))


def _delivered(order: Order, left: Left, rulebook: Rulebook) -> tuple[Posting, ...]:
    position, gone = opening_of(order, rulebook), left.before_delivery
    in_kind = position.paid.points_fen + position.paid.jifenbao_fen
    return _postings(
        {
            COD: position.paid.cash_fen - gone.get("cash", 0),
            POINTS: in_kind - gone.get("in_kind", 0),
            SALES: gone.get("goods", 0) - position.goods_paid_fen,
            FREIGHT: gone.get("postage", 0) - position.postage_fen,
        }
    )


def opening_of(order: Order, rulebook: Rulebook) -> Position:
    """What an order was worth before any claim, its points under the rulebook of the day it was paid on."""
    on = business_day(order.paid_at) if order.paid_at else date.min
    terms = Terms(rulebook, {}, {"asked": on})
    points = in_fen(order.points, terms.number("points_per_yuan"))
    return opening(order, points, in_fen(order.jifenbao, terms.number("jifenbao_per_yuan")))


def _postings(amounts: Mapping[str, int]) -> tuple[Posting, ...]:
    return tuple(Posting(account=account, amount_fen=fen) for account, fen in amounts.items() if fen)


def _keyed(
    deed: str, order: Order, on: date, entry: tuple[str, str, tuple[Posting, ...]]
) -> KeyedEntry | None:
    kind, narration, postings = entry
    if not postings:
        return None
    return KeyedEntry(
        key=f"{deed}:{order.order_no}",
        entry=JournalEntry(
            kind=kind, effective_on=on, narration=narration, postings=postings, order_no=order.order_no
        ),
    )
