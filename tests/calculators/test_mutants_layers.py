"""What terms, layers and the advice of a pack say, down to the word: found untried by mutation testing."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from calculators.days import parse_moment
from calculators.errors import BadCase
from calculators.layers import Layers, Seller, Ungoverned
from calculators.rulebook import Campaign, Tier
from calculators.terms import Terms, Unset, written
from cli.rulebooks import default_rulebook
from ledger.quoting import answer_or_error, quote
from tests.calculators.asking import CLOSED, Json, case, order, sent_back
from tests.calculators.layered import HEAD, LATE, PACK, book, entry, late
from tests.calculators.packed import bought, said

DAY = date(2017, 3, 1)
TIERS = (
    Tier(bottom=0, includes_bottom=True, factor=Fraction(1), top=1_000_000, includes_top=True),
    Tier(bottom=1_000_000, includes_bottom=False, factor=Fraction(17, 20)),
)
SALE = Campaign(
    name="双11",
    begins_at=parse_moment("2026-11-01T00:00"),
    ends_at=parse_moment("2026-11-11T23:59"),
    protected_until=parse_moment("2026-11-20T23:59"),
)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("yuan", 2_000, "20.00"),
        ("steps", (1_000, 3_000), "10.00, 30.00"),
        ("rate", Fraction(1, 8), "0.125"),
        ("band", (Fraction(7, 10), Fraction(4, 5)), "0.7–0.8"),
        ("tiers", TIERS, "from 0.00: 1; from 10000.00: 0.85"),
        ("piece_tiers", TIERS, "from 0: 1; from 1000000: 0.85"),
        ("campaign", SALE, "双11 2026-11-20"),
        ("days", 7, "7"),
        ("choice", "LOWER", "LOWER"),
        ("switch", False, "False"),
    ],
)
def test_every_unit_is_written_as_a_person_writes_it(unit: str, value: object, text: str) -> None:
    assert written(unit, value) == text


def test_a_policy_names_the_clause_it_departs_from_whoever_knows_it() -> None:
    (manual,) = Terms(default_rulebook(), {"repair_cap": "30.00"}, {"asked": DAY}).used("repair_cap")
    assert (manual.rule, manual.since, manual.layer) == ("003-13b", None, "policy")
    under = book(packs=(PACK,))
    (packed,) = Terms(under, {"buyer_day_cap": "9.00"}, {"asked": DAY}).used("buyer_day_cap")
    assert (packed.rule, packed.value) == ("11000266-12", "9.00")


@pytest.mark.parametrize(
    ("policy", "path", "message"),
    [
        ({"mood": "good"}, "policy.mood", "is not a parameter of the rulebook"),
        ({"late_paid_as": "POINTS"}, "policy.late_paid_as", "is not a parameter of the rulebook"),
        ({"tier_boundary": "MIDDLE"}, "policy.tier_boundary", "must be one of LOWER, UPPER"),
    ],
)
def test_a_policy_that_cannot_be_is_told_why(policy: Json, path: str, message: str) -> None:
    with pytest.raises(BadCase) as refused:
        Terms(default_rulebook(), policy, {"asked": DAY})
    assert (refused.value.path, refused.value.message) == (path, message)


def test_a_blank_is_named_in_the_fault_itself() -> None:
    with pytest.raises(Unset, match=r"^reward_error$"):
        Terms(default_rulebook(), {}, {"asked": DAY}).fen("reward_error")


def test_without_a_day_of_its_own_a_parameter_goes_by_the_day_of_asking() -> None:
    terms = Terms(default_rulebook(), {}, {"asked": date(2017, 6, 24)})
    assert terms.number("ship_hours") == 72


def test_the_shop_of_a_case_that_names_none_is_the_main_one() -> None:
    own = book(HEAD + entry("repair_cap", 'value = "9.00"'))
    assert Terms(own, {}, {"asked": DAY}).fen("repair_cap") == 900
    assert Seller() == Seller(shop="main", platform="tmall")


def test_the_shops_that_have_overrides_are_listed_with_a_comma() -> None:
    one = HEAD + entry("repair_cap", 'value = "9.00"')
    two = book(one, one.replace('"main"', '"annex"'))
    with pytest.raises(BadCase) as refused:
        Layers(two, Seller(shop="other"))
    assert refused.value.message == "other has no override among those given; they are for annex, main"


def test_a_value_of_each_layer_names_itself_its_clause_and_its_first_day() -> None:
    under = book(HEAD + entry("late_cap", 'value = "9.00"'), packs=(PACK,))
    layers = Layers(under, Seller())
    on = date(2026, 10, 1)
    own, packed, manual = (
        layers.standing(name, lambda _: on) for name in ("late_cap", "late_rate", "ship_by_nobody")
    )
    assert own is not None
    assert packed is not None
    assert manual is None
    assert (own.name, own.layer, own.since) == ("late_cap", "shop", None)
    assert (packed.name, packed.layer, packed.since) == ("late_rate", PACK, date(2025, 9, 5))
    below = Layers(book(), Seller()).standing("ship_hours", lambda _: on)
    assert below is not None
    assert (below.name, below.since, below.rule) == ("ship_hours", date(2017, 6, 25), "004-C2a")


def test_an_override_is_asked_about_the_day_its_parameter_goes_by() -> None:
    own = HEAD + entry("ship_hours", 'values = [{ from = "2026-10-01", value = 24 }]')
    layers, asked = Layers(book(own), Seller()), []

    def day(governed_by: str) -> date:
        asked.append(governed_by)
        return date(2026, 10, 1) if governed_by == "paid" else DAY

    found = layers.standing("ship_hours", day)
    assert found is not None
    assert (found.value, set(asked)) == (24, {"paid"})


def test_a_gap_names_its_pack_parameter_and_days() -> None:
    layers = Layers(book(packs=(PACK,)), Seller())
    with pytest.raises(Ungoverned) as unknown:
        layers.standing("late_cap", lambda _: date(2020, 1, 1))
    assert (unknown.value.pack, unknown.value.amendment.name) == (PACK, "late_cap")
    assert str(unknown.value).startswith("late_cap in tmall-2026 from 2017-06-25 to 2025-09-04: no text")


def test_only_what_an_active_pack_brings_is_known_beside_the_manuals() -> None:
    known, unknown = Layers(book(packs=(PACK,)), Seller()), Layers(book(), Seller())
    assert [known.known(name) for name in ("late_cap", "buyer_day_cap", "mood")] == [True, True, False]
    assert [unknown.known(name) for name in ("late_cap", "buyer_day_cap")] == [True, False]


def test_a_held_gap_says_what_it_is_about_and_owes_nothing() -> None:
    gap = late(paid_at="2020-01-01T10:00")
    settlement = quote(gap, book(packs=(PACK,))).settlement
    assert (settlement.kind, settlement.state, settlement.decision) == ("late_shipment", "open", "hold")
    assert settlement.to_buyer.red_packet_fen == 0
    (awaited,), (advisory,) = settlement.awaits, settlement.advisories
    assert (awaited.what, awaited.rule, advisory.id, advisory.rule) == (
        *("platform_rule", "11000266-7", "RULE_GAP", "11000266-7"),
    )
    closed = late(paid_at="2020-01-01T10:00", confirmed_at="2026-10-10T10:00")
    assert quote(closed, book(packs=(PACK,))).settlement.state == "closed"
    later = late(paid_at="2020-01-01T10:00", confirmed_at="2026-10-13T10:00")
    assert quote(later, book(packs=(PACK,))).settlement.state == "open"


def _advised(asked: Json, language: str = "en", **more: Any) -> str:
    return said(answer_or_error(asked | more, book(), language), "PLATFORM_RULE")


def test_every_differing_parameter_is_named_with_both_values_in_both_languages() -> None:
    english, chinese = _advised(LATE), _advised(LATE, "zh")
    assert english.endswith(
        "pay 15.00; late_rate 0.3 / 0.05; late_min none / 5.00; late_cap 500.00 / 50.00; "
        "buyer_day_cap none / 500.00; late_paid_as none / RED_PACKET"
    )
    assert chinese.endswith(
        "付款 15.00;late_rate 0.3 / 0.05;late_min 无 / 5.00;late_cap 500.00 / 50.00;"
        "buyer_day_cap 无 / 500.00;late_paid_as 无 / RED_PACKET"
    )


def test_the_figures_of_the_advice_count_every_channel_and_what_the_buyer_pays() -> None:
    gift = {"kind": "return", "cause": "quality", "received": True, "gift_missing": "25.00"}
    gift["return_postage"] = "12.00"
    asked = {"at": "2026-08-10T10:00", "order": bought("300.00"), "claim": gift}
    assert "pay 312.00; the platform's rules tmall-2026 (checked on 2026-08-22): pay 287.00" in _advised(
        asked
    )
    swap = {
        **{"kind": "exchange", "cause": "size", "received": True, "reship_postage": "10.00"},
        "replacement": {"price": "320.00", "stock": 9},
    }
    asked = {"at": "2026-08-10T10:00", "order": bought("300.00"), "claim": swap}
    assert "pay -20.00; the platform's rules tmall-2026 (checked on 2026-08-22): pay -30.00" in _advised(
        asked
    )
    fee = {"kind": "platform_commission"}
    done = bought("300.00", confirmed_at="2026-08-09T10:00")
    asked = {"at": "2026-08-10T10:00", "order": done, "claim": fee}
    assert "refuse 0.00; the platform's rules tmall-2026 (checked on 2026-08-22): pay 15.00" in _advised(
        asked
    )


def test_a_rule_that_is_the_pack_s_own_is_named_by_the_first_parameter_that_differs() -> None:
    (advisory,) = answer_or_error(LATE, book())["advisories"]
    assert advisory["rule"] == "11000266-7"


def test_claims_before_are_measured_on_their_own_days() -> None:
    """A policy of days that ends between two claims binds the first of them only."""
    own = book(HEAD + entry("repair_cap", 'values = [{ to = "2017-03-05", value = "30.00" }]'))
    repair = {"kind": "repair", "amount": "30.00", "asked_at": "2017-03-05T10:00"}
    again = {"kind": "repair", "amount": "0.01"}
    answer = answer_or_error(case(order((1, "99.00")), again, [repair], at="2017-03-06T10:00"), own)
    assert (answer["decision"], answer["not_applied"][0]["item"]) == ("refuse", "repair")
    alone = answer_or_error(case(order((1, "99.00")), again, at="2017-03-06T10:00"), own)
    assert alone["decision"] == "pay"


def test_a_claim_s_own_moment_of_asking_picks_the_version() -> None:
    own = book(HEAD + entry("repair_cap", 'values = [{ to = "2017-03-05", value = "30.00" }]'))
    repair = {"kind": "repair", "amount": "30.00", "asked_at": "2017-03-05T10:00"}
    assert answer_or_error(case(order((1, "99.00")), repair), own)["decision"] == "pay"


def test_an_invoice_s_day_of_issue_and_a_distributor_s_month_pick_theirs() -> None:
    pack = (
        '[pack]\nid = "p"\ntitle = "t"\nfrom = "2016-01-01"\nchecked_on = "2026-01-01"\n'
        '[[parameter]]\nname = "invoice_penalty_rate"\nrule = "r"\ncitation = "c"\ngoverned_by = "issued"\n'
        'values = [{ from = "2017-03-02", value = "0.10" }]\n'
        '[[parameter]]\nname = "dist_return_rate_max"\nrule = "r"\ncitation = "c"\ngoverned_by = "month"\n'
        'values = [{ from = "2017-03-01", to = "2017-03-01", value = "0" }]\n'
    )
    under = book(pack, packs=("p",))
    asked = [
        case(
            order((1, "100.00"), free_shipping=True, invoice={"amount": "100.00", "issued_on": day}),
            sent_back(),
            at="2017-05-02T10:00",
        )
        for day in ("2017-03-01", "2017-03-02")
    ]
    taken = [
        [one["amount"] for one in answer_or_error(one, under)["items"] if one["item"] == "invoice_penalty"]
        for one in asked
    ]
    assert taken == [["-4.00"], ["-10.00"]]
    orders = [{"order_no": "1", "amount": "20000.00", "pieces": 9}]
    refunds = [{"order_no": "1", "amount": "1.00", "pieces": 1}]
    months = [
        answer_or_error(
            {
                "at": "2017-05-02T10:00",
                "distributor_month": {
                    **{"distributor": "d", "month": month, "orders": orders, "refunds": refunds}
                },
            },
            under,
        )["to_buyer"]["statement"]
        for month in ("2017-03", "2017-04")
    ]
    assert months == ["0.00", "2999.85"]


def test_an_order_that_closes_names_its_state() -> None:
    asked = case(order((1, "99.00"), **CLOSED), sent_back())
    assert quote(asked, default_rulebook()).settlement.state == "closed"
