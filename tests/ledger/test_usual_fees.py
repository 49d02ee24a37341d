"""Whether a fee is the usual one: by the rulebook's rate, else by what the month's other orders were charged."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cli.rulebooks import default_rulebook
from ledger.awaited import KnownOrder
from ledger.usual_fees import Fee, WrongFee, fees_of, wrong_fees
from tests.ledger.statements import a_line, a_move

ON = date(2026, 10, 31)
RULES = default_rulebook()


def an_order(order_no: str = "33", **changes: Any) -> KnownOrder:
    given: dict[str, Any] = {"activity": "none", "payment": "online", "postage_fen": 0, "lines": 1}
    return KnownOrder(order_no=order_no, confirmed_at=None, **{**given, **changes})


def a_fee(taken_fen: int, *received: int, refunded_fen: int = 0, **changes: Any) -> Fee:
    meaning = changes.pop("meaning", "commission")
    return Fee(
        order=an_order(**changes),
        meaning=meaning,
        taken_fen=taken_fen,
        received=received,
        refunded_fen=refunded_fen,
    )


@pytest.mark.parametrize(
    "fee",
    [
        a_fee(5_00, 100_00),
        a_fee(12_00, 100_00, activity="juhuasuan"),
        a_fee(80, 100_00, meaning="card_fee", payment="card"),
        a_fee(5_00, 112_00, postage_fen=12_00),
        a_fee(5_60, 112_00, postage_fen=12_00),
        a_fee(2_50, 100_00, refunded_fen=50_00),
        a_fee(5_00, 100_00, refunded_fen=50_00),
        a_fee(5_02, 100_00, lines=2),
        a_fee(5_00, 100_00, 12_00),
        a_fee(9_99, 100_00, meaning="card_fee"),
        a_fee(9_99),
    ],
)
def test_a_fee_at_the_rate_on_any_base_the_platform_uses_is_usual(fee: Fee) -> None:
    assert wrong_fees([fee], RULES, ON) == {}


@pytest.mark.parametrize(
    ("fee", "due"),
    [
        (a_fee(8_00, 100_00), 5_00),
        (a_fee(12_00, 100_00), 5_00),
        (a_fee(5_00, 100_00, activity="juhuasuan"), 12_00),
        (a_fee(5_02, 100_00), 5_00),
        (a_fee(2_00, 100_00, refunded_fen=50_00), 5_00),
        (a_fee(1_60, 100_00, meaning="card_fee", payment="card"), 80),
    ],
)
def test_a_fee_at_another_rate_is_wrong_and_says_what_is_due(fee: Fee, due: int) -> None:
    (wrong,) = wrong_fees([fee], RULES, ON).values()
    assert (wrong.taken_fen, wrong.due_fen) == (fee.taken_fen, due)
    assert wrong.rule


def test_without_a_rulebook_the_rate_of_most_orders_is_the_usual_one() -> None:
    fees = [a_fee(4_00, 100_00, order_no=str(number)) for number in range(3)]
    dear = a_fee(9_00, 100_00, order_no="dear")
    assert wrong_fees([*fees, dear], None, ON) == {
        ("dear", "commission"): WrongFee(taken_fen=9_00, due_fen=4_00, rate=Fraction(4, 100), rule="")
    }


def test_two_orders_make_no_usual_rate() -> None:
    fees = [a_fee(4_00, 100_00, order_no="1"), a_fee(9_00, 100_00, order_no="2")]
    assert wrong_fees(fees, None, ON) == {}


def test_a_fee_is_what_was_taken_less_what_came_back_on_what_the_ledger_received() -> None:
    lines = [
        a_line("commission", -5_00),
        a_line("commission", 1_00),
        a_line("receipt", 99_00),
        a_line("service_fee", -60),
        a_line("commission", -5_00, "strange"),
    ]
    moves = [a_move("receipt", 100_00), a_move("refund", -20_00), a_move("cod_remittance", 3_00)]
    (fee,) = fees_of(lines, moves, {"33": an_order()})
    assert (fee.taken_fen, fee.received, fee.refunded_fen) == (4_00, (100_00, 3_00), 20_00)


def test_where_the_ledger_knows_no_receipt_the_statements_counts() -> None:
    lines = [a_line("commission", -5_00), a_line("receipt", 99_00)]
    (fee,) = fees_of(lines, [], {"33": an_order()})
    assert fee.received == (99_00,)
