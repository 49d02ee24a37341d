"""Broken promises: what is performed elsewhere, and which text counts between effect and enforcement."""

import pytest

from tests.calculators.packed import bought, said, under

GRACE = "2026-08-06T10:00"


@pytest.mark.parametrize(
    ("promise", "performed"), [("price", "price_difference"), ("freight", "overpaid_postage")]
)
def test_price_and_freight_are_performed_by_a_claim_of_their_own(promise: str, performed: str) -> None:
    answer = under(bought("300.00"), {"kind": "broken_promise", "promise": promise})
    (left,) = answer["not_applied"]
    assert (left["item"], left["rule"]) == (performed, "20010493")
    (item,) = answer["items"]
    assert (item["amount"], item["formula"], item["channel"]) == ("5.00", "5.00", "red_packet")
    assert item["inputs"] == {"when_enforced": "5.00"}
    assert set(item["parameters"]) == {"promise_fixed"}


def test_in_the_days_of_grace_both_days_and_the_shop_s_reading_are_named() -> None:
    price = {"kind": "broken_promise", "promise": "price"}
    answer = under(bought("300.00"), price, GRACE)
    text = said(answer, "RULE_GRACE")
    assert all(word in text for word in ("2026-08-05", "2026-08-12", "ENFORCED"))
    assert (answer["items"][0]["amount"], answer["items"][0]["formula"]) == ("0.00", "0.00")
    assert answer["items"][0]["inputs"] == {"when_enforced": "5.00"}
    early = under(bought("300.00"), price, GRACE, policy={"promise_grace": "EFFECTIVE"})
    assert "EFFECTIVE" in said(early, "RULE_GRACE")


def test_the_second_of_an_order_shows_what_the_first_was_paid() -> None:
    earlier = {"kind": "broken_promise", "promise": "price", "asked_at": "2026-08-19T10:00"}
    claim = {"kind": "broken_promise", "promise": "freight"}
    (item,) = under(bought("300.00"), claim, "2026-08-20T10:00", earlier)["items"]
    assert (item["amount"], item["formula"]) == ("0.00", "max(0, 5.00 − 5.00)")
    assert item["inputs"]["given_before"] == "5.00"


def test_the_limit_of_the_day_is_shown_where_it_binds() -> None:
    claim = {"kind": "broken_promise", "promise": "resend", "given_same_day": "90.00"}
    (item,) = under(bought("300.00"), claim)["items"]
    assert item["formula"] == "min(10.00, min(50.00, max(5.00, R(0.05 × 300.00))))"
    assert item["inputs"]["left_of_day"] == "10.00"
    assert item["parameters"]["promise_resend_day_cap"]["value"] == "100.00"


def test_other_promises_name_no_limit_of_the_day() -> None:
    (item,) = under(bought("300.00"), {"kind": "broken_promise", "promise": "general"})["items"]
    assert set(item["parameters"]) == {"promise_rate", "promise_min", "promise_cap"}


def test_the_carrier_s_rule_is_the_other_platform_s() -> None:
    claim = {"kind": "broken_promise", "promise": "carrier"}
    here = under(bought("300.00"), claim)["items"][0]
    there = under(bought("300.00", platform="taobao"), claim)["items"][0]
    assert (here["rule"], there["rule"]) == ("20010493", "20010603")
    assert set(there["parameters"]) == {
        *("promise_carrier_rate", "promise_carrier_min", "promise_carrier_cap")
    }
