"""A gift at cost out of stock, with or without the cash that was promised."""

import pytest

from tests.calculators.asking import ask, case, given_fen, net_of, order


def test_a_gift_leaves_stock_and_not_the_price() -> None:
    answer = ask(case(order((1, "299.00")), {"kind": "gift", "cost": "3.00"}))
    assert given_fen(answer) == 0
    assert net_of(answer["entries"]) == {"5601.05": 300, "1405": -300}


@pytest.mark.parametrize(("amount", "channel"), [("99.99", "alipay"), ("100.00", "order")])
def test_promised_cash_goes_by_its_amount(amount: str, channel: str) -> None:
    answer = ask(case(order((1, "299.00")), {"kind": "gift", "cost": "3.00", "amount": amount}))
    assert answer["to_buyer"][channel] == amount
    assert answer["decision"] == "approve"


def test_a_gift_for_a_review_books_nothing() -> None:
    claim = {"kind": "gift", "cost": "3.00", "amount": "5.00", "conditional_on_review": True}
    answer = ask(case(order((1, "299.00")), claim))
    assert (answer["decision"], answer["entries"]) == ("refuse", [])


def test_a_gift_without_a_cost_is_refused() -> None:
    assert ask(case(order((1, "299.00")), {"kind": "gift", "cost": "0.00"}))["decision"] == "refuse"
