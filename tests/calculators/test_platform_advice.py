"""A pack that is known and not active: the difference is advised with both figures, and never changes an amount."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculators.platform_advice import advised
from calculators.rulebook_reader import bundle, read_rulebook
from calculators.settlement import Item, Settlement, ToBuyer
from cli.rulebooks import shipped_texts
from ledger.quoting import answer_or_error
from tests.calculators.asking import case, order, pieces
from tests.calculators.layered import HEAD, LATE, PACK, book, entry, late

CAMPAIGN: dict[str, Any] = {
    "at": "2026-06-20T10:00",
    "order": {
        "order_no": "P2",
        "paid_at": "2026-05-10T10:00",
        "ship_clicked_at": "2026-05-11T10:00",
        "picked_up_at": "2026-05-11T10:00",
        "signed_at": "2026-05-14T10:00",
        "free_shipping": True,
        "lines": [{"line": 1, "qty": 1, "price": "200.00"}],
    },
    "claim": {
        "kind": "price_difference",
        "reason": "activity",
        "activity_price": "180.00",
        "activity_day": "2026-06-18",
        "received": True,
    },
}


def test_both_figures_and_every_differing_parameter_are_named() -> None:
    (advisory,) = answer_or_error(LATE, book())["advisories"]
    assert (advisory["id"], advisory["rule"]) == ("PLATFORM_RULE", "11000266-7")
    assert "pay 90.00" in advisory["text"]
    assert "pay 15.00" in advisory["text"]
    assert "late_rate 0.3 / 0.05" in advisory["text"]
    assert "checked on 2026-08-22" in advisory["text"]


def test_the_advice_is_in_both_languages() -> None:
    chinese = answer_or_error(LATE, book(), "zh")["advisories"][0]["text"]
    assert "本单 付款 90.00" in chinese
    assert "付款 15.00" in chinese


def test_an_active_pack_is_not_advised_of() -> None:
    assert answer_or_error(LATE, book(packs=(PACK,)))["advisories"] == []


def test_a_shop_that_departs_from_its_own_pack_is_advised_of_the_platform_s_figure() -> None:
    own = book(HEAD + entry("late_rate", 'value = "0.20"'), packs=(PACK,))
    (advisory,) = answer_or_error(LATE, own)["advisories"]
    assert advisory["text"].endswith("pay 15.00; late_rate 0.2 / 0.05")
    by_policy = {**LATE, "policy": {"late_rate": "0.10"}}
    (advisory,) = answer_or_error(by_policy, book(packs=(PACK,)))["advisories"]
    assert advisory["text"].endswith("pay 15.00; late_rate 0.10 / 0.05")


def test_the_same_outcome_is_not_advised_of() -> None:
    in_time = late(picked_up_at="2026-10-02T10:00")
    answer = answer_or_error(in_time, book())
    assert (answer["decision"], answer["advisories"]) == ("refuse", [])


def test_a_complaint_that_the_platform_does_not_wait_for_is_advised_of() -> None:
    answer = answer_or_error({**LATE, "claim": {"kind": "late_shipment"}}, book())
    assert answer["decision"] == "hold"
    assert "hold 90.00" in answer["advisories"][0]["text"]
    assert "pay 15.00" in answer["advisories"][0]["text"]


def test_price_protection_of_a_sale_outlasts_seven_days_from_signing_under_the_pack_only() -> None:
    manuals, pack = answer_or_error(CAMPAIGN, book()), answer_or_error(CAMPAIGN, book(packs=(PACK,)))
    assert (manuals["decision"], pack["decision"]) == ("refuse", "pay")
    assert pack["to_buyer"]["coupon"] == "20.00"
    assert pack["items"][0]["parameters"]["price_protection"]["layer"] == PACK
    assert manuals["advisories"][0]["rule"] == "20009967"


def test_after_the_last_moment_of_protection_the_pack_gives_nothing_either() -> None:
    last = {**CAMPAIGN, "at": "2026-07-06T23:59:59"}
    after = {**CAMPAIGN, "at": "2026-07-07T00:00:00"}
    decisions = [answer_or_error(case, book(packs=(PACK,)))["decision"] for case in (last, after)]
    assert decisions == ["pay", "refuse"]


def test_a_purchase_before_the_hour_the_sale_began_is_not_protected_by_it() -> None:
    order = {**CAMPAIGN["order"], "paid_at": "2026-07-07T19:59:59", "signed_at": "2026-07-08T09:00"}
    case = {**CAMPAIGN, "at": "2026-07-16T10:00", "order": order}
    at_the_hour = {**case, "order": {**order, "paid_at": "2026-07-07T20:00:00"}}
    decisions = [answer_or_error(one, book(packs=(PACK,)))["decision"] for one in (case, at_the_hour)]
    assert decisions == ["refuse", "pay"]


LOWER_CAP_BEFORE = """
[pack]
id = "own"
title = "t"
from = "2017-03-01"
checked_on = "2026-01-01"

