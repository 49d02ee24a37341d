"""Stalled tracking: two findings of one line, and the limit over both."""

import pytest

from calculators.money import parse_yuan
from tests.calculators.packed import bought, under

OVERDUE = {"kind": "stalled_tracking", "finding": "timeout"}
ASTRAY = {"kind": "stalled_tracking", "finding": "abnormal"}


@pytest.mark.parametrize("price", ["10.00", "25.00", "30.00", "300.00", "499.90", "1000.00", "4000.00"])
def test_both_findings_together_come_to_the_same_whichever_came_first(price: str) -> None:
    order = bought(price)
    totals = []
    for first, second in ((OVERDUE, ASTRAY), (ASTRAY, OVERDUE)):
        earlier = {**first, "asked_at": "2026-08-19T10:00"}
        one = under(order, first, "2026-08-19T10:00")["to_buyer"]["red_packet"]
        other = under(order, second, "2026-08-20T10:00", earlier)["to_buyer"]["red_packet"]
        totals.append(parse_yuan(one) + parse_yuan(other))
    assert totals[0] == totals[1]


def test_the_findings_stand_under_their_own_articles() -> None:
    rules = [under(bought("300.00"), claim)["items"][0]["rule"] for claim in (OVERDUE, ASTRAY)]
    assert rules == ["11000266-10", "11000266-11"]
