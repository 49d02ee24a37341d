"""The units of parameters: one table for the rulebook and for a case's policy alike."""

from fractions import Fraction
from typing import Any

import pytest

from calculators.errors import BadCase
from calculators.units import UNITS
from tests.calculators.asking import case, error_path, order, sent_back

STEP = {"from": 10, "includes_from": True, "to": 20, "includes_to": True, "factor": "0.85"}


@pytest.mark.parametrize(
    ("unit", "value", "found"),
    [
        ("yuan", "20.00", 2_000),
        ("rate", "0.05", Fraction(1, 20)),
        ("days", 7, 7),
        ("hours", 48, 48),
        ("day_of_month", 21, 21),
        ("per_yuan", 100, 100),
        ("switch", False, False),
        ("choice", "LOWER", "LOWER"),
        ("band", ["0.70", "0.80"], (Fraction(7, 10), Fraction(4, 5))),
        ("steps", ["10.00", "30.00"], (1_000, 3_000)),
    ],
)
def test_a_value_of_its_unit_is_read(unit: str, value: Any, found: Any) -> None:
    assert UNITS[unit](value, "here") == found


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("yuan", 20),
        ("rate", 0.05),
        ("days", -1),
        ("hours", 10**9),
        ("months", 10_000),
        ("day_of_month", 0),
        ("day_of_month", 32),
        ("per_yuan", 0),
        ("switch", "false"),
        ("choice", ""),
        ("band", ["0.80", "0.70"]),
        ("band", ["0.70"]),
        ("steps", []),
        ("piece_tiers", []),
    ],
)
def test_a_value_that_is_none_of_its_unit_is_refused(unit: str, value: Any) -> None:
    with pytest.raises(BadCase) as refused:
        UNITS[unit](value, "here")
    assert refused.value.path == "here"


def test_a_policy_is_held_to_what_the_rulebook_is_held_to() -> None:
    asked = case(
        order((1, "9.00")), sent_back(), policy={"bulk_tiers": [STEP, {**STEP, "from": 21, "to": 30}]}
    )
    assert error_path(asked) == "policy.bulk_tiers[1].from"
    assert error_path({**asked, "policy": {"repair_cap": 20}}) == "policy.repair_cap"
    assert error_path({**asked, "policy": {"tier_boundary": "MIDDLE"}}) == "policy.tier_boundary"