[[parameter]]
name = "repair_cap"
rule = "r-1"
citation = "c"
governed_by = "asked"
values = [{ from = "2017-03-01", to = "2017-03-06", value = "10.00" }, { from = "2017-03-07", value = "20.00" }]
"""


def test_an_earlier_claim_that_the_platform_would_have_answered_otherwise_is_advised_of() -> None:
    # On the 8th both caps are 20.00. On the 5th the platform's was 10.00, and would have left today's 10.00 open.
    rulebook = read_rulebook(bundle(shipped_texts() | {"own.toml": LOWER_CAP_BEFORE}))
    credit = {"kind": "repair", "cause": "micro_flaw", "lines": pieces((1, 1))}
    today = {**credit, "amount": "10.00", "asked_at": "2017-03-08T10:00"}
    earlier = {**credit, "amount": "20.00", "asked_at": "2017-03-05T10:00"}
    asked = case(order((1, "199.00")), today, [earlier])
    (advisory,) = answer_or_error(asked, rulebook)["advisories"]
    assert "this settlement: refuse 0.00" in advisory["text"]
    assert "pay 10.00" in advisory["text"]
    assert answer_or_error(case(order((1, "199.00")), today), rulebook)["advisories"] == []


def test_the_platform_answers_for_the_day_of_the_claim_and_not_of_the_asking() -> None:
    rulebook = read_rulebook(bundle(shipped_texts() | {"own.toml": LOWER_CAP_BEFORE}))
    credit = {"kind": "repair", "cause": "micro_flaw", "lines": pieces((1, 1)), "amount": "15.00"}
    on_the_5th = case(order((1, "199.00")), {**credit, "asked_at": "2017-03-05T10:00"})
    (advisory,) = answer_or_error(on_the_5th, rulebook)["advisories"]
    assert "this settlement: pay 15.00" in advisory["text"]
    assert "refuse 0.00" in advisory["text"]


def test_a_pack_in_force_binds_a_claim_by_the_claim_s_own_day() -> None:
    rulebook = read_rulebook(bundle(shipped_texts() | {"own.toml": LOWER_CAP_BEFORE}, ("own",)))
    credit = {"kind": "repair", "cause": "micro_flaw", "lines": pieces((1, 1)), "amount": "15.00"}
    asked = [case(order((1, "199.00")), {**credit, "asked_at": f"2017-03-0{day}T10:00"}) for day in (6, 7)]
    assert [answer_or_error(one, rulebook)["decision"] for one in asked] == ["refuse", "pay"]


def test_a_pack_of_one_platform_leaves_a_policy_for_the_orders_of_another_alone() -> None:
    of_tmall = LOWER_CAP_BEFORE.replace("[[parameter]]", 'platform = "tmall"\n\n[[parameter]]')
    rulebook = read_rulebook(bundle(shipped_texts() | {"own.toml": of_tmall}))
    credit = {"kind": "repair", "cause": "micro_flaw", "lines": pieces((1, 1)), "amount": "25.00"}
    advised_of = [
        len(answer_or_error(case(bought, credit, policy={"repair_cap": "30.00"}), rulebook)["advisories"])
        for bought in (order((1, "199.00")), order((1, "199.00"), platform="taobao"))
    ]
    assert advised_of == [1, 0]


SHOP_S = Settlement(decision="pay", kind="goodwill", state="open", to_buyer=ToBuyer(order_fen=500))


@pytest.mark.parametrize(
    ("other", "they"),
    [
        ({"to_buyer": ToBuyer(coupon_fen=500)}, "pay 5.00 coupon 5.00"),
        ({"to_buyer": ToBuyer(red_packet_fen=500)}, "pay 5.00 red_packet 5.00"),
        ({"to_buyer": ToBuyer(alipay_fen=500)}, "pay 5.00 alipay 5.00"),
        ({"to_buyer": ToBuyer(order_fen=501)}, "pay 5.01"),
        ({"to_buyer": ToBuyer(order_fen=500, red_packet_fen=1)}, "pay 5.01"),
        ({"to_buyer": ToBuyer(statement_fen=700)}, "pay 7.00"),
        ({"in_kind_fen": 100}, "pay 6.00"),
        ({"from_buyer_fen": 100}, "pay 4.00"),
        ({"decision": "hold"}, "hold 5.00"),
    ],
)
def test_whatever_the_platform_would_do_otherwise_is_advised_of(other: dict[str, Any], they: str) -> None:
    pack = book().packs[PACK]
    (advisory,) = advised(SHOP_S, replace(SHOP_S, **other), pack).advisories
    assert advisory.rule == PACK
    assert advisory.text.en.endswith(f"(checked on 2026-08-22): {they}")


def test_a_red_packet_that_nobody_speaks_of_is_none() -> None:
    none = replace(SHOP_S, to_buyer=replace(SHOP_S.to_buyer, red_packet_fen=0))
    assert advised(SHOP_S, none, book().packs[PACK]) == SHOP_S


def test_what_only_the_shop_pays_is_compared_too() -> None:
    due = Item(
        item="platform_commission", rule="r", amount_fen=-100, channel="order", formula="", exact=Fraction()
    )
    fee = replace(SHOP_S, to_buyer=ToBuyer(), items=(due,))
    (advisory,) = advised(
        fee, replace(fee, items=(replace(due, amount_fen=-300),)), book().packs[PACK]
    ).advisories
    assert "this settlement: pay -1.00; " in advisory.text.en
    assert advisory.text.en.endswith("pay -3.00")


def test_a_question_without_an_order_is_asked_for_its_shop_too() -> None:
    own = book(HEAD + entry("late_rate", 'value = "0.20"'))
    asked = {
        "at": "2026-09-02T10:00",
        "coupon_life": {"event": "expire", "amount": "40.00", "issued_on": "2026-07-01"},
    }
    assert answer_or_error(asked, own)["decision"] == "pay"
    assert answer_or_error({**asked, "shop": "other"}, own)["error"]["path"] == "shop"
