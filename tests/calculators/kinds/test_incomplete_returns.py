"""Part of a return: what arrived now, the rest when it comes, all of it where the shop cannot prove its loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.asking import ask, case, error_path, given_fen, item_fen, order, pieces, sent_back

KIND = {"kind": "incomplete_return", "cause": "no_reason"}


@given(qty=st.integers(2, 9), first=st.integers(1, 8), price=st.integers(1, 99999))
def test_what_arrives_in_two_parcels_is_refunded_as_one(qty: int, first: int, price: int) -> None:
    first = min(first, qty - 1)
    bought = order((qty, f"{price // 100}.{price % 100:02d}"))
    one = {**KIND, "lines": pieces((1, qty)), "arrived": pieces((1, first))}
    rest = {**KIND, "arrived": pieces((1, qty - first))}
    parts = given_fen(ask(case(bought, one))) + given_fen(ask(case(bought, rest, [one])))
    assert parts == given_fen(ask(case(bought, sent_back("no_reason")))) == qty * price


def test_a_whole_return_is_settled_as_any_other() -> None:
    bought = order((1, "200.00"), postage="15.00")
    whole = ask(case(bought, {**KIND, "arrived": pieces((1, 1)), "return_postage": "12.00"}))
    usual = ask(case(bought, sent_back("no_reason", return_postage="12.00")))
    assert (whole["to_buyer"], whole["items"]) == (usual["to_buyer"], usual["items"])


def test_the_rest_is_named_line_by_line() -> None:
    claim = {**KIND, "lines": pieces((1, 1), (2, 2)), "arrived": pieces((2, 1))}
    answer = ask(case(order((1, "50.00"), (2, "70.00")), claim))
    waiting = [one["why"] for one in answer["not_applied"] if one["rule"] == "003-22"]
    assert [text[:11] for text in waiting] == ["1 of line 1", "1 of line 2"]


def test_a_loss_is_the_supervisors_to_allow() -> None:
    claim = {**KIND, "arrived": [], "evidence": "fails", "cost": "60.00"}
    answer = ask(case(order((1, "299.00")), claim))
    assert [one["who"] for one in answer["approvals"]] == ["supervisor"]
    assert item_fen(answer, "inventory_loss") == 6000


@pytest.mark.parametrize("arrived", [[{"line": 2, "qty": 1}], [{"line": 1, "qty": 2}]])
def test_more_than_was_claimed_is_a_bad_case(arrived: list[dict[str, int]]) -> None:
    claim = {**KIND, "lines": pieces((1, 1)), "arrived": arrived}
    assert error_path(case(order((2, "50.00"), (1, "70.00")), claim)) == "claim.arrived[0].qty"
