"""Returns: the freight matrix, clause by clause."""

import pytest

from tests.calculators.asking import Json, ask, case, order, sent_back

FREIGHT = {"postage": "15.00", "postage_cost": "10.00"}


@pytest.mark.parametrize(
    ("cause", "free", "on_order", "by_alipay", "rule"),
    [
        ("quality", True, "200.00", "13.00", "001-1.1R"),
        ("quality", False, "215.00", "13.00", "001-1.3R"),
        ("no_reason", True, "200.00", "0.00", "001-1.2R"),
        ("no_reason", False, "200.00", "0.00", "001-1.4R"),
        ("wrong_item", False, "215.00", "13.00", "001-1.3R"),
        ("mismatch", True, "200.00", "13.00", "001-1.1R"),
        ("micro_flaw", True, "200.00", "13.00", "001-1.1R"),
    ],
)
def test_who_gets_what_back(cause: str, free: bool, on_order: str, by_alipay: str, rule: str) -> None:
    answer = _return(cause, free)
    assert (answer["to_buyer"]["order"], answer["to_buyer"]["alipay"]) == (on_order, by_alipay)
    assert answer["items"][0]["rule"] == rule


def _return(cause: str, free: bool = True, **changes: object) -> Json:
    freight = {"free_shipping": True} if free else FREIGHT
    return ask(case(order((1, "200.00"), **freight, **changes), sent_back(cause, return_postage="13.00")))


def test_the_clause_of_the_return_postage_is_the_causes_own() -> None:
    rules = {cause: _return(cause)["items"][-1]["rule"] for cause in ("quality", "micro_flaw")}
    assert rules == {"quality": "003-12", "micro_flaw": "003-13a"}


def test_a_used_coupon_does_not_come_back() -> None:
    answer = _return("quality", coupon={"amount": "50.00"})
    assert (answer["to_buyer"]["order"], answer["to_buyer"]["coupon"]) == ("150.00", "0.00")
    assert "003-1c" in [one["rule"] for one in answer["not_applied"]]
