"""Settle itself, asked as everybody asks it: a case as JSON a return, those before it as its history.

The pieces come back for quality, so that nothing is withheld and everything paid is due.
"""

from typing import Any

from calculators.money import format_yuan
from cli.rulebooks import default_rulebook
from ledger.quoting import quote
from tests.oracle.shopping import Order, Return, Returns

Json = dict[str, Any]

LIFE = {
    "paid_at": "2017-03-01T10:00",
    "ship_clicked_at": "2017-03-01T18:00",
    "picked_up_at": "2017-03-01T20:00",
    "signed_at": "2017-03-04T15:00",
    "free_shipping": True,
}


def refunds(order: Order, returns: Returns) -> list[int]:
    """What each return is settled at, in fen."""
    asked, claims = _order(order), [_claim(one) for one in returns]
    return [_paid(asked, claims[:place], claim) for place, claim in enumerate(claims)]


def _paid(order: Json, history: list[Json], claim: Json) -> int:
    case = {"at": "2017-03-08T10:00", "order": order, "history": history, "claim": claim}
    return quote(case, default_rulebook()).settlement.to_buyer.order_fen


def _order(order: Order) -> Json:
    lines = [
        {"line": number, "qty": line.qty, "price": format_yuan(line.unit_fen)}
        for number, line in enumerate(order.lines, start=1)
    ]
    return {"order_no": "T", **LIFE, "lines": lines, "coupon": {"amount": format_yuan(order.discount_fen)}}


def _claim(one: Return) -> Json:
    lines = [{"line": place + 1, "qty": qty} for place, qty in one.items()]
    return {"kind": "return", "cause": "quality", "received": True, "lines": lines}
