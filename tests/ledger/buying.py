"""Distributors who buy in October: their orders and what comes back, as the shop's files and claims bring them."""

import json
from typing import Any

from cli.rulebooks import default_rulebook
from ledger.book import Book
from ledger.claims import Subject, case_of_claim, recording
from ledger.quoting import quote
from ledger.recordings import OrderFacts, Statement, StatementLine
from tests.ledger.samples import NOW

RULES = default_rulebook()
MONTH = "2026-10"


def an_order(order_no: str, price: str, qty: int = 10, **changes: Any) -> dict[str, Any]:
    """An order of d-01, paid on 5 October, with freight that counts for nothing."""
    return {
        "order_no": order_no,
        "paid_at": "2026-10-05T10:00",
        "ship_clicked_at": "2026-10-05T18:00",
        "signed_at": "2026-10-08T10:00",
        "postage": "20.00",
        "distributor": "d-01",
        "lines": [{"line": 1, "qty": qty, "price": price}],
        **changes,
    }


def bought(book: Book, *orders: dict[str, Any]) -> None:
    """Store orders as an import does."""
    with book.writing(actor="wang", now=NOW) as desk:
        for order in orders:
            desk.store_facts(OrderFacts(order_no=order["order_no"], facts_json=json.dumps(order)))


def returned(book: Book, order: dict[str, Any], claim_no: str, qty: int, **changes: Any) -> int:
    """Record a return of so many pieces of an order; answers its entry."""
    claim = {
        "kind": "return",
        "cause": "quality",
        "received": True,
        "claim_no": claim_no,
        "lines": [{"line": 1, "qty": qty}],
        **changes,
    }
    with book.writing(actor="wang", now=NOW) as desk:
        case = case_of_claim(order, desk.history(order["order_no"]), claim, "2026-10-12T10:00:00+08:00")
        subject = Subject(claim_no=claim_no, order_no=order["order_no"])
        return desk.record(recording(quote(case, RULES), case, subject)).seq


def applied(book: Book, digest: str, *applications: dict[str, Any]) -> None:
    """Store a refund report with these applications."""
    lines = []
    for row_no, said in enumerate(applications, start=2):
        given = {
            "amount_fen": 10_000,
            "status": "买家已经退货，等待卖家确认收货",
            "finished_at": None,
            **said,
        }
        line_json = json.dumps(given, ensure_ascii=False)
        lines.append(StatementLine(row_no=row_no, reference=given["order_no"], line_json=line_json))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_statement(
            Statement(name="退款.csv", layout="refund_report", sha256=digest * 64, lines=tuple(lines))
        )
