"""Sheets: an amount is rounded here and nowhere else, and the decision follows from what was written."""

from fractions import Fraction

import pytest

from calculators.days import parse_moment
from calculators.sheet import Sheet, Working
from calculators.terms import Terms
from calculators.wording import say
from cli.rulebooks import default_rulebook

AT = parse_moment("2017-03-10T10:00")
WHY = say("因为", "because")


def _sheet() -> Sheet:
    return Sheet(terms=Terms(default_rulebook(), {}, {"asked": AT.date()}), at=AT)


@pytest.mark.parametrize(
    ("exact", "fen"),
    [(Fraction(33333, 20), 1667), (Fraction(5, 2), 3), (Fraction(-5, 2), -3), (Fraction(7), 7)],
)
def test_an_item_is_rounded_once_half_up_and_keeps_its_exact_amount(exact: Fraction, fen: int) -> None:
    sheet = _sheet()
    assert sheet.add("goods", "001-1.1R", "order", exact, Working(formula="f")) == fen
    assert (sheet.items[0].amount_fen, sheet.items[0].exact) == (fen, exact)


def test_the_decision_is_hold_before_approve_before_pay() -> None:
    sheet = _sheet()
    assert sheet.settled("return", "open").decision == "pay"
    sheet.ask("supervisor", "000-8.4", WHY)
    assert sheet.settled("return", "open").decision == "approve"
    sheet.wait_for("goods_received", "000-8.0", WHY)
    assert sheet.settled("return", "open").decision == "hold"


def test_what_is_refused_keeps_its_reason_and_pays_nothing() -> None:
    sheet = _sheet()
    sheet.add("goods", "001-1.1R", "order", 100, Working(formula="f"))
    sheet.refuse("goods", "000-9", WHY)
    settlement = sheet.settled("return", "open", from_buyer_fen=100)
    assert (settlement.decision, settlement.items, settlement.from_buyer_fen) == ("refuse", (), 0)
    assert settlement.not_applied[0].why == WHY


def test_nothing_is_no_movement() -> None:
    sheet = _sheet()
    sheet.move("courier_bill", 0)
    sheet.move("courier_bill", 5)
    assert [(one.what, one.fen) for one in sheet.movements] == [("courier_bill", 5)]


def test_a_parameter_of_an_item_says_its_value_and_clause() -> None:
    sheet = _sheet()
    sheet.add("repair", "003-13b", "alipay", 1, Working(formula="f", parameters=("repair_cap",)))
    (used,) = sheet.items[0].parameters
    assert (used.name, used.value, used.rule) == ("repair_cap", "20.00", "003-13b")
