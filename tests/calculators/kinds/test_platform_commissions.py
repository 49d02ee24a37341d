"""The platform's commission on what stays sold."""

from tests.calculators.packed import bought, under

CLAIM = {"kind": "platform_commission"}
COMPLETE = {"confirmed_at": "2026-08-10T10:00"}


def test_it_is_the_shop_s_alone_and_explained_by_its_rate() -> None:
    answer = under(bought("300.00", **COMPLETE), CLAIM)
    (item,) = answer["items"]
    assert (item["item"], item["rule"], item["channel"]) == ("platform_commission", "20006879", "platform")
    assert (item["formula"], item["inputs"]) == ("R(0.05 × 300.00)", {"paid": "300.00"})
    assert set(item["parameters"]) == {"platform_commission_rate"}
    assert answer["to_buyer"]["order"] == answer["from_buyer"] == "0.00"
    assert answer["entries"][0]["postings"] == [
        {"account": "5601.02", "debit": "15.00"},
        {"account": "1012.01", "credit": "15.00"},
    ]


def test_the_exact_share_stands_beside_the_rounded_one() -> None:
    (item,) = under(bought("99.90", **COMPLETE), CLAIM)["items"]
    assert (item["amount"], item["exact"]) == ("5.00", "999/200")


def test_a_second_time_shows_what_was_charged_before() -> None:
    earlier = {**CLAIM, "asked_at": "2026-08-19T10:00"}
    (item,) = under(bought("300.00", **COMPLETE), CLAIM, "2026-08-20T10:00", earlier)["items"]
    assert (item["amount"], item["formula"]) == ("0.00", "max(0, R(0.05 × 300.00) − 15.00)")
    assert item["inputs"]["charged_before"] == "15.00"


def test_it_waits_for_the_order_to_complete() -> None:
    answer = under(bought("300.00"), CLAIM)
    assert (answer["decision"], answer["awaits"][0]["fact"]) == ("hold", "order_confirmed")
    assert answer["awaits"][0]["rule"] == "20006879"
