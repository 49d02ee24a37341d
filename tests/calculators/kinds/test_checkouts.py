"""Checkouts: a basket just short of a threshold may be topped up, and then the reduction applies."""

import pytest

from tests.calculators.asking import Json, ask, item_fen, net_of


def _checkout(subtotal: str, *, asks: bool = True, **changes: object) -> Json:
    question = {
        "subtotal": subtotal,
        "threshold": "499.00",
        "reduction": "50.00",
        "customer_asks": asks,
        **changes,
    }
    return ask({"at": "2017-03-01T10:00", "checkout": question})


@pytest.mark.parametrize(
    ("subtotal", "asks", "topup", "pays"),
    [
        ("499.00", True, 0, "449.00"),
        ("498.99", True, 1, "449.00"),
        ("485.00", True, 1_400, "449.00"),
        ("479.00", True, 2_000, "449.00"),
        ("478.99", True, 0, "478.99"),
        ("485.00", False, 0, "485.00"),
    ],
)
def test_who_pays_what(subtotal: str, asks: bool, topup: int, pays: str) -> None:
    answer = _checkout(subtotal, asks=asks)
    assert (-item_fen(answer, "topup"), answer["from_buyer"], answer["decision"]) == (topup, pays, "pay")


def test_freight_comes_on_top_and_all_of_it_is_the_orders_receipt() -> None:
    answer = _checkout("485.00", postage="12.00")
    assert answer["from_buyer"] == "461.00"
    assert net_of(answer["entries"]) == {"1122.01": 46_100, "2203.01": -46_100}


def test_a_top_up_that_may_not_be_made_says_why() -> None:
    assert _checkout("478.99")["not_applied"][0]["item"] == "topup"
