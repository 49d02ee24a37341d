"""Layers: manuals, pack, shop, policy; what each binds, and what a gap does."""

from typing import Any

import pytest

from calculators.errors import BadCase
from calculators.rulebook import Rulebook
from calculators.terms import Terms
from ledger.quoting import answer_or_error, quote
from tests.calculators.layered import HEAD, LATE, PACK, book, entry, late

RATE = HEAD + entry("late_rate", 'values = [{ from = "2026-09-01", to = "2026-12-31", value = "0.20" }]')


def _answer(case: Any, rulebook: Rulebook) -> dict[str, Any]:
    answer = answer_or_error(case, rulebook)
    assert "error" not in answer
    return answer


def _parameter(answer: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = answer["items"][0]["parameters"][name]
    return found


def test_without_any_layer_the_manuals_speak() -> None:
    answer = _answer(LATE, book())
    assert answer["to_buyer"]["points"] == 9000
    assert "red_packet" not in answer["to_buyer"]
    assert _parameter(answer, "late_rate") == {
        "value": "0.3",
        "layer": "manuals",
        "rule": "004-C2d",
        "from": None,
    }


def test_an_override_binds_inside_its_days_and_names_its_citation() -> None:
    answer = _answer(LATE, book(RATE))
    assert answer["to_buyer"]["points"] == 6000
    assert _parameter(answer, "late_rate") == {
        "value": "0.2",
        "layer": "shop",
        "rule": "004-C2d",
        "from": "2026-09-01",
        "citation": "memo 7",
    }


def test_outside_its_days_an_override_is_silent() -> None:
    answer = _answer({**LATE, "at": "2027-01-02T10:00"}, book(RATE))
    assert answer["to_buyer"]["points"] == 9000
    assert _parameter(answer, "late_rate")["layer"] == "manuals"


def test_a_policy_of_the_case_lies_over_everything() -> None:
    answer = _answer({**LATE, "policy": {"late_rate": "0.10"}}, book(RATE, packs=(PACK,)))
    assert _parameter(answer, "late_rate")["layer"] == "policy"
    assert answer["to_buyer"]["red_packet"] == "30.00"


def test_the_shop_lies_over_an_active_pack() -> None:
    answer = _answer(LATE, book(RATE, packs=(PACK,)))
    assert answer["to_buyer"]["red_packet"] == "50.00"
    assert _parameter(answer, "late_rate")["layer"] == "shop"
    assert _parameter(answer, "late_cap")["layer"] == PACK


def test_an_override_may_make_a_pack_binding() -> None:
    makes_active = HEAD + f'packs = ["{PACK}"]\n'
    assert _answer(LATE, book(makes_active))["to_buyer"]["red_packet"] == "15.00"


def test_a_policy_may_not_name_what_only_an_inactive_pack_knows() -> None:
    case = {**LATE, "policy": {"late_paid_as": "RED_PACKET"}}
    assert answer_or_error(case, book())["error"]["path"] == "policy.late_paid_as"
    assert "error" not in answer_or_error(case, book(packs=(PACK,)))


def test_a_shop_without_an_override_among_those_given_is_refused() -> None:
    with pytest.raises(BadCase, match="other has no override") as refused:
        quote({**LATE, "shop": "other"}, book(RATE))
    assert refused.value.path == "shop"


def test_each_shop_is_bound_by_its_own_override_only() -> None:
    other = RATE.replace('"main"', '"other"').replace("0.20", "0.25")
    rulebook = book(RATE, other)
    assert _answer(LATE, rulebook)["to_buyer"]["points"] == 6000
    assert _answer({**LATE, "shop": "other"}, rulebook)["to_buyer"]["points"] == 7500


@pytest.mark.parametrize("paid_on", ["2017-06-25", "2020-01-01", "2025-09-04"])
def test_in_a_gap_of_an_active_pack_the_claim_is_held_and_nothing_is_due(paid_on: str) -> None:
    answer = _answer(late(paid_at=f"{paid_on}T10:00"), book(packs=(PACK,)))
    assert answer["decision"] == "hold"
    assert (answer["items"], answer["entries"]) == ([], [])
    assert [one["id"] for one in answer["advisories"]] == ["RULE_GAP"]
    text = answer["advisories"][0]["text"]
    assert all(word in text for word in ("late_rate", "2017-06-25", "2025-09-04"))


@pytest.mark.parametrize(("paid_on", "channel"), [("2017-06-24", "points"), ("2025-09-05", "red_packet")])
def test_the_days_beside_the_gap_have_their_own_values(paid_on: str, channel: str) -> None:
    answer = _answer(late(paid_at=f"{paid_on}T10:00"), book(packs=(PACK,)))
    assert answer["decision"] == "pay"
    assert answer["items"][0]["channel"] == channel


def test_a_gap_of_a_pack_that_is_not_active_changes_nothing() -> None:
    answer = _answer(late(paid_at="2020-01-01T10:00"), book())
    assert (answer["decision"], answer["advisories"]) == ("pay", [])


def test_the_shop_may_speak_where_the_pack_has_a_gap() -> None:
    names = {
        "late_rate": '"0.05"',
        "late_min": '"5.00"',
        "late_cap": '"50.00"',
        "late_paid_as": '"RED_PACKET"',
        "buyer_day_cap": '"500.00"',
    }
    own = HEAD + "".join(entry(name, f"value = {value}") for name, value in names.items())
    answer = _answer(late(paid_at="2020-01-01T10:00"), book(own, packs=(PACK,)))
    assert (answer["decision"], answer["to_buyer"]["red_packet"]) == ("pay", "15.00")


def test_a_pack_of_one_platform_is_silent_for_the_orders_of_another() -> None:
    other = _answer(late(platform="taobao"), book(packs=(PACK,)))
    assert other["to_buyer"]["points"] == 9000
    assert _parameter(other, "late_rate")["layer"] == "manuals"
    assert other["advisories"] == []


def test_an_override_is_compared_with_the_platform_only_on_days_the_platform_speaks_of() -> None:
    early = late(
        paid_at="2017-06-10T10:00", ship_clicked_at="2017-06-11T10:00", picked_up_at="2017-06-20T10:00"
    )
    own = book(HEAD + entry("late_rate", 'value = "0.20"'))
    answer = _answer({**early, "at": "2017-06-30T10:00"}, own)
    assert (answer["to_buyer"]["points"], answer["advisories"]) == (6000, [])


def test_what_was_asked_for_is_remembered() -> None:
    from datetime import date

    terms = Terms(book(), {}, {"asked": date(2026, 10, 1)})
    assert not terms.governs("late_paid_as")
    terms.value("late_cap")
    assert terms.consulted == {"late_paid_as", "late_cap"}
