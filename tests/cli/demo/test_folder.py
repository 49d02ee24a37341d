"""The demo's files: read back without a fault, the same bytes every time, and in agreement with the ledger."""

import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from calculators.days import parse_moment
from calculators.money import parse_yuan
from cli.demo import write_shop
from cli.demo.folder import CASES, ITEMS, ORDERS, REFUNDS, STATEMENT, Case
from cli.demo.movements import LAST_TRANSFERS_AT, net_fen
from cli.readers import ReadFile, assemble_orders, read_file
from cli.readers.orders import Order
from cli.rulebooks import default_rulebook
from ledger.quoting import quote

LAYOUTS = {
    ORDERS: "order_report",
    ITEMS: "item_report",
    REFUNDS: "refund_report",
    STATEMENT: "alipay_statement",
    CASES: "claims",
}
OWN_LINES = frozenset(
    [
        "buyer_transfer",
        "commission",
        "compensation",
        "service_fee",
        "promotion_topup",
        "points_settlement",
        "card_fee",
        "cod_remittance",
        "withdrawal",
        "deposit",
        "insurance",
        "donation",
    ]
)
Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, ReadFile], Answers]:
    """The demo's files read back, and the answers that the calculators gave while it was written."""
    answers: Answers = {}

    def ask(case: Case) -> dict[str, Any]:
        given = quote(case, default_rulebook()).answer()
        answers[case["claim"]["claim_no"] if "claim" in case else str(len(answers))] = given
        return given

    paths = write_shop(tmp_path_factory.mktemp("demo"), ask)
    return {path.name: read_file(path.name, path.read_bytes()) for path in paths}, answers


def test_every_file_is_read_back_as_what_it_is(demo: tuple[dict[str, ReadFile], Answers]) -> None:
    files, _ = demo
    assert {name: file.layout for name, file in files.items()} == LAYOUTS
    assert len(files[ORDERS].orders) >= 400
    assert len([claim for claim in files[CASES].claims if claim.question == "claim"]) >= 90


def test_every_paid_order_is_assembled_and_unpaid_ones_are_counted(
    demo: tuple[dict[str, ReadFile], Answers],
) -> None:
    files, _ = demo
    assembled = assemble_orders(files[ORDERS], files[ITEMS])
    assert len(assembled.orders) + assembled.unpaid == len(files[ORDERS].rows)
    assert assembled.unpaid > 0
    assert any("coupon" in order for order in assembled.orders)
    assert any("invoice" in order for order in assembled.orders)


def test_the_answers_are_of_every_decision_and_most_are_paid(
    demo: tuple[dict[str, ReadFile], Answers],
) -> None:
    decisions = [given["decision"] for given in demo[1].values()]
    assert set(decisions) == {"pay", "hold", "approve", "refuse"}
    assert decisions.count("pay") >= 90


def test_every_refund_application_is_noted_and_shows_what_was_given(
    demo: tuple[dict[str, ReadFile], Answers],
) -> None:
    files, answers = demo
    noted = {claim.key for claim in files[CASES].claims}
    for row in files[REFUNDS].refunds:
        given = answers[row.refund_no]
        assert row.refund_no in noted
        if given["decision"] in {"pay", "approve"}:
            assert row.amount_fen == parse_yuan(given["to_buyer"]["order"])
        assert (row.finished_at is None) == (given["decision"] == "hold")


def test_the_ledgers_alipay_account_ends_where_the_statement_ends(
    demo: tuple[dict[str, ReadFile], Answers],
) -> None:
    files, answers = demo
    facts = files[STATEMENT].statement
    assert facts is not None
    assert facts.opening_fen is not None
    lines = files[STATEMENT].lines
    own_fen = sum(line.in_fen + line.out_fen for line in lines if line.meaning in OWN_LINES)
    orders = assemble_orders(files[ORDERS], files[ITEMS]).orders
    confirmed_fen = sum(escrow_at_confirmation(order, files[CASES], answers) for order in orders)
    posted_fen = sum(posted(given, "1012.01") for given in answers.values())
    assert facts.opening_fen + confirmed_fen + posted_fen + own_fen == facts.closing_fen


def test_what_is_transferred_to_buyers_is_what_they_are_owed_until_the_last_batch(
    demo: tuple[dict[str, ReadFile], Answers],
) -> None:
    files, answers = demo
    owed = {True: 0, False: 0}
    for claim in files[CASES].claims:
        if claim.key in answers and is_paid(answers[claim.key]):
            in_time = parse_moment(claim.at) + timedelta(minutes=30) < LAST_TRANSFERS_AT
            owed[in_time] += parse_yuan(answers[claim.key]["to_buyer"]["alipay"])
    lines = [line for line in files[STATEMENT].lines if line.meaning == "buyer_transfer"]
    assert sum(line.out_fen for line in lines) == -owed[True]
    assert owed[False]
    assert all(line.order_no for line in lines)


def test_a_closed_order_leaves_nothing_in_escrow(demo: tuple[dict[str, ReadFile], Answers]) -> None:
    files, answers = demo
    closed = {row.order_no for row in files[ORDERS].orders if row.status == "交易关闭"}
    for order in assemble_orders(files[ORDERS], files[ITEMS]).orders:
        if order["order_no"] in closed and order["payment"] != "cod":
            taken = sum(posted(answers[key], "1122.01") for key, _ in claims_on(order, files[CASES]))
            assert cash_fen(order) + taken == 0


def test_two_machines_write_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from cli.demo import write_shop; write_shop(Path(sys.argv[1]))"
    )
    digests = []
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        folder = tmp_path / seed
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=environment)
        digests.append({path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert digests[0] == digests[1]
    assert digests[0].keys() == LAYOUTS.keys()


def is_paid(given: dict[str, Any]) -> bool:
    return given["decision"] in {"pay", "approve"}


def posted(given: dict[str, Any], account: str) -> int:
    return sum(net_fen(entry, account) for entry in given["entries"]) if is_paid(given) else 0


def claims_on(order: Order, noted: ReadFile) -> list[tuple[str, str]]:
    return [(claim.key, claim.at) for claim in noted.claims if claim.order_no == order["order_no"]]


def cash_fen(order: Order) -> int:
    """The cash of an order, from its own lines: a price less the coupon, or what was paid, and the postage."""
    lines = order["lines"]
    goods = sum(
        parse_yuan(line.get("paid") or line["price"]) * (1 if "paid" in line else line["qty"])
        for line in lines
    )
    goods -= parse_yuan(order.get("coupon", {"amount": "0.00"})["amount"])
    tenders: int = order.get("points", 0) + order.get("jifenbao", 0)
    return goods + parse_yuan(order["postage"]) - tenders


def escrow_at_confirmation(order: Order, noted: ReadFile, answers: Answers) -> int:
    if order["payment"] == "cod" or "confirmed_at" not in order:
        return 0
    ended = parse_moment(order["confirmed_at"])
    before = [key for key, at in claims_on(order, noted) if parse_moment(at) < ended]
    return cash_fen(order) + sum(posted(answers[key], "1122.01") for key in before)
