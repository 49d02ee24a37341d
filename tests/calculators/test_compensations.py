"""Compensations that the platform imposes: their workings, their limits, and what they leave to others."""

from ledger.quoting import answer_or_error
from tests.calculators.packed import MANUALS, bought, said, under

LATE = {"kind": "late_shipment"}
ASTRAY = {"kind": "stalled_tracking", "finding": "abnormal"}
OVERDUE = {"kind": "stalled_tracking", "finding": "timeout"}
NEVER_SENT = {"picked_up_at": None, "signed_at": None}


def test_the_working_shows_share_least_and_most_and_every_parameter_with_its_source() -> None:
    (item,) = under(bought("300.00"), ASTRAY)["items"]
    assert (item["formula"], item["exact"]) == ("min(100.00, max(5.00, R(0.2 × 300.00)))", "60/1")
    assert item["inputs"] == {"paid": "300.00", "line": "1"}
    assert {name: one["value"] for name, one in item["parameters"].items()} == {
        "stalled_abnormal_rate": "0.2",
        "stalled_abnormal_min": "5.00",
        "stalled_abnormal_cap": "100.00",
        "stalled_both_rate": "0.2",
        "stalled_both_cap": "100.00",
        "buyer_day_cap": "500.00",
    }
    assert all(one["citation"] and one["from"] == "2025-09-05" for one in item["parameters"].values())


def test_the_exact_share_is_shown_only_where_the_amount_is_that_share_rounded() -> None:
    exacts = [under(bought(price), OVERDUE)["items"][0]["exact"] for price in ("20.00", "333.33", "4000.00")]
    assert exacts == ["5/1", "33333/2000", "50/1"]


def test_what_was_paid_before_and_every_limit_that_binds_stand_in_the_formula() -> None:
    claim = {**ASTRAY, "given_same_day": "450.00"}
    answer = under(bought("300.00"), claim, "2026-08-20T10:00", {**OVERDUE, "asked_at": "2026-08-19T10:00"})
    (item,) = answer["items"]
    assert item["formula"] == "min(35.00, min(45.00, min(100.00, max(5.00, R(0.2 × 300.00)))))"
    assert item["inputs"] == {
        "paid": "300.00",
        "line": "1",
        "left_of_both": "45.00",
        "left_of_day": "35.00",
    }
    again = under(bought("300.00"), OVERDUE, "2026-08-20T10:00", {**OVERDUE, "asked_at": "2026-08-19T10:00"})
    assert again["items"][0]["formula"] == "max(0, min(50.00, max(5.00, R(0.05 × 300.00))) − 15.00)"
    assert again["items"][0]["inputs"]["given_before"] == "15.00"


def test_a_day_that_is_used_up_leaves_nothing_and_takes_nothing_back() -> None:
    answer = under(bought("300.00"), {**ASTRAY, "given_same_day": "700.00"})
    assert (answer["decision"], answer["to_buyer"]["red_packet"]) == ("pay", "0.00")


def test_the_shop_s_own_promise_is_paid_beside_the_platform_s_figure_with_both_shown() -> None:
    order = bought("300.00", paid_at="2026-09-01T10:00", **NEVER_SENT)
    answer = under(order, {**LATE, "promised": "40.00"}, "2026-09-20T10:00")
    own = answer["items"][1]
    assert (own["item"], own["channel"], own["rule"]) == ("late_compensation", "alipay", "争议处理规则-15")
    assert (own["formula"], own["inputs"]) == ("40.00 − 15.00", {"promised": "40.00", "given": "15.00"})
    assert set(own["parameters"]) == {"own_promise"}


def test_a_promise_of_less_is_answered_by_the_platform_s_figure_alone() -> None:
    order = bought("300.00", paid_at="2026-09-01T10:00", **NEVER_SENT)
    assert len(under(order, {**LATE, "promised": "15.00"}, "2026-09-20T10:00")["items"]) == 1
    assert len(under(order, {**LATE, "promised": "15.01"}, "2026-09-20T10:00")["items"]) == 2


def test_a_promise_over_two_lines_is_counted_over_both() -> None:
    order = bought("300.00", "300.00", paid_at="2026-09-01T10:00", **NEVER_SENT)
    answer = under(order, {**LATE, "promised": "40.00"}, "2026-09-20T10:00")
    assert [item["amount"] for item in answer["items"]] == ["15.00", "15.00", "10.00"]


def test_a_promise_that_no_rule_speaks_of_is_said_to_be_left_over() -> None:
    (left,) = under(bought("300.00"), {**ASTRAY, "promised": "90.00"}, "2026-08-21T10:00")["not_applied"]
    assert (left["item"], left["rule"]) == ("stalled_compensation", "000-II.2")
    assert under(bought("300.00"), ASTRAY, "2026-08-21T10:00")["not_applied"] == []


def test_a_gap_names_the_parameter_and_its_days_in_both_languages() -> None:
    order = bought("300.00", paid_at="2025-09-04T23:59:59")
    answer = under(order, ASTRAY)
    assert (answer["decision"], answer["items"], answer["entries"]) == ("hold", [], [])
    text = said(answer, "RULE_GAP")
    assert all(word in text for word in ("stalled_abnormal_rate", "2017-06-25", "2025-09-04"))
    assert answer["awaits"][0]["fact"] == "platform_rule"


def test_without_the_pack_both_figures_are_named() -> None:
    asked = {"at": "2026-08-20T10:00", "order": bought("300.00"), "claim": ASTRAY}
    answer = answer_or_error(asked, MANUALS)
    text = said(answer, "PLATFORM_RULE")
    assert "this settlement: refuse 0.00" in text
    assert "pay 60.00" in text
    assert "stalled_abnormal_rate none / 0.2" in text
    assert answer["not_applied"][0]["rule"] == "003-7a"


def test_a_day_on_which_the_pack_says_nothing_warns_of_nothing() -> None:
    order = bought("300.00", paid_at="2017-06-10T10:00", ship_clicked_at=None, picked_up_at=None)
    asked = {"at": "2017-06-20T10:00", "order": {**order, "signed_at": None}, "claim": ASTRAY}
    assert answer_or_error(asked, MANUALS)["advisories"] == []
