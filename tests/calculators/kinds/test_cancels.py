"""Cancel before shipping is clicked: everything back, and the coupon by the platform itself."""

from tests.calculators.asking import Json, ask, case, item_fen, order

UNSHIPPED = {"ship_clicked_at": None, "picked_up_at": None, "signed_at": None}
AT = "2017-03-02T10:00"


def _cancel(claim: Json | None = None, at: str = AT, **changes: object) -> Json:
    made = order((1, "499.00"), **{"coupon": {"amount": "50.00"}, "postage": "12.00", **UNSHIPPED, **changes})
    return ask(case(made, {"kind": "cancel", **(claim or {})}, at=at))


def test_everything_that_was_paid_comes_back_with_the_freight() -> None:
    answer = _cancel()
    assert (answer["decision"], answer["to_buyer"]["order"]) == ("pay", "461.00")
    assert answer["not_applied"][-1]["rule"] == "003-1b"


def test_once_shipping_was_clicked_the_parcel_is_refused_instead() -> None:
    assert _cancel(ship_clicked_at="2017-03-02T09:59")["decision"] == "refuse"
    assert _cancel(ship_clicked_at="2017-03-02T10:01")["decision"] == "pay"


def test_a_refund_for_delay_waits_for_another_reason_until_it_is_late() -> None:
    late = {"cause": "late"}
    assert _cancel(late)["decision"] == "hold"
    assert _cancel(late, at="2017-03-04T10:00:01")["decision"] == "pay"
    assert _cancel({"cause": "size"})["decision"] == "pay"


def test_cash_on_delivery_was_never_collected() -> None:
    answer = _cancel(payment="cod")
    assert (answer["decision"], item_fen(answer), answer["entries"]) == ("pay", 0, [])
