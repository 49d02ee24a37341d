"""Distributors' months: tiers on what is left after refunds, the return rate, breaches and claw-backs."""

from typing import Any

import pytest

from calculators.case_reader import read_case
from calculators.errors import BadCase
from tests.calculators.asking import Json, ask


def _month(amount: str, refund: str | None = None, policy: Any = None, **changes: Any) -> Json:
    orders = [{"order_no": "D1", "amount": amount, "pieces": 100}]
    refunds = [{"order_no": "D1", "amount": refund, "pieces": 25}] if refund else []
    month = {"distributor": "d", "month": "2017-03", "orders": orders, "refunds": refunds, **changes}
    return ask({"at": "2017-04-02T10:00", "policy": policy or {}, "distributor_month": month})


def test_refunds_come_off_before_the_tier_is_found() -> None:
    assert _month("30000.00", "6000.00")["to_buyer"]["statement"] == "3600.00"
    assert _month("60000.00", "10000.00")["to_buyer"]["statement"] == "7500.00"


@pytest.mark.parametrize(("basis", "rebate"), [("AMOUNT", "3750.00"), ("PIECES", "0.00"), ("ORDERS", "0.00")])
def test_the_return_rate_is_by_amount_unless_the_shop_counts_otherwise(basis: str, rebate: str) -> None:
    answer = _month("30000.00", "5000.00", {"dist_return_rate_basis": basis})
    assert answer["to_buyer"]["statement"] == rebate


@pytest.mark.parametrize(
    ("breach", "rebate"),
    [
        ("damaged", "0.00"),
        ("tags_swapped", "0.00"),
        ("malicious_complaint", "0.00"),
        ("bad_review", "4500.00"),
    ],
)
def test_a_breach_cancels_the_month_and_a_bad_review_does_not(breach: str, rebate: str) -> None:
    assert _month("30000.00", breaches=[breach])["to_buyer"]["statement"] == rebate


def test_above_the_last_tier_the_manual_is_silent() -> None:
    above = _month("500000.01")
    assert (above["decision"], above["to_buyer"]["statement"]) == ("approve", "100000.00")
    assert _month("500000.01", policy={"dist_above_500k": "SHOP_ONLY"})["to_buyer"]["statement"] == "0.00"


@pytest.mark.parametrize(("reading", "from_buyer"), [("REOPEN_MONTH", "2650.00"), ("NEXT_MONTH", "0.00")])
def test_a_refund_after_the_close_is_clawed_back_or_left_to_the_next_month(
    reading: str, from_buyer: str
) -> None:
    answer = _month("50000.01", "1000.00", {"dist_late_refund": reading}, settled="10000.00")
    assert (answer["from_buyer"], answer["to_buyer"]["statement"]) == (from_buyer, "0.00")


def test_marginal_gives_each_slice_its_own_factor() -> None:
    answer = _month("60000.00", policy={"dist_discount_shape": "MARGINAL"})
    assert answer["to_buyer"]["statement"] == "8000.00"


def test_a_factor_granted_to_a_month_of_shop_promotions_gives_nothing() -> None:
    month = {"distributor": "d", "month": "2017-03", "orders": [], "granted_factor": "0.85"}
    asked = {"at": "2017-04-02T10:00", "distributor_month": month}
    answer = ask(asked)
    assert (answer["decision"], answer["to_buyer"]["statement"]) == ("pay", "0.00")


def test_a_month_of_no_shops_time_is_a_bad_case() -> None:
    with pytest.raises(BadCase, match=r"distributor_month\.month"):
        read_case(
            {
                "at": "2017-04-02T10:00",
                "distributor_month": {"distributor": "d", "month": "0000-01", "orders": []},
            }
        )
