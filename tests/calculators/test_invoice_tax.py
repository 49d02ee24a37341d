"""4 % of an invoice that does not come back in time: until when, on what, and whose mistake it was not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.days import month_end, months_after
from calculators.facts import Invoice
from calculators.invoice_tax import returned_in_time
from tests.calculators.asking import CLOSED, Json, ask, case, item_fen, order, sent_back

ISSUED = "2017-03-05"
DAYS = st.dates(date(2017, 1, 1), date(2018, 12, 31))


def _penalty(at: str, issued: str = ISSUED, returned: str | None = None, **changes: Any) -> int:
    invoice: Json = {"amount": "888.88", "issued_on": issued, "returned_on": returned}
    made = order((1, "888.88"), **CLOSED, invoice=invoice)
    claim = sent_back("no_reason", asked_at="2017-03-08T10:00")
    return -item_fen(ask(case(made, claim, at=at, **changes)), "invoice_penalty")


@pytest.mark.parametrize(
    ("issued", "at", "fen"),
    [
        ("2017-03-05", "2017-03-31T23:59:59", 0),
        ("2017-03-05", "2017-04-01T00:00:00", 3_556),
        ("2017-03-20", "2017-04-01T00:00:00", 3_556),
        ("2017-03-21", "2017-04-10T23:59:59", 0),
        ("2017-03-21", "2017-04-11T00:00:00", 3_556),
    ],
)
def test_an_invoice_is_back_in_time_until_its_month_ends_or_the_10th_of_the_next(
    issued: str, at: str, fen: int
) -> None:
    assert _penalty(at, issued) == fen


def test_an_invoice_that_came_back_in_time_stays_so() -> None:
    assert _penalty("2017-06-01T10:00", returned="2017-03-31") == 0
    assert _penalty("2017-06-01T10:00", returned="2017-04-01") == 3_556


def test_before_the_deadline_nothing_is_withheld_whatever_comes_later() -> None:
    assert _penalty("2017-03-10T10:00", returned="2017-04-01") == 0


def test_a_shop_may_set_its_own_end_of_the_month() -> None:
    assert _penalty("2017-04-11T00:00", "2017-03-25", policy={"early_month_until_day": 15}) == 0
    assert _penalty("2017-04-01T00:00", "2017-03-25", policy={"month_end_from_day": 26}) == 3_556


@given(DAYS, st.none() | DAYS, DAYS)
def test_an_invoice_is_late_only_when_both_it_and_today_are(
    last: date, back: date | None, today: date
) -> None:
    invoice = Invoice(amount_fen=1, issued_on=last, returned_on=back)
    assert returned_in_time(invoice, last, today) == (today <= last or (back is not None and back <= last))


@given(DAYS)
def test_the_deadline_is_never_before_the_invoice_and_never_after_the_next_tenth(issued: date) -> None:
    late = issued.day >= 21
    last = months_after(issued.replace(day=1), 1).replace(day=10) if late else month_end(issued)
    assert issued <= last
    assert (last - issued).days <= 31
