"""Staff: fines by their steps or of at least 30.00, and rewards only as the shop has set them."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, item_fen, net_of


def _staff(policy: Any = None, **question: Any) -> Json:
    return ask({"at": "2017-03-31T10:00", "policy": policy or {}, "staff": question})


@pytest.mark.parametrize(("occurrence", "fine"), [(1, 1_000), (2, 3_000), (3, 0), (4, 0)])
def test_ten_thirty_and_then_dismissal_without_money(occurrence: int, fine: int) -> None:
    assert item_fen(_staff(what="breach", occurrence=occurrence), "staff_fine") == fine


def test_a_breach_that_is_not_counted_is_not_fined() -> None:
    answer = _staff(what="breach")
    assert (answer["decision"], answer["items"]) == ("refuse", [])


def test_a_fine_goes_to_the_departments_fund_and_is_no_income() -> None:
    assert net_of(_staff(what="breach", occurrence=1)["entries"]) == {"2211": 1_000, "2241.01": -1_000}


@pytest.mark.parametrize(("amount", "decision"), [("30.00", "pay"), ("29.99", "refuse"), ("50.00", "pay")])
def test_a_complaint_costs_at_least_30_00(amount: str, decision: str) -> None:
    assert _staff(what="complaint", amount=amount)["decision"] == decision


def test_a_reward_that_the_manual_leaves_blank_is_never_invented() -> None:
    assert _staff(what="reward", errors=2, ideas=1)["decision"] == "refuse"
    set_by_shop = _staff({"reward_error": "5.00", "reward_idea": "20.00"}, what="reward", errors=2, ideas=1)
    assert item_fen(set_by_shop, "staff_reward") == 3_000
    assert net_of(set_by_shop["entries"]) == {"5602.01": 3_000, "2211": -3_000}


def test_every_fine_is_cautioned() -> None:
    assert "C-16" in [one["id"] for one in _staff(what="complaint", amount="30.00")["advisories"]]
