"""What the book knows of distributors' months: their orders, what came back of them, and what is asked back.

An order belongs to the month it was paid in, and a refund to the month of its order. Amounts are those of the
goods: freight neither counts for a tier nor lowers one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calculators.case_reader import read_order
from calculators.days import business_day, period_of
from calculators.facts import Order
from calculators.money import format_yuan, parse_yuan
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.order_life import opening_of
from ledger.orders import latest_facts
from ledger.reading import Reader
from ledger.recordings import RecordedSettlement

KIND, CLOSED = "distributor_month", "关闭"
Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFacts:
    """One distributor's month as the case format wants it, and the refunds that are asked for and not booked."""

    body: Body
    pending: tuple[Body, ...] = ()


def booked_months(reader: Reader, month: str, rulebook: Rulebook) -> dict[str, MonthFacts]:
    """What the book's own orders say of every distributor who bought in a month."""
    bought: dict[str, list[Order]] = defaultdict(list)
    for stored in list(latest_facts(reader)):
        if '"distributor"' in stored.facts_json:
            order = read_order(json.loads(stored.facts_json))
            if order.distributor and order.paid_at and period_of(business_day(order.paid_at)) == month:
                bought[order.distributor].append(order)
    return {name: _facts(reader, (name, month), orders, rulebook) for name, orders in sorted(bought.items())}


def recorded_months(reader: Reader, month: str) -> dict[str, list[RecordedSettlement]]:
    """The settlements that stand for a month by distributor, each list oldest first."""
    found: dict[str, list[RecordedSettlement]] = defaultdict(list)
    for stored in queries.settlements_of_kind(reader, KIND):
        body = json.loads(stored.case_json)[KIND]
        if body["month"] == month and stored.reversed_by is None:
            found[body["distributor"]].append(stored)
    return dict(found)


def settled_fen(recorded: Iterable[RecordedSettlement]) -> int:
    """What the settlements of a month gave the distributor, less what they clawed back."""
    answers = [json.loads(one.answer_json) for one in recorded]
    return sum(
        parse_yuan(answer["to_buyer"].get("statement", "0.00")) - parse_yuan(answer["from_buyer"])
        for answer in answers
    )


def _facts(reader: Reader, whose: tuple[str, str], orders: Iterable[Order], rulebook: Rulebook) -> MonthFacts:
    lines: list[Body] = []
    refunds: list[Body] = []
    pending: list[Body] = []
    for order in orders:
        line = _line(
            order.order_no, opening_of(order, rulebook).goods_paid_fen, sum(one.qty for one in order.lines)
        )
        back = _refunds(reader, order)
        lines.append(line)
        refunds += back
        pending += _pending(reader, line, back)
    name, month = whose
    body = {"distributor": name, "month": month, "orders": lines, "refunds": refunds}
    return MonthFacts(body=body, pending=tuple(pending))


def _line(order_no: str, fen: int, pieces: int) -> Body:
    return {"order_no": order_no, "amount": format_yuan(fen), "pieces": pieces}


def _refunds(reader: Reader, order: Order) -> list[Body]:
    """The goods that recorded claims gave back of an order, claim by claim."""
    left = sum(line.qty for line in order.lines)
    found: list[Body] = []
    for recorded in queries.history(reader, order.order_no):
        items = json.loads(recorded.answer_json).get("items", ())
        fen = sum(parse_yuan(item["amount"]) for item in items if item["item"] == "goods")
        if recorded.reversed_by is None and fen:
            lines = json.loads(recorded.case_json)["claim"].get("lines")
            pieces = min(sum(line["qty"] for line in lines) if lines else left, left)
            left -= pieces
            found.append(_line(order.order_no, fen, pieces))
    return found


def _pending(reader: Reader, line: Mapping[str, Any], back: Iterable[Body]) -> list[Body]:
    """The applications of the refund report that are not booked, as far as goods are left.

    One that is finished counts too, for the money is gone; but not where the order has a claim under a number of
    its own, which may be that very refund.
    """
    left_fen = parse_yuan(line["amount"]) - sum(parse_yuan(one["amount"]) for one in back)
    pieces = line["pieces"] - sum(one["pieces"] for one in back)
    claims = _claims(reader, line["order_no"])
    said = _applications(reader, line["order_no"])
    own_numbers = bool(claims - {one["refund_no"] for one in said})
    found: list[Body] = []
    for one in said:
        fen = min(one["amount_fen"], left_fen)
        gone = bool(one.get("finished_at"))
        if (
            fen > 0
            and CLOSED not in one["status"]
            and one["refund_no"] not in claims
            and not (gone and own_numbers)
        ):
            found.append(_line(line["order_no"], fen, pieces if fen == left_fen else 0))
            left_fen -= fen
    return found


def _claims(reader: Reader, order_no: str) -> set[str]:
    """The claims of an order that stand in the book."""
    return {one.claim_no for one in queries.history(reader, order_no) if one.reversed_by is None}


def _applications(reader: Reader, order_no: str) -> list[Mapping[str, Any]]:
    """The refund applications of an order, each as the last imported report has it."""
    said = [json.loads(line.line_json) for line in queries.statement_lines(reader, order_no)]
    return list({one["refund_no"]: one for one in said if "refund_no" in one}.values())
