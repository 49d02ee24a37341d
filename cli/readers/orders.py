"""From the rows of the order and item reports to the `order` of a case.

What was paid for a line is the platform's own fact where it can be proved: the lines and the postage must
make up cash, points and jifenbao to the fen. The item report writes the postage into a line only when the
order has one line, so both readings are tried. Where neither fits, what is lacking against the prices is
taken as one coupon over all lines and the calculators split it; where that is negative the order is a fault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from calculators.days import SHANGHAI, parse_day, parse_moment
from calculators.masking import mask
from calculators.money import format_yuan
from cli.errors import BadCell, BadFile, Fault
from cli.readers.notes import Marks, read_marks
from cli.readers.rows import ItemRow, OrderRow, ReadFile

_UNPAID = frozenset({"等待买家付款"})
_LIFE = ("paid_at", "ship_clicked_at", "picked_up_at", "signed_at", "confirmed_at")

Order = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssembledOrders:
    """The paid orders of a pair of reports as a case wants them, and how many were never paid."""

    orders: tuple[Order, ...]
    unpaid: int


def assemble_orders(orders: ReadFile, items: ReadFile) -> AssembledOrders:
    """Every paid order with its lines; `BadFile` with each order or item that has no counterpart."""
    by_order: dict[str, list[ItemRow]] = {}
    for item in items.items:
        by_order.setdefault(item.order_no, []).append(item)
    known = {order.order_no for order in orders.orders}
    faults = [_stray(items.name, rows[0]) for number, rows in by_order.items() if number not in known]
    assembled: list[Order] = []
    for order in orders.orders:
        if not is_paid(order):
            continue
        try:
            assembled.append(assemble(order, by_order.get(order.order_no, [])))
        except BadFile as bad:
            faults += [replace(fault, file=orders.name) for fault in bad.faults]
    if faults:
        raise BadFile(faults)
    unpaid = sum(1 for order in orders.orders if not is_paid(order))
    return AssembledOrders(orders=tuple(assembled), unpaid=unpaid)


def is_paid(order: OrderRow) -> bool:
    """Whether there is anything to settle: the buyer has paid, or pays the courier."""
    return order.status not in _UNPAID and (order.paid_at is not None or _payment(order) == "cod")


def assemble(order_row: OrderRow, item_rows: Sequence[ItemRow]) -> Order:
    """The `order` object of a case: yuan as text, moments as ISO 8601; `BadFile` where it does not add up."""
    try:
        if not item_rows:
            raise BadCell("no_items")
        marks = read_marks(f"{order_row.note} {order_row.shop_note}")
        facts = {**_life(order_row), **_facts(order_row), **marks.facts}
        invoice = _invoice(facts)
        lines = [_line(place, item, marks) for place, item in enumerate(item_rows, start=1)]
        _all_marked(marks, lines)
        return {**facts, **invoice, "lines": lines, **_shares(order_row, item_rows, lines)}
    except BadCell as fault:
        raise BadFile([_order_fault(order_row, fault)]) from fault


def as_known_at(order: Mapping[str, Any], at: datetime) -> Order:
    """The order as it was known at a moment: what happened later is left out, an invoice's return too."""
    known = {key: value for key, value in order.items() if key not in _LIFE or parse_moment(value) <= at}
    invoice = order.get("invoice")
    if not invoice:
        return known
    if parse_day(invoice["issued_on"]) > at.astimezone(SHANGHAI).date():
        return {key: value for key, value in known.items() if key != "invoice"}
    returned = invoice.get("returned_on")
    if returned and parse_day(returned) > at.astimezone(SHANGHAI).date():
        known["invoice"] = {**invoice, "returned_on": None}
    return known


def _order_fault(order: OrderRow, fault: BadCell) -> Fault:
    return Fault(
        code=fault.code,
        file="",
        row=order.row,
        column="订单编号",
        value=mask(order.order_no),
        detail=fault.detail,
    )


