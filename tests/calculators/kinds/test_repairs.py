"""Repair credits: 20.00 a line over all its credits, until 15 days after confirmation."""

import pytest

from tests.calculators.asking import CLOSED, Json, ask, case, order, sent_back


def _repair(
    amount: str, *history: Json, line: int = 1, at: str = "2017-03-08T10:00", **changes: object
) -> Json:
    claim = {"kind": "repair", "amount": amount, "lines": [{"line": line, "qty": 1}]}
    return ask(case(order((1, "199.00"), (1, "99.00"), **changes), claim, history, at=at))


def _earlier(amount: str, line: int = 1) -> Json:
    return {"kind": "repair", "amount": amount, "lines": [{"line": line, "qty": 1}]}


@pytest.mark.parametrize(
    ("amount", "decision"), [("0.01", "pay"), ("20.00", "pay"), ("20.01", "refuse"), ("0.00", "refuse")]
)
def test_the_cap_itself_is_given_and_a_fen_more_is_refused_and_not_cut_down(
    amount: str, decision: str
) -> None:
    assert _repair(amount)["decision"] == decision


def test_all_credits_of_a_line_count_and_those_of_another_do_not() -> None:
    assert _repair("5.00", _earlier("15.00"))["decision"] == "pay"
    assert _repair("5.01", _earlier("15.00"))["decision"] == "refuse"
    assert _repair("20.00", _earlier("20.00"), line=2)["decision"] == "pay"


@pytest.mark.parametrize(
    ("at", "decision"), [("2017-03-20T23:59:59", "pay"), ("2017-03-21T00:00:00", "refuse")]
)
def test_after_sales_closes_15_days_from_confirmation(at: str, decision: str) -> None:
    assert _repair("20.00", at=at, **CLOSED)["decision"] == decision


def test_a_line_that_went_back_gets_none() -> None:
    assert _repair("5.00", sent_back("quality", (1, 1)))["decision"] == "refuse"


def test_it_is_an_expense_and_lowers_no_later_refund() -> None:
    assert _repair("5.00")["entries"][0]["postings"][0]["account"] == "5601.04"
    answer = ask(case(order((1, "199.00")), sent_back(), [_earlier("5.00")]))
    assert answer["to_buyer"]["order"] == "199.00"
