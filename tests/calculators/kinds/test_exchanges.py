"""Exchanges: who pays the way back and out again, and the difference in price."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.money import format_yuan, parse_yuan
from tests.calculators.asking import CLOSED, Json, ask, case, given_fen, life, net_of, order, sent_back


def _exchange(cause: str = "size", price: str = "200.00", stock: int = 8, **changes: Any) -> Json:
    claim = {
        **sent_back(cause, return_postage="13.00", reship_postage="15.00", **changes.pop("claim", {})),
        "kind": "exchange",
        "replacement": {"price": price, "stock": stock},
    }
    policy = changes.pop("policy", {})
    made = order((1, "200.00"), **{"free_shipping": True, **changes})
    made["lines"][0] |= changes.pop("line", {})
    return ask(case(made, claim, policy=policy))


@pytest.mark.parametrize(
    ("cause", "free", "to_buyer", "from_buyer"),
    [
        ("quality", True, "13.00", "0.00"),
        ("quality", False, "13.00", "0.00"),
        ("size", True, "0.00", "0.00"),
        ("size", False, "0.00", "15.00"),
    ],
)
def test_who_pays_which_way(cause: str, free: bool, to_buyer: str, from_buyer: str) -> None:
    answer = _exchange(cause, free_shipping=free)
    assert (answer["to_buyer"]["alipay"], answer["from_buyer"]) == (to_buyer, from_buyer)
    assert net_of(answer["entries"])["2202.01"] == -1_500


def test_a_shop_may_let_the_buyer_always_pay_the_reship() -> None:
    assert _exchange(policy={"noreason_exchange_reship": "BUYER_ALWAYS"})["from_buyer"] == "15.00"


def test_the_difference_is_the_buyers_at_once_or_his_after_receipt() -> None:
    dearer, cheaper = _exchange(price="230.00"), _exchange(price="180.00")
    assert (dearer["from_buyer"], cheaper["to_buyer"]["alipay"]) == ("30.00", "20.00")
    assert net_of(dearer["entries"])["2203.01"] == -3_000
    assert net_of(_exchange(price="230.00", **CLOSED)["entries"])["5001.01"] == -3_000


@pytest.mark.parametrize(("stock", "decision"), [(4, "refuse"), (5, "pay")])
def test_below_five_in_stock_it_is_refunded_and_ordered_again(stock: int, decision: str) -> None:
    assert _exchange(stock=stock)["decision"] == decision


def test_refund_and_exchange_exclude_each_other_and_nothing_goes_out_before_the_return_is_in() -> None:
    assert [one["fact"] for one in _exchange(claim={"refund_open": True})["awaits"]] == [
        "one_of_refund_or_exchange"
    ]
    assert [one["fact"] for one in _exchange(claim={"received": False})["awaits"]] == ["goods_received"]


def test_only_what_is_left_of_a_line_is_compared() -> None:
    made = order((2, "100.00"), free_shipping=True)
    claim = {
        **sent_back("quality", (1, 1)),
        "kind": "exchange",
        "replacement": {"price": "100.00", "stock": 8},
    }
    answer = ask(case(made, claim, [sent_back("quality", (1, 1))]))
    assert answer["from_buyer"] == answer["to_buyer"]["alipay"] == "0.00"


@pytest.mark.parametrize("cause", ["quality", "size"])
def test_the_same_style_in_another_size_does_not_cost_the_coupon(cause: str) -> None:
    made = order((1, "499.00"), coupon={"amount": "50.00"})
    swapped = {
        "kind": "exchange",
        "cause": cause,
        "received": True,
        "replacement": {"price": "499.00", "stock": 8},
    }
    answer = ask(case(made, swapped))
    assert (answer["from_buyer"], answer["to_buyer"]["alipay"]) == ("0.00", "0.00")


def test_what_was_credited_is_not_refunded_again_by_a_cheaper_piece() -> None:
    concession = {"kind": "price_difference", "reason": "concession", "amount": "15.00"}
    cheaper = {
        "kind": "exchange",
        "cause": "size",
        "received": True,
        "replacement": {"price": "179.00", "stock": 8},
    }
    answer = ask(case(order((1, "199.00")), cheaper, [concession]))
    assert answer["to_buyer"]["alipay"] == "5.00"


def _swapped(price: str, *counts: tuple[int, int]) -> Json:
    return {**sent_back("quality", *counts), "kind": "exchange", "replacement": {"price": price, "stock": 8}}


PRICES = st.integers(1, 60_000).map(format_yuan)


@given(first=PRICES, others=st.lists(PRICES, min_size=1, max_size=4))
def test_a_chain_of_exchanges_costs_what_the_last_piece_costs_more_than_the_first(
    first: str, others: list[str]
) -> None:
    answers = life(order((1, first)), [_swapped(price) for price in others])
    paid = sum(parse_yuan(answer["from_buyer"]) - given_fen(answer) for answer in answers)
    assert paid == parse_yuan(others[-1]) - parse_yuan(first)


@given(
    first=PRICES,
    others=st.lists(st.tuples(PRICES, st.integers(1, 3)), min_size=1, max_size=4),
)
def test_pieces_exchanged_in_any_way_give_back_exactly_what_was_paid(
    first: str, others: list[tuple[str, int]]
) -> None:
    claims = [_swapped(price, (1, qty)) for price, qty in others]
    answers = life(order((3, first)), [*claims, sent_back()])
    paid = 3 * parse_yuan(first) + sum(parse_yuan(answer["from_buyer"]) for answer in answers)
    assert paid == sum(given_fen(answer) for answer in answers)
