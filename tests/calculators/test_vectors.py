"""Vectors collected from public test suites and issue threads, run on our functions and through whole cases.

`allocation.json` holds them as they were collected, `lives.json` the orders in which those about orders can be
asked, and `accounted.json` says of every other one which law holds it or why it does not apply.
"""

import json
from fractions import Fraction
from itertools import accumulate, pairwise
from math import lcm
from pathlib import Path
from typing import Any

import pytest

from calculators.money import allocate, cumulative_share, format_yuan, round_half_up
from tests.calculators.asking import AS_OFTEN_AS_WANTED, SHIPPED, Json, ask, case, life
from tests.calculators.comparison import differences
from tests.house.source import ROOT

FOLDER = Path(__file__).parent.parent / "vectors"
COLLECTED = json.loads((FOLDER / "allocation.json").read_text("utf-8"))
LIVES = json.loads((FOLDER / "lives.json").read_text("utf-8"))
ACCOUNTED = json.loads((FOLDER / "accounted.json").read_text("utf-8"))
ALL = [one for name, group in COLLECTED.items() if name != "meta" for one in group]
SPLITS = [
    one for one in ALL if "ratios" in one.get("input", {}) and one["id"] not in ACCOUNTED["not_applicable"]
]
EQUAL_PARTS = [one for one in ALL if one.get("kind") == "split"]
ROUNDED = [
    one
    for one in ALL
    if one.get("kind")
    in {"round_to_integer", "round_to_unit", "divide_round", "decimal_to_minor", "round_to_places"}
]
SEQUENCES = COLLECTED["partial_refund_sequences"]
# A line of so much, of which parts are taken one after the other: issue-056 in another currency, issue-085 a rebate.
SHARED_OUT = {"issue-056": (135, [33, 33, 33, 1])}
SETTLED_BEFORE = {"issue-085": ("10000.01", "0.92", "80.00", "720.00")}


def _id(one: Json) -> str:
    return str(one["id"])


def _weights(ratios: list[Any]) -> list[int]:
    exact = [Fraction(ratio) for ratio in ratios]
    scale = lcm(*(one.denominator for one in exact)) if exact else 1
    return [int(one * scale) for one in exact]


@pytest.mark.parametrize("vector", SPLITS, ids=_id)
def test_a_sum_is_split_as_elsewhere(vector: Json) -> None:
    amount, weights, expected = (
        vector["input"]["amount"],
        _weights(vector["input"]["ratios"]),
        vector["expected"],
    )
    if "error" in expected:
        with pytest.raises(ValueError, match="cannot split"):
            allocate(amount, weights)
    elif "sum" in expected:
        assert sum(allocate(amount, weights)) == expected["sum"]
    else:
        assert allocate(amount, weights) == expected


@pytest.mark.parametrize("vector", EQUAL_PARTS, ids=_id)
def test_a_sum_is_split_into_equal_parts_as_elsewhere(vector: Json) -> None:
    assert allocate(vector["input"]["amount"], [1] * vector["input"]["parts"]) == vector["expected"]


@pytest.mark.parametrize("vector", ROUNDED, ids=_id)
def test_halves_are_rounded_as_elsewhere(vector: Json) -> None:
    exact, unit = _exact(vector["input"])
    assert round_half_up(exact / unit) == Fraction(vector["expected"]) / (
        unit if vector["kind"] != "decimal_to_minor" else 1
    )


def _exact(given: Json) -> tuple[Fraction, Fraction]:
    """The exact value of a vector, and the unit to which it is rounded."""
    if "numerator" in given:
        return Fraction(given["numerator"], given["denominator"]), Fraction(1)
    value = given["value"] if "value" in given else given["amount"]
    places = int(given.get("places") or given.get("scale") or 0)
    power: int = given.get("unit_power_of_ten", -places)
    return Fraction(value), Fraction(10) ** power


@pytest.mark.parametrize("vector", SEQUENCES, ids=_id)
def test_a_line_comes_back_piece_by_piece_as_elsewhere(vector: Json) -> None:
    given, expected = vector["input"], vector["expected"]
    line = {"line": 1, "qty": given["qty"], "price": "1000.00", "paid": format_yuan(given["line_paid"])}
    order = {"order_no": "V", **SHIPPED, "lines": [line]}
    parts = [{"line": 1, "qty": qty} for qty in given["refund_qty_sequence"]]
    claims = [{"kind": "return", "cause": "quality", "received": True, "lines": [part]} for part in parts]
    got = [answer["to_buyer"]["order"] for answer in life(order, claims)]
    assert got == [format_yuan(fen) for fen in expected["refunds"]]
    assert sum(expected["refunds"]) == expected["sum"]


@pytest.mark.parametrize(("name", "shared"), SHARED_OUT.items())
def test_parts_of_a_sum_are_cumulative_as_elsewhere(name: str, shared: tuple[int, list[int]]) -> None:
    total, parts = shared
    reached = [0, *accumulate(parts)]
    assert [cumulative_share(total, reached[-1], *step) for step in pairwise(reached)] == _expected(name)


def _expected(name: str) -> Any:
    return next(one["expected"] for one in ALL if one["id"] == name)


@pytest.mark.parametrize(("name", "figures"), SETTLED_BEFORE.items())
def test_what_was_settled_before_is_taken_off_once(name: str, figures: tuple[str, str, str, str]) -> None:
    amount, factor, settled, due = figures
    orders = [{"order_no": "D1", "amount": amount, "pieces": 1}]
    month = {
        "distributor": "d",
        "month": "2017-03",
        "orders": orders,
        "granted_factor": factor,
        "settled": settled,
    }
    answer = ask({"at": "2017-04-02T10:00", "distributor_month": month})
    assert answer["to_buyer"]["statement"] == due == format_yuan(_expected(name))


@pytest.mark.parametrize("lived", LIVES, ids=_id)
def test_an_order_that_went_wrong_elsewhere_goes_right_here(lived: Json) -> None:
    order = {"order_no": "V", **SHIPPED, **lived["order"]}
    policy = {**AS_OFTEN_AS_WANTED, **lived.get("policy", {})}
    for place, expect in enumerate(lived["expect"]):
        asked = case(order, lived["claims"][place], lived["claims"][:place], policy=policy)
        assert not differences({"expect": expect}, ask(asked))


def test_no_vector_is_left_unaccounted_for() -> None:
    ran = {_id(one) for group in (SPLITS, EQUAL_PARTS, ROUNDED, SEQUENCES, LIVES) for one in group}
    ran |= {*SHARED_OUT, *SETTLED_BEFORE}
    elsewhere = {*ACCOUNTED["held_by"], *ACCOUNTED["not_applicable"]}
    assert not ran & elsewhere
    assert {_id(one) for one in ALL} == ran | elsewhere
    print(f"{len(ALL)} vectors: {len(ran)} run, {len(ACCOUNTED['held_by'])} held by a law")  # noqa: T201


@pytest.mark.parametrize(("vector", "test"), ACCOUNTED["held_by"].items())
def test_the_law_that_holds_a_vector_is_there(vector: str, test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8")
