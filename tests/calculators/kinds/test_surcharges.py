"""Another courier: the difference in freight, but never forced on a free-shipping order."""

import pytest

from tests.calculators.asking import Json, ask, case, order


def _surcharge(asked_by: str, *, announced: bool, free: bool, chosen: str = "22.00") -> Json:
    claim = {
        "kind": "surcharge",
        "usual": "10.00",
        "chosen": chosen,
        "asked_by": asked_by,
        "announced": announced,
    }
    return ask(case(order((1, "299.00"), free_shipping=free), claim))


@pytest.mark.parametrize(
    ("asked_by", "announced", "free", "decision"),
    [
        ("buyer", True, True, "pay"),
        ("buyer", False, True, "refuse"),
        ("shop", True, True, "refuse"),
        ("shop", False, False, "pay"),
        ("buyer", False, False, "pay"),
    ],
)
def test_who_may_be_charged(asked_by: str, announced: bool, free: bool, decision: str) -> None:
    answer = _surcharge(asked_by, announced=announced, free=free)
    assert answer["decision"] == decision
    assert answer["from_buyer"] == ("12.00" if decision == "pay" else "0.00")
    assert any(one["id"] == "C-05" for one in answer["advisories"]) == (decision == "refuse")


def test_a_cheaper_courier_costs_nothing_more() -> None:
    assert _surcharge("buyer", announced=False, free=False, chosen="9.99")["from_buyer"] == "0.00"
