"""不符包赔: its share, its days after receipt, and how often a buyer may have it."""

from tests.calculators.packed import bought, under

CLAIM = {"kind": "mismatch"}
AT = "2026-08-20T10:00"


def test_the_share_is_that_of_the_version_the_shop_has_joined() -> None:
    (share,) = under(bought("300.00"), CLAIM, AT)["items"]
    (whole,) = under(bought("300.00"), {**CLAIM, "platform_version": True}, AT)["items"]
    assert (share["rule"], share["formula"], share["exact"]) == ("20008719", "R(0.3 × 300.00)", "90/1")
    assert share["inputs"] == {"paid": "300.00", "line": "1"}
    beside = {"mismatch_days", "mismatch_buyer_max", "mismatch_buyer_days"}
    assert set(share["parameters"]) == {"mismatch_rate", *beside}
    assert whole["formula"] == "R(1 × 300.00)"
    assert set(whole["parameters"]) == {"mismatch_full_rate", *beside}


def test_what_a_line_was_paid_before_stands_in_its_working() -> None:
    (item,) = under(bought("300.00"), CLAIM, AT, {**CLAIM, "asked_at": "2026-08-19T10:00"})["items"]
    assert (item["formula"], item["exact"]) == ("max(0, R(0.3 × 300.00) − 90.00)", "0/1")
    assert item["inputs"]["given_before"] == "90.00"


def test_before_receipt_the_facts_awaited_are_named() -> None:
    answer = under(bought("300.00", signed_at=None), CLAIM, AT)
    assert (answer["decision"], answer["awaits"][0]["fact"]) == ("hold", "goods_received_by_buyer")
    assert answer["awaits"][0]["rule"] == "20008719"


def test_refusals_name_the_day_and_the_times() -> None:
    late = under(bought("300.00"), CLAIM, "2026-08-21T10:00")["not_applied"][0]
    often = under(bought("300.00"), {**CLAIM, "times_before": 3}, AT)["not_applied"][0]
    assert "day 16 from signing: more than 15" in late["why"]
    assert "paid 3 times in 30 days, at most 3" in often["why"]
    assert {late["rule"], often["rule"]} == {"20008719"}


def test_a_case_of_thirty_days_ago_counts_no_more() -> None:
    order = bought("300.00", "200.00", signed_at="2026-08-19T10:00")
    first, second = ({**CLAIM, "lines": [{"line": line, "qty": 1}], "times_before": 2} for line in (1, 2))
    for asked_at, decision in (("2026-07-21T10:00", "refuse"), ("2026-07-20T10:00", "pay")):
        earlier = {**first, "asked_at": asked_at}
        assert under(order, second, "2026-08-19T18:00", earlier)["decision"] == decision
