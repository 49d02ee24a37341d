"""Bulk batches: .85 from ten pieces, .80 above twenty, in one sum once everything is confirmed."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask


def _bulk(*lines: tuple[int, str], policy: Any = None, **changes: Any) -> Json:
    listed = [{"qty": qty, "price": price} for qty, price in lines]
    question = {"lines": listed, "all_confirmed": True, **changes}
    return ask({"at": "2017-03-10T10:00", "policy": policy or {}, "bulk": question})


@pytest.mark.parametrize(
    ("pieces", "rebate"), [(9, "0.00"), (10, "225.00"), (19, "427.50"), (20, "450.00"), (21, "630.00")]
)
def test_the_tiers_at_their_edges(pieces: int, rebate: str) -> None:
    assert _bulk((pieces, "150.00"))["to_buyer"]["order"] == rebate


def test_twenty_lies_in_both_tiers() -> None:
    assert _bulk((20, "150.00"), policy={"tier_boundary": "UPPER"})["to_buyer"]["order"] == "600.00"
    assert [one["id"] for one in _bulk((20, "150.00"))["advisories"]] == ["TIER_BOUNDARY"]


@pytest.mark.parametrize(
    ("factor", "decision"), [("0.85", "pay"), ("0.90", "pay"), ("0.84", "refuse"), ("0", "refuse")]
)
def test_the_floor_may_be_granted_or_less_and_never_more(factor: str, decision: str) -> None:
    assert _bulk((12, "150.00"), granted_factor=factor)["decision"] == decision


def test_one_returned_piece_forfeits_the_rebate_and_is_never_refused_itself() -> None:
    answer = _bulk((21, "150.00"), returned_qty=1)
    assert (answer["to_buyer"]["order"], [one["id"] for one in answer["advisories"]]) == ("0.00", ["C-09"])


def test_it_waits_for_the_last_confirmation_and_goes_by_its_amount() -> None:
    assert _bulk((21, "150.00"), all_confirmed=False)["decision"] == "hold"
    assert _bulk((6, "60.00"), (4, "60.00"))["to_buyer"]["alipay"] == "90.00"
