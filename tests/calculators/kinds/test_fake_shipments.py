"""False shipments: which of the two shares, and from when no scan is none."""

from tests.calculators.packed import bought, under

NO_SCAN = {"kind": "fake_shipment", "finding": "no_scan"}


def test_the_two_shares_have_parameters_of_their_own() -> None:
    late_scan = bought("300.00", picked_up_at="2026-08-03T10:00:01")
    (small,) = under(late_scan, NO_SCAN)["items"]
    (large,) = under(late_scan, {**NO_SCAN, "finding": "unrelated"})["items"]
    assert (small["rule"], small["formula"]) == ("11000266-9", "min(100.00, max(5.00, R(0.05 × 300.00)))")
    assert set(small["parameters"]) == {
        *("fake_scan_rate", "fake_scan_min", "fake_scan_cap", "fake_scan_hours", "buyer_day_cap"),
    }
    assert large["formula"] == "min(500.00, max(5.00, R(0.3 × 300.00)))"
    assert set(large["parameters"]) == {"fake_rate", "fake_min", "fake_cap", "buyer_day_cap"}


def test_a_scan_after_the_question_is_none_yet() -> None:
    order = bought("300.00", picked_up_at="2026-08-02T18:00", signed_at=None)
    assert under(order, NO_SCAN, "2026-08-02T17:00")["decision"] == "refuse"
    later = bought("300.00", picked_up_at="2026-08-09T18:00", signed_at=None)
    assert under(later, NO_SCAN, "2026-08-03T10:00:01")["decision"] == "pay"


def test_what_the_platform_found_false_needs_no_moment_of_ours() -> None:
    order = bought("300.00", ship_clicked_at=None, picked_up_at=None, signed_at=None)
    assert under(order, {**NO_SCAN, "finding": "abnormal"})["to_buyer"]["red_packet"] == "90.00"


def test_the_last_moment_is_named_in_the_refusal() -> None:
    (note,) = under(bought("300.00"), NO_SCAN)["not_applied"]
    assert (note["item"], note["rule"]) == ("fake_shipment_compensation", "11000266-9")
    assert "2026-08-03 10:00:00" in note["why"]
