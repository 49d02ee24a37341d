"""Activity differences: cash before signing, a coupon within 7 days of it, never on the day itself."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, case, item_fen, order, sent_back


def _difference(price: str = "159.00", at: str = "2017-03-07T10:00", **changes: Any) -> Json:
    claim = {
        **{"kind": "price_difference", "reason": "activity", "activity_price": price},
        **{"activity_day": "2017-03-03", "received": True, "asked_at": "2017-03-04T10:00"},
        **changes.pop("claim", {}),
    }
    return ask(case(order(*changes.pop("lines", ((1, "199.00"),)), **changes), claim, at=at))


@pytest.mark.parametrize(
    ("price", "channel", "amount"),
    [
        ("100.00", "alipay", "99.00"),
        ("99.01", "alipay", "99.99"),
        ("99.00", "order", "100.00"),
        ("200.00", "alipay", "0.00"),
    ],
)
def test_asked_in_transit_it_is_cash_by_its_amount(price: str, channel: str, amount: str) -> None:
    assert _difference(price)["to_buyer"][channel] == amount


@pytest.mark.parametrize(
    ("asked_at", "decision", "coupon"),
    [("2017-03-11T23:59:59", "pay", "40.00"), ("2017-03-12T00:00:00", "refuse", "0.00")],
)
def test_once_signed_it_is_a_coupon_until_day_7(asked_at: str, decision: str, coupon: str) -> None:
    answer = _difference(claim={"asked_at": asked_at}, at=asked_at)
    assert (answer["decision"], answer["to_buyer"]["coupon"]) == (decision, coupon)


def test_the_coupon_is_valid_for_a_month_from_its_issue() -> None:
    answer = _difference(claim={"asked_at": "2017-03-05T10:00"})
    assert answer["items"][0]["inputs"]["valid_until"] == "2017-04-07"


def test_on_the_activity_day_the_request_is_kept_for_the_next() -> None:
    answer = _difference(at="2017-03-04T12:00", claim={"activity_day": "2017-03-04"})
    assert answer["decision"] == "hold"
    assert "C-10" in [one["id"] for one in answer["advisories"]]


def test_a_piece_that_was_cheaper_already_does_not_eat_anothers_difference() -> None:
    assert item_fen(_difference(lines=((1, "199.00"), (1, "149.00")))) == 4_000


def test_freight_and_pieces_that_went_back_are_no_part_of_it() -> None:
    made = order((3, "199.00"), postage="12.00")
    claim = {"kind": "price_difference", "reason": "activity", "activity_price": "159.00", "received": True}
    asked = {**claim, "activity_day": "2017-03-03", "asked_at": "2017-03-04T10:00"}
    answer = ask(case(made, asked, [sent_back("quality", (1, 1), asked_at="2017-03-03T10:00")]))
    assert item_fen(answer) == 8_000


@pytest.mark.parametrize(
    ("barred", "decision"),
    [(["2017-03-07", "2017-03-08"], "hold"), (["2017-03-03"], "pay"), ([], "pay"), ("NONE", "pay")],
)
def test_a_shop_may_list_the_days_on_which_it_does_not_accept(barred: Any, decision: str) -> None:
    claim = {
        **{"kind": "price_difference", "reason": "activity", "activity_price": "159.00"},
        **{"activity_day": "2017-03-03", "received": True, "asked_at": "2017-03-04T10:00"},
    }
    asked = case(order((1, "199.00")), claim, at="2017-03-07T10:00")
    asked["policy"] = {"activity_no_accept_dates": barred}
    assert ask(asked)["decision"] == decision
