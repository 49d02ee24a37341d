"""A coupon's life: a liability from its issue until it is used or its month has passed."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.asking import Json, ask, net_of

DAYS = st.dates(date(2016, 1, 1), date(2026, 12, 31))


def coupon(at: str, **keys: Any) -> Json:
    return ask({"at": at, "coupon_life": {"amount": "40.00", **keys}})


@given(issued=DAYS, face=st.integers(1, 2000))
def test_issue_and_expiry_leave_no_liability(issued: date, face: int) -> None:
    amount = f"{face // 100}.{face % 100:02d}"
    given_out = coupon(f"{issued}T10:00", event="issue", amount=amount)
    later = issued + timedelta(days=32)
    gone = coupon(f"{later}T10:00", event="expire", amount=amount, issued_on=issued.isoformat())
    assert net_of(given_out["entries"])["2203.02"] == -net_of(gone["entries"])["2203.02"] == -face


@given(issued=DAYS, after=st.integers(0, 40))
def test_a_coupon_can_be_used_on_exactly_the_days_on_which_it_has_not_expired(
    issued: date, after: int
) -> None:
    at = f"{issued + timedelta(days=after)}T23:59:59"
    used = coupon(at, event="use", issued_on=issued.isoformat(), subtotal="199.00")["decision"]
    expired = coupon(at, event="expire", issued_on=issued.isoformat())["decision"]
    assert (used, expired) in {("pay", "hold"), ("refuse", "pay")}


def test_a_month_from_31_january_ends_with_february() -> None:
    (item,) = coupon("2017-01-31T10:00", event="issue")["items"]
    assert item["inputs"]["valid_until"] == "2017-02-28"


def test_protection_is_an_allowance_and_feedback_is_marketing() -> None:
    protection = coupon("2017-03-06T10:00", event="issue")
    feedback = coupon(
        "2017-03-06T10:00", event="issue", amount=None, earned_by="size_feedback", feedback=True
    )
    assert net_of(protection["entries"]) == {"5001.03": 4000, "2203.02": -4000}
    assert net_of(feedback["entries"]) == {"5601.05": 500, "2203.02": -500}


def test_an_order_that_books_itself_only_turns_the_coupon_into_sales() -> None:
    used = {"event": "use", "issued_on": "2017-03-01", "subtotal": "199.00", "booked": True}
    assert net_of(coupon("2017-03-06T10:00", **used)["entries"]) == {"2203.02": 4000, "5001.01": -4000}