def _stray(name: str, item: ItemRow) -> Fault:
    return Fault(code="no_order", file=name, row=item.row, column="主订单编号", value=mask(item.order_no))


def _life(order: OrderRow) -> dict[str, str]:
    moments = {
        "paid_at": order.paid_at or order.created_at,
        "ship_clicked_at": order.shipped_at,
        "confirmed_at": order.confirmed_at,
    }
    return {key: _iso(at) for key, at in moments.items() if at is not None}


def _facts(order: OrderRow) -> Order:
    postage_fen = order.postage_fen or 0
    facts: Order = {
        "order_no": order.order_no,
        "payment": _payment(order),
        "free_shipping": postage_fen == 0,
        "postage": format_yuan(postage_fen),
    }
    if order.points:
        facts["points"] = order.points
    if order.jifenbao_fen:
        facts["jifenbao"] = order.jifenbao_fen
    return facts


def _payment(order: OrderRow) -> str:
    if "货到付款" in order.payment_detail + order.delivery:
        return "cod"
    return "card" if "信用卡" in order.payment_detail else "online"


def _invoice(facts: Order) -> Order:
    """Turns the note's two invoice marks into the case's one object, taking them out of the facts."""
    said, returned_on = facts.pop("invoice", None), facts.pop("invoice_returned_on", None)
    if said is None and returned_on is not None:
        raise BadCell("bad_note", "【发票退回】")
    if said is None:
        return {}
    amount, _, issued_on = said.partition(" ")
    return {"invoice": {"amount": amount, "issued_on": issued_on, "returned_on": returned_on}}


def _line(place: int, item: ItemRow, marks: Marks) -> Order:
    sku = item.sku or item.outer_sku or item.sub_order_no or f"line-{place}"
    line: Order = {"line": place, "sku": sku, "qty": item.qty, "price": format_yuan(item.price_fen)}
    if item.qty == 0:
        raise BadCell("sums_do_not_fit", f"({sku}: 0)")
    if sku in marks.special_price:
        line["special_price"] = True
    if sku in marks.presale:
        line["presale"] = True
    return line


def _all_marked(marks: Marks, lines: Sequence[Order]) -> None:
    """A mark whose SKU is in no line would silently change nothing, so it is a fault."""
    strangers = (marks.special_price | marks.presale) - {line["sku"] for line in lines}
    if strangers:
        raise BadCell("bad_note", f"({' '.join(sorted(strangers))})")


def _shares(order: OrderRow, items: Sequence[ItemRow], lines: Sequence[Order]) -> Order:
    """Gives each line its `paid` where the platform's figures prove themselves, else answers a coupon."""
    goods_fen = order.cash_fen + (order.points or 0) + (order.jifenbao_fen or 0) - (order.postage_fen or 0)
    paid = _proved(goods_fen, order.postage_fen or 0, items)
    if paid:
        for line, fen in zip(lines, paid, strict=True):
            line["paid"] = format_yuan(fen)
        return {}
    coupon_fen = sum(item.price_fen * item.qty for item in items) - goods_fen
    if coupon_fen < 0 or goods_fen < 0 or order.postage_fen is None:
        detail = f"({format_yuan(goods_fen)} ≠ {format_yuan(goods_fen + coupon_fen)})"
        raise BadCell("sums_do_not_fit", detail)
    return {"coupon": {"amount": format_yuan(coupon_fen)}} if coupon_fen else {}


def _proved(goods_fen: int, postage_fen: int, items: Sequence[ItemRow]) -> list[int]:
    """The lines' own figures where they sum to the goods, less the postage of a single line; else nothing."""
    figures = [item.paid_fen for item in items if item.paid_fen is not None]
    if len(figures) != len(items):
        return []
    if sum(figures) == goods_fen:
        return figures
    bare = figures[0] - postage_fen
    return [bare] if len(figures) == 1 and bare == goods_fen else []


def _iso(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")
