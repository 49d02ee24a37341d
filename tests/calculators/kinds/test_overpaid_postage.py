"""Freight charged piece by piece: what exceeds that of one parcel goes back, once."""

import pytest

from tests.calculators.asking import Json, ask, case, item_fen, life, order, sent_back


def _claim(due: str = "12.00") -> Json:
    return {"kind": "price_difference", "reason": "overpaid_postage", "due": due}


MADE = order((1, "99.00"), (1, "89.00"), postage="30.00")


@pytest.mark.parametrize(
    ("due", "amount"), [("12.00", "18.00"), ("30.00", "0.00"), ("31.00", "0.00"), ("0.00", "30.00")]
)
def test_what_was_charged_above_what_is_due_comes_back(due: str, amount: str) -> None:
    assert ask(case(MADE, _claim(due)))["to_buyer"]["order"] == amount


def test_it_comes_back_once_and_a_lower_freight_gives_the_rest() -> None:
    assert [item_fen(one) for one in life(MADE, [_claim(), _claim(), _claim("10.00")])] == [1_800, 0, 200]


def test_a_return_by_our_fault_gives_back_only_what_is_left_of_the_freight() -> None:
    answer = ask(case(MADE, sent_back(), [_claim()]))
    assert item_fen(answer, "outbound_postage") == 1_200
