"""What the platform's rules of return say beyond the manuals: freight, gifts, and the end of applications."""

from ledger.quoting import answer_or_error
from tests.calculators.packed import MANUALS, bought, said, under

BACK = {"kind": "return", "cause": "no_reason", "received": True}
AT = "2026-08-10T10:00"
THRESHOLD = {"free_shipping_from": "99.00", "postage_cost": "10.00"}
FIRST = {"lines": [{"line": 1, "qty": 1}]}
REST = {"lines": [{"line": 2, "qty": 1}]}


def test_the_way_out_of_a_part_is_charged_at_the_courier_s_price() -> None:
    answer = under(bought("100.00", "80.00", **THRESHOLD), {**BACK, **FIRST}, AT)
    (item,) = [one for one in answer["items"] if one["item"] == "postage_deduction"]
    assert (item["rule"], item["formula"]) == ("5408-7", "−10.00")
    assert item["inputs"] == {"postage_cost": "10.00"}
    assert item["parameters"]["partial_return_outbound"]["value"] == "BUYER"


def test_what_a_part_was_charged_goes_back_with_the_rest() -> None:
    earlier = {**BACK, **FIRST, "asked_at": "2026-08-09T10:00"}
    answer = under(bought("100.00", "80.00", **THRESHOLD), {**BACK, **REST}, AT, earlier)
    (item,) = [one for one in answer["items"] if one["item"] == "postage_deduction"]
    assert (item["amount"], item["formula"], item["channel"]) == ("10.00", "10.00", "order")
    assert item["inputs"] == {"charged_before": "10.00"}
    assert set(item["parameters"]) == {"partial_return_outbound"}


def test_a_shop_may_take_it_upon_itself() -> None:
    answer = under(
        bought("100.00", "80.00", **THRESHOLD),
        {**BACK, **FIRST},
        AT,
        policy={"partial_return_outbound": "SELLER"},
    )
    assert answer["to_buyer"]["order"] == "100.00"
    assert "pay 90.00" in said(answer, "PLATFORM_RULE")


def test_a_missing_gift_is_explained_by_its_value() -> None:
    answer = under(bought("300.00"), {**BACK, "gift_missing": "25.00"}, AT)
    (item,) = [one for one in answer["items"] if one["item"] == "gift_deduction"]
    assert (item["rule"], item["formula"], item["inputs"]) == ("5408-6", "−25.00", {"gift_missing": "25.00"})
    assert item["parameters"]["gift_deductible"]["value"] == "True"


def test_a_shop_may_let_the_gift_go() -> None:
    claim = {**BACK, "gift_missing": "25.00"}
    answer = under(bought("300.00"), claim, AT, policy={"gift_deductible": False})
    assert answer["to_buyer"]["order"] == "300.00"
    assert "gift_deduction" in {one["item"] for one in answer["not_applied"]}


def test_a_gift_of_a_return_that_arrived_in_part_is_deducted_too() -> None:
    claim = {
        "kind": "incomplete_return",
        "cause": "quality",
        "lines": [{"line": 1, "qty": 1}, {"line": 2, "qty": 1}],
        "arrived": [{"line": 2, "qty": 1}],
        "gift_missing": "25.00",
    }
    assert under(bought("100.00", "80.00"), claim, AT)["to_buyer"]["order"] == "55.00"


def test_where_only_the_channel_differs_the_channels_are_named() -> None:
    closed = bought("300.00", confirmed_at="2026-08-06T10:00")
    claim = {**BACK, "cause": "quality"}
    asked = {"at": "2026-08-22T10:00", "order": closed, "claim": claim}
    text = said(answer_or_error(asked, MANUALS), "PLATFORM_RULE")
    assert "approve 300.00 order 300.00" in text
    assert "approve 300.00 alipay 300.00" in text


def test_a_credit_after_the_platform_s_days_goes_by_alipay_whatever_its_size() -> None:
    closed = bought("300.00", confirmed_at="2026-08-12T10:00", signed_at="2026-08-06T10:00")
    claim = {"kind": "price_difference", "reason": "concession", "amount": "150.00"}
    in_time, after = under(closed, claim, "2026-08-27T10:00"), under(closed, claim, "2026-08-28T10:00")
    assert (in_time["to_buyer"]["order"], after["to_buyer"]["alipay"]) == ("150.00", "150.00")
    assert said(after, "APPLICATION_CLOSED")
    assert "APPLICATION_CLOSED" not in [one["id"] for one in in_time["advisories"]]
