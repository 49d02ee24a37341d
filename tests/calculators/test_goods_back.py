"""Goods come back: which channel the money takes, what ends an order, and what a refund waits for."""

import pytest

from tests.calculators.asking import CLOSED, ask, case, life, net_of, order, sent_back

KEPT = {"1012.01", "1122.01", "2203.01", "5051.01"}


@pytest.mark.parametrize(
    ("changes", "route", "channel"),
    [
        ({}, "order", "order"),
        (CLOSED, "order", "order"),
        ({}, "timed_out", "alipay"),
        ({"payment": "cod", **CLOSED}, "order", "alipay"),
        ({"payment": "card"}, "order", "order"),
    ],
)
def test_an_orders_own_money_goes_back_where_it_can(
    changes: dict[str, str], route: str, channel: str
) -> None:
    answer = ask(case(order((1, "100.00"), **changes), sent_back("quality", route=route, fault="seller")))
    assert answer["to_buyer"][channel] == "100.00"
    assert {item["channel"] for item in answer["items"]} == {channel}


def test_a_refund_says_what_the_pieces_were_worth_and_how_many_went_before() -> None:
    made = order((3, "50.00"), coupon={"amount": "50.00"})
    (item,) = ask(case(made, sent_back("quality", (1, 1)), [sent_back("quality", (1, 1))]))["items"]
    assert item["formula"] == "R(100.00 × 2/3) − R(100.00 × 1/3)"
    assert (item["inputs"]["coupon_share"], item["inputs"]["given_before"]) == ("50.00", "33.33")


def test_the_last_piece_ends_an_open_order_and_earlier_ones_do_not() -> None:
    made = order((1, "100.00"), (1, "50.00"), postage="15.00")
    first, last = life(made, [sent_back("no_reason", (1, 1)), sent_back("no_reason", (2, 1))])
    assert net_of(first["entries"]) == {"2203.01": 10_000, "1122.01": -10_000}
    assert net_of(last["entries"]) == {
        "2203.01": 6_500,
        "1122.01": -6_500,
        "5051.01": -1_500,
        "1012.01": 1_500,
    }


def test_a_closed_order_has_ended_already() -> None:
    answer = ask(case(order((1, "100.00"), postage="15.00", **CLOSED), sent_back("no_reason")))
    assert net_of(answer["entries"]) == {"5001.02": 10_000, "1012.01": -10_000}


def test_a_return_waits_for_the_goods_and_a_cod_order_for_its_success() -> None:
    on_the_way = ask(case(order((1, "100.00")), sent_back(received=False)))
    undelivered = ask(case(order((1, "100.00"), payment="cod"), sent_back()))
    assert [one["fact"] for one in on_the_way["awaits"]] == ["goods_received"]
    assert [one["fact"] for one in undelivered["awaits"]] == ["order_confirmed"]
    assert on_the_way["decision"] == undelivered["decision"] == "hold"


def test_no_piece_is_settled_twice() -> None:
    answer = ask(case(order((2, "50.00")), sent_back("quality", (1, 2)), [sent_back("quality", (1, 1))]))
    assert answer["decision"] == "refuse"
    assert answer["not_applied"][0]["rule"] == "000-9"


def test_points_of_a_refused_cod_parcel_go_back_and_no_cash() -> None:
    made = order((1, "100.00"), payment="cod", points=2500, signed_at=None)
    answer = ask(case(made, {"kind": "reject", "returned": True}))
    assert answer["to_buyer"] == {
        **dict.fromkeys(("order", "alipay", "coupon", "statement"), "0.00"),
        "points": 2500,
        "jifenbao": 0,
    }
