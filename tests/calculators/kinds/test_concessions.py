"""Concessions: the goods stay, and the amount should be far below the postage it saves."""

import pytest

from tests.calculators.asking import Json, ask, case, order


def _concession(amount: str) -> Json:
    claim = {"kind": "price_difference", "reason": "concession", "amount": amount}
    return ask(case(order((1, "299.00")), {**claim, "return_postage": "12.00", "reship_postage": "10.00"}))


@pytest.mark.parametrize(
    ("amount", "warned"), [("8.00", False), ("21.99", False), ("22.00", True), ("25.00", True)]
)
def test_from_the_postage_saved_upwards_there_is_a_warning(amount: str, warned: bool) -> None:
    answer = _concession(amount)
    assert answer["to_buyer"]["order"] == amount
    assert any(one["id"] == "C-21" for one in answer["advisories"]) is warned


def test_it_is_given_on_the_order_whatever_its_amount() -> None:
    assert _concession("0.01")["to_buyer"]["alipay"] == "0.00"


@pytest.mark.parametrize("amount", ["0.00", "299.01"])
def test_nothing_and_more_than_was_paid_are_refused(amount: str) -> None:
    assert _concession(amount)["decision"] == "refuse"
