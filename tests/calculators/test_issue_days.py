"""By which day an invoice is to be issued while the platform's festival notice is in force."""

from tests.calculators.packed import bought, said, under

INVOICE = {"kind": "invoice", "requested": "300.00"}
PAID = {"paid_at": "2026-02-01T10:00", "ship_clicked_at": None, "picked_up_at": None, "signed_at": None}


def test_fifteen_days_are_counted_from_the_request_where_the_order_is_complete() -> None:
    order = bought("300.00", **PAID, confirmed_at="2026-02-09T10:00")
    assert said(under(order, INVOICE, "2026-02-20T10:00"), "INVOICE_DUE") == "to be issued by 2026-03-07"


def test_they_are_counted_from_success_where_that_is_still_to_come() -> None:
    order = bought("300.00", **PAID, confirmed_at="2026-03-09T10:00")
    text = said(under(order, INVOICE, "2026-02-20T10:00"), "INVOICE_DUE")
    assert text == "to be issued within 15 days of success"


def test_outside_the_notice_s_days_no_day_is_named() -> None:
    order = bought("300.00", **PAID, confirmed_at="2026-02-09T10:00")
    for at in ("2026-02-09T23:59:59", "2026-02-24T00:00"):
        assert under(order, INVOICE, at)["advisories"] == []
