"""Goodwill: an amount the shop chooses, in cash or as a coupon, never for a review."""

import pytest

from tests.calculators.asking import CLOSED, Json, ask, case, order


def _goodwill(amount: str, **claim: object) -> Json:
    return ask(case(order((1, "299.00"), **CLOSED), {"kind": "goodwill", "amount": amount, **claim}))


@pytest.mark.parametrize(
    ("amount", "decision"), [("5.00", "pay"), ("20.00", "pay"), ("20.01", "approve"), ("0.00", "refuse")]
)
def test_above_20_00_the_supervisor_agrees_first(amount: str, decision: str) -> None:
    assert _goodwill(amount)["decision"] == decision


def test_a_coupon_is_marketing_and_cash_is_compensation() -> None:
    cash, coupon = _goodwill("5.00"), _goodwill("5.00", **{"as": "coupon"})
    accounts = [[one["account"] for one in answer["entries"][0]["postings"]] for answer in (cash, coupon)]
    assert accounts == [["5601.04", "2241.02"], ["5601.05", "2203.02"]]


def test_no_payment_depends_on_a_review() -> None:
    answer = _goodwill("5.00", conditional_on_review=True)
    assert (answer["decision"], [one["id"] for one in answer["advisories"]]) == ("refuse", ["C-12"])
