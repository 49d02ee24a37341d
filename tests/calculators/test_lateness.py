"""Lateness: the clock runs from payment, an agreed day replaces it, and only the courier's record stops it."""

from typing import Any

import pytest

from tests.calculators.asking import ask, case, error_path, order

CLAIM = {"kind": "late_shipment", "upheld": True}
LIFE = {"paid_at": "2017-07-01T10:00:00", "ship_clicked_at": "2017-07-01T11:00", "signed_at": None}


def _late(at: str = "2017-07-20T10:00", notice: str | None = None, **changes: Any) -> bool:
    made = order((1, "100.00"), **{**LIFE, "picked_up_at": None, **changes})
    return bool(ask(case(made, {**CLAIM, "notice_date": notice}, at=at))["decision"] == "pay")


@pytest.mark.parametrize(
    ("picked_up", "late"),
    [("2017-07-03T10:00:00", False), ("2017-07-03T10:00:01", True), ("2017-07-02T00:00", False)],
)
def test_exactly_at_the_deadline_is_in_time(picked_up: str, late: bool) -> None:
    assert _late(picked_up_at=picked_up) is late


def test_what_was_not_picked_up_is_late_once_the_hours_are_over() -> None:
    assert not _late(at="2017-07-03T10:00:00")
    assert _late(at="2017-07-03T10:00:01")


def test_an_agreed_day_lasts_until_its_midnight_and_may_be_earlier_or_later() -> None:
    assert not _late(ship_by="2017-07-10", picked_up_at="2017-07-10T23:59:59")
    assert _late(ship_by="2017-07-10", picked_up_at="2017-07-11T00:00:00")
    assert _late(ship_by="2017-07-01", picked_up_at="2017-07-02T09:00")


def test_a_big_activitys_own_day_replaces_the_hours_and_an_agreed_day_replaces_both() -> None:
    assert not _late(notice="2017-07-10", picked_up_at="2017-07-09T10:00")
    assert _late(notice="2017-07-10", ship_by="2017-07-05", picked_up_at="2017-07-09T10:00")


def test_clicking_ship_stops_nothing() -> None:
    assert _late(ship_clicked_at="2017-07-01T10:01")


def test_without_a_payment_or_an_agreed_day_nobody_can_tell() -> None:
    made = order((1, "100.00"), paid_at=None)
    assert error_path(case(made, CLAIM)) == "order.paid_at"
