"""Late shipment: 30 % of what was paid for the late goods, at most 500.00, in Tmall points."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, case, order

LATE = {"paid_at": "2017-06-10T10:00", "picked_up_at": "2017-06-15T20:00", "signed_at": None}


def _late(
    *lines: tuple[int, str], history: tuple[Json, ...] = (), policy: Any = None, **changes: Any
) -> Json:
    claim = {"kind": "late_shipment", "upheld": True, **changes.pop("claim", {})}
    return ask(
        case(order(*lines, **{**LATE, **changes}), claim, history, at="2017-06-20T10:00", policy=policy or {})
    )


@pytest.mark.parametrize(
    ("price", "points"),
    [
        ("1280.00", 38_400),
        ("1666.65", 50_000),
        ("1666.67", 50_000),
        ("2000.00", 50_000),
        ("0.01", 0),
        ("0.02", 1),
    ],
)
def test_thirty_percent_rounded_once_and_capped(price: str, points: int) -> None:
    assert _late((1, price))["to_buyer"]["points"] == points


@pytest.mark.parametrize(("unit", "points"), [("PER_ITEM", 72_000), ("PER_ORDER", 50_000)])
def test_the_cap_is_a_lines_or_by_choice_the_orders(unit: str, points: int) -> None:
    assert _late((1, "1200.00"), (1, "1200.00"), policy={"late_unit": unit})["to_buyer"]["points"] == points


def test_the_orders_cap_counts_what_its_other_lines_were_given() -> None:
    first = {"kind": "late_shipment", "upheld": True, "lines": [{"line": 1, "qty": 1}]}
    second = {"lines": [{"line": 2, "qty": 1}]}
    lines, policy = ((1, "2000.00"), (1, "2000.00")), {"late_unit": "PER_ORDER"}
    assert _late(*lines, history=(first,), policy=policy, claim=second)["to_buyer"]["points"] == 0
    assert _late(*lines, history=(first,), claim=second)["to_buyer"]["points"] == 50_000


def test_freight_is_no_part_of_it_and_cash_on_delivery_is_outside() -> None:
    assert _late((1, "100.00"), postage="10.00")["to_buyer"]["points"] == 3_000
    assert _late((1, "100.00"), payment="cod")["decision"] == "refuse"


def test_it_is_paid_once_the_complaint_is_upheld_or_the_order_was_refunded_for_it() -> None:
    assert _late((1, "100.00"), claim={"upheld": False})["decision"] == "hold"
    assert _late((1, "100.00"), claim={"upheld": False, "refunded": True})["decision"] == "pay"


def test_the_platform_takes_it_from_the_margin() -> None:
    postings = _late((1, "100.00"))["entries"][0]["postings"]
    assert [one["account"] for one in postings] == ["5601.06", "1012.02"]
