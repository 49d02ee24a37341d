"""The outbound freight of a free-shipping order that comes back without our fault: three readings of two manuals."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, case, item_fen, order, sent_back


def _answer(reading: str, claim: Json, *history: Json, **changes: Any) -> Json:
    made = order((1, "100.00"), (1, "50.00"), postage_cost="10.00", **{"free_shipping": True, **changes})
    return ask(case(made, claim, history, policy={"fs_noreason_return_outbound": reading}))


@pytest.mark.parametrize(
    ("reading", "disclosed", "fen"),
    [
        ("SELLER_BEARS", True, 0),
        ("DEDUCT_IF_DISCLOSED", False, 0),
        ("DEDUCT_IF_DISCLOSED", True, 1_000),
        ("BUYER_ROUND_TRIP", False, 1_000),
    ],
)
def test_who_bears_it(reading: str, disclosed: bool, fen: int) -> None:
    answer = _answer(reading, sent_back("no_reason", disclosed=disclosed))
    assert -item_fen(answer, "postage_deduction") == fen
    assert any(one["id"] == "PLATFORM_RULE" for one in answer["advisories"]) == (reading != "SELLER_BEARS")


def test_nothing_is_taken_while_a_piece_is_kept_and_all_of_it_with_the_last() -> None:
    first, last = sent_back("no_reason", (1, 1)), sent_back("no_reason", (2, 1))
    assert item_fen(_answer("BUYER_ROUND_TRIP", first), "postage_deduction") == 0
    assert item_fen(_answer("BUYER_ROUND_TRIP", last, first), "postage_deduction") == -1_000


@pytest.mark.parametrize("changes", [{"free_shipping": False}, {"free_shipping": False, "postage": "12.00"}])
def test_an_order_that_pays_its_freight_is_not_meant(changes: dict[str, Any]) -> None:
    assert item_fen(_answer("BUYER_ROUND_TRIP", sent_back("no_reason"), **changes), "postage_deduction") == 0


def test_our_own_fault_costs_the_buyer_nothing() -> None:
    assert item_fen(_answer("BUYER_ROUND_TRIP", sent_back("quality")), "postage_deduction") == 0
