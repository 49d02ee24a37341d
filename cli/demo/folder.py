"""The demo shop as a folder of files, exactly such as its owner would download and its agents would note.

The reports are written once without answers, read back by our own readers, and every claim is put to the
calculators in the order of time; the answers then decide what the platform refunded and what Alipay paid.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from calculators.days import parse_moment
from cli.demo.movements import movements, opening_fen
from cli.demo.reports import Answers, item_report, order_report, refund_report
from cli.demo.shop import DemoShop, build_shop
from cli.demo.statement import statement
from cli.readers.files import read_file
from cli.readers.orders import Order, as_known_at, assemble_orders
from cli.rulebooks import default_rulebook
from ledger.quoting import quote

Case = dict[str, Any]
Ask = Callable[[Case], Mapping[str, Any]]

ORDERS = "ExportOrderList202611010900.csv"
ITEMS = "ExportItemlList202611010900.csv"
REFUNDS = "退款报表202611010900.csv"
STATEMENT = "20880000000000000156_202610_账务明细.csv"
CASES = "cases.jsonl"


def write_shop(folder: Path, ask: Ask | None = None) -> tuple[Path, ...]:
    """Writes the demo shop's five files into a folder and answers their paths; the same bytes every time.

    `ask` gives the answer to a case; without it the calculators are asked under the default rulebook.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in shop_files(ask or _asked_of_calculators()).items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return tuple(written)


def shop_files(ask: Ask) -> dict[str, bytes]:
    """The demo shop's files by name."""
    shop = build_shop()
    answers = answer_all(shop, ask)
    return {
        ORDERS: order_report(shop, answers),
        ITEMS: item_report(shop),
        REFUNDS: refund_report(shop, answers),
        STATEMENT: statement(movements(shop, answers), opening_fen()),
        CASES: noted(shop),
    }


def answer_all(shop: DemoShop, ask: Ask) -> Answers:
    """The answer to every claim and question by its key, earlier settled claims as each one's history."""
    answers: dict[str, Mapping[str, Any]] = {}
    histories: dict[str, list[Mapping[str, Any]]] = {}
    known = _assembled(shop)
    for claim in shop.claims:
        history = histories.setdefault(claim.order_no, [])
        at = claim.at.strftime("%Y-%m-%dT%H:%M:%S")
        order = as_known_at(known[claim.order_no], claim.at)
        answers[claim.key] = ask({"at": at, "order": order, "history": list(history), "claim": claim.body})
        if answers[claim.key]["decision"] in {"pay", "approve"}:
            history.append(claim.body)
    for question in shop.questions:
        answers[question["key"]] = ask({key: value for key, value in question.items() if key != "key"})
    return answers


def noted(shop: DemoShop) -> bytes:
    """What agents noted: one JSON line a claim or question, by the moment it is settled."""
    lines = [
        {"order_no": claim.order_no, "at": claim.at.strftime("%Y-%m-%dT%H:%M:%S"), "claim": claim.body}
        for claim in shop.claims
    ]
    everything = sorted([*lines, *shop.questions], key=lambda line: parse_moment(str(line["at"])))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in everything).encode("utf-8")


def _asked_of_calculators() -> Ask:
    """The calculators' own answers under the rulebook that comes with Settle."""
    rulebook = default_rulebook()
    return lambda case: quote(case, rulebook).answer()


def _assembled(shop: DemoShop) -> dict[str, Order]:
    orders = read_file(ORDERS, order_report(shop, {}))
    items = read_file(ITEMS, item_report(shop))
    return {order["order_no"]: order for order in assemble_orders(orders, items).orders}
