"""Claims on the courier: carried at the goods' cost, settled as a gain or a loss, and goods sent again."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, case, item_fen, net_of, order


def _lost(**changes: Any) -> Json:
    claim = {"kind": "lost", "cause": "lost", "choice": "reship", **changes}
    return ask(case(order((1, "299.00"), free_shipping=True, signed_at=None), claim))


@pytest.mark.parametrize(
    ("received", "net"),
    [
        (None, {"1221.01": 12_000, "1406": 0, "1405": -12_000}),
        ("120.00", {"1221.01": 0, "1012.01": 12_000, "1405": -12_000}),
        ("100.00", {"1221.01": 0, "1012.01": 10_000, "5711.01": 2_000}),
        ("299.00", {"1221.01": 0, "1012.01": 29_900, "5301.02": -17_900}),
        ("0.00", {"1221.01": 0, "5711.01": 12_000}),
    ],
)
def test_what_the_courier_pays_is_measured_against_the_cost(
    received: str | None, net: dict[str, int]
) -> None:
    moved = net_of(_lost(cost="120.00", claim_received=received)["entries"])
    assert {code: moved.get(code, 0) for code in net} == net


def test_without_a_cost_there_is_no_claim_and_it_is_said_why() -> None:
    answer = _lost()
    assert item_fen(answer, "courier_claim") == 0
    assert [one["item"] for one in answer["not_applied"]] == ["courier_claim"]
    assert "1221.01" not in net_of(answer["entries"])


def test_goods_sent_again_cost_the_buyer_nothing_and_the_shop_the_freight() -> None:
    answer = _lost(cost="120.00", reship_postage="10.00")
    assert item_fen(answer) == 0
    assert net_of(answer["entries"])["5601.01"] == 1_000
