"""The bank's 0.8 % is the shop's; instalments are open from 600.00 by card at four banks."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, case, order


def asked(amount: str = "600.00", changes: Json | None = None, **claim: Any) -> Json:
    made = order((1, amount), **{"payment": "card", **(changes or {})})
    return ask(case(made, {"kind": "card_payment", "bank": "boc", **claim}))


def instalments(answer: Json) -> str:
    (item,) = answer["items"]
    return str(item["inputs"]["instalments"])


def test_the_fee_keeps_its_exact_fraction() -> None:
    (item,) = asked("599.99")["items"]
    assert (item["amount"], item["exact"]) == ("4.80", "59999/12500")


@pytest.mark.parametrize(("amount", "open_to"), [("600.00", "yes"), ("599.99", "no")])
def test_instalments_open_at_600_exactly(amount: str, open_to: str) -> None:
    assert instalments(asked(amount)) == open_to


def test_instalments_look_at_the_part_paid_by_card() -> None:
    assert instalments(asked(changes={"points": 5000})) == "no"


@pytest.mark.parametrize("promotion", ["limited_time", "flash_sale"])
def test_promotions_bar_instalments(promotion: str) -> None:
    assert instalments(asked(promotion=promotion)) == "no"


def test_juhuasuan_bars_instalments_but_not_the_fee() -> None:
    answer = asked("900.00", {"activity": "juhuasuan"})
    assert (instalments(answer), answer["items"][0]["amount"]) == ("no", "7.20")


@pytest.mark.parametrize(
    ("bank", "open_to"),
    [("boc", "yes"), ("pingan", "yes"), ("abc", "yes"), ("sdb", "yes"), ("other", "no"), (None, "no")],
)
def test_four_banks_offer_instalments(bank: str | None, open_to: str) -> None:
    assert instalments(asked(bank=bank)) == open_to


def test_charging_the_buyer_names_both_figures_of_the_manual() -> None:
    answer = asked(charge_buyer=True)
    (advisory,) = answer["advisories"]
    assert answer["entries"] == []
    assert "6 platform points" in advisory["text"]
    assert "says 4" in advisory["text"]
