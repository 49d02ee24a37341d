"""Invoices for more than was paid: 10 % of the excess, approved, and advised against."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, case, order


def _invoice(requested: str, *history: Json, policy: Any = None, **changes: Any) -> Json:
    claim = {"kind": "invoice", "requested": requested}
    return ask(case(order((1, "1000.00"), **changes), claim, history, policy=policy or {}))


@pytest.mark.parametrize(
    ("requested", "fee", "decision"),
    [
        ("1500.00", "50.00", "approve"),
        ("1123.45", "12.35", "approve"),
        ("1000.04", "0.00", "approve"),
        ("1000.05", "0.01", "approve"),
        ("1000.00", "0.00", "pay"),
    ],
)
def test_the_excess_costs_ten_percent_and_always_needs_somebody(
    requested: str, fee: str, decision: str
) -> None:
    answer = _invoice(requested)
    assert (answer["from_buyer"], answer["decision"]) == (fee, decision)


def test_it_is_always_advised_against() -> None:
    assert [one["id"] for one in _invoice("1500.00")["advisories"]] == ["C-04"]


def test_a_shop_may_forbid_it() -> None:
    answer = _invoice("1500.00", policy={"allow_over_invoice": False})
    assert (answer["decision"], answer["from_buyer"]) == ("refuse", "0.00")


def test_what_was_paid_is_the_cash_with_its_freight() -> None:
    assert _invoice("961.00", coupon={"amount": "50.00"}, postage="12.00", points=100)["decision"] == "pay"
    assert (
        _invoice("961.01", coupon={"amount": "50.00"}, postage="12.00", points=100)["decision"] == "approve"
    )


def test_a_fee_that_was_paid_is_not_charged_again() -> None:
    assert _invoice("1500.00", {"kind": "invoice", "requested": "1500.00"})["from_buyer"] == "0.00"
