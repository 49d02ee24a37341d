"""Kept though late: the goods at 70 to 80 % of their price, with approval."""

import pytest

from tests.calculators.asking import Json, ask, case, order

LATE = {"paid_at": "2017-06-10T10:00", "picked_up_at": "2017-06-15T20:00", "signed_at": "2017-06-17T15:00"}


def _keep(factor: str, *, received: bool = True, **changes: str) -> Json:
    claim = {"kind": "price_difference", "reason": "late_keep", "factor": factor, "received": received}
    return ask(
        case(order((1, "359.00"), postage="10.00", **{**LATE, **changes}), claim, at="2017-06-18T10:00")
    )


@pytest.mark.parametrize(
    ("factor", "amount", "decision"),
    [
        ("0.70", "107.70", "approve"),
        ("0.75", "89.75", "approve"),
        ("0.80", "71.80", "approve"),
        ("0.699999", "0.00", "refuse"),
        ("0.800001", "0.00", "refuse"),
    ],
)
def test_both_ends_of_the_band_are_in_it_and_the_freight_is_not_in_the_base(
    factor: str, amount: str, decision: str
) -> None:
    answer = _keep(factor)
    assert (answer["to_buyer"]["order"], answer["decision"]) == (amount, decision)


def test_an_order_that_was_shipped_in_time_has_no_such_price() -> None:
    assert _keep("0.75", picked_up_at="2017-06-13T10:00:00")["decision"] == "refuse"


def test_it_waits_for_the_goods_to_be_received() -> None:
    assert _keep("0.75", received=False)["entries"] == []


@pytest.mark.parametrize("again", ["0.70", "0.75", "0.80"])
def test_the_late_price_is_one_price_however_often_it_is_asked(again: str) -> None:
    first = {"kind": "price_difference", "reason": "late_keep", "factor": "0.75", "received": True}
    made = order((1, "359.00"), **LATE)
    answer = ask(case(made, {**first, "factor": again}, [first], at="2017-06-18T10:00"))
    assert answer["to_buyer"]["order"] == ("17.95" if again == "0.70" else "0.00")
