"""A part sent after: its cost and freight are the shop's, the buyer sends nothing and gets no money."""

import pytest

from tests.calculators.asking import ask, case, given_fen, net_of, order

PART = {"kind": "accessory", "cost": "2.50", "reship_postage": "8.00"}


def test_part_and_freight_are_booked_and_nothing_is_refunded() -> None:
    answer = ask(case(order((1, "299.00")), PART))
    assert given_fen(answer) == 0
    assert net_of(answer["entries"]) == {"5601.04": 250, "1405": -250, "5601.01": 800, "2202.01": -800}


def test_nothing_is_left_of_any_ceiling_that_was_there_before() -> None:
    answer = ask(case(order((1, "299.00")), PART))
    assert all(one["before"] == one["after"] for one in answer["ceilings"])


@pytest.mark.parametrize(("fault", "decision"), [("buyer", "refuse"), ("seller", "pay"), ("courier", "pay")])
def test_only_the_buyers_own_fault_stands_in_the_way(fault: str, decision: str) -> None:
    assert ask(case(order((1, "299.00")), {**PART, "fault": fault}))["decision"] == decision
