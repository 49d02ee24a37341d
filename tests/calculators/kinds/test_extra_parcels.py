"""Parcels that the shop itself makes dearer: split, sped up for lateness, or after its own delay."""

import pytest

from tests.calculators.asking import ask, case, error_path, item_fen, net_of, order

LATE = {"kind": "extra_parcel", "parcel": "late", "chosen": "22.00", "usual": "10.00"}
UNSHIPPED = {
    "order_no": "T",
    "paid_at": "2017-03-01T10:00",
    "lines": [{"line": 1, "qty": 1, "price": "359.00"}],
}


def test_the_item_is_the_difference_and_the_entry_the_whole_bill() -> None:
    answer = ask(case(UNSHIPPED, LATE))
    assert item_fen(answer, "extra_freight") == 1200
    assert net_of(answer["entries"]) == {"5601.01": 2200, "2202.01": -2200}


def test_a_courier_cheaper_than_usual_is_no_gain() -> None:
    assert item_fen(ask(case(UNSHIPPED, {**LATE, "chosen": "8.00"})), "extra_freight") == 0


def test_lateness_cannot_be_told_without_the_payment() -> None:
    unpaid = {key: value for key, value in UNSHIPPED.items() if key != "paid_at"}
    assert error_path(case(unpaid, LATE)) == "order.paid_at"


@pytest.mark.parametrize(("unit", "decision"), [("PER_ITEM", "pay"), ("PER_ORDER", "approve")])
def test_the_compensation_it_replaces_is_counted_as_the_shop_reads_it(unit: str, decision: str) -> None:
    """Two lines at the cap of 3.00 each are 6.00 by item and 3.00 by order."""
    two = {**UNSHIPPED, "lines": [{"line": n, "qty": 1, "price": "20.00"} for n in (1, 2)]}
    claim = {**LATE, "chosen": "15.00"}
    answer = ask(case(two, claim, policy={"late_unit": unit, "late_cap": "3.00"}))
    assert answer["decision"] == decision


def test_two_pieces_of_one_line_can_be_split() -> None:
    split = {"kind": "extra_parcel", "parcel": "split", "chosen": "10.00"}
    assert ask(case(order((2, "50.00")), split))["decision"] == "pay"
    assert ask(case(order((1, "50.00")), split))["decision"] == "refuse"
