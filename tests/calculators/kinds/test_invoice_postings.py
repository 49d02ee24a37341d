"""An invoice posted later: 8.00 of the shop's, never of the buyer's."""

import pytest

from tests.calculators.asking import Json, ask, case, net_of, order

POSTED = {"kind": "invoice_posting", "postage": "8.00"}


def test_the_courier_bills_the_shop() -> None:
    assert net_of(ask(case(order((1, "1000.00")), POSTED))["entries"]) == {"5601.01": 800, "2202.01": -800}


def test_charging_the_buyer_names_the_six_points() -> None:
    answer = ask(case(order((1, "1000.00")), {**POSTED, "charge_buyer": True}))
    assert answer["decision"] == "refuse"
    assert "6 platform points" in answer["advisories"][0]["text"]


@pytest.mark.parametrize(
    ("life", "decision"),
    [
        ({"payment": "cod", "signed_at": None}, "hold"),
        ({"payment": "cod"}, "pay"),
        ({"paid_at": None}, "hold"),
        ({"paid_at": "2017-03-09T10:00"}, "hold"),
    ],
)
def test_an_invoice_is_owed_once_the_goods_are_paid(life: Json, decision: str) -> None:
    assert ask(case(order((1, "1000.00"), **life), POSTED))["decision"] == decision
