"""What an answer says about itself, held over every worked case: its formulas come to its amounts, its names are known.

Mutation testing found that sums can stay right while the explanation beside them goes wrong. So every formula
is worked out again as arithmetic here, and every item, clause, channel, fact and parameter that an answer
names must be one that the rest of the program knows.
"""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from calculators.money import round_half_up
from calculators.settlement import Item, Settlement
from cli.words import WORDS
from ledger.quoting import quote
from tests.calculators.asking import TEST_ONLY, Json, clauses_known, rulebook_of, without

FOLDER = Path(__file__).parent.parent / "cases"
CHANNELS = {
    *("order", "alipay", "points", "coupon", "statement", "platform"),
    *("courier", "wages", "stock", "bank", "red_packet"),
}
APPROVERS = {"supervisor", "department_manager", "team_leader"}
AWAITED = {
    *(
        "order_confirmed",
        "order_paid",
        "all_confirmed",
        "day_after_activity",
        "coupon_expired",
        "reason_changed",
    ),
    *("one_of_refund_or_exchange", "goods_received", "goods_received_by_buyer", "parcel_returned"),
    *("courier_enquiry", "month_over", "platform_rule"),
    *("tracking_number", "return_traced", "parcel_by_courier", "complaint_upheld", "warehouse_or_signature"),
}
ADVISED = re.compile(
    r"C-\d\d|TIER_BOUNDARY|SHOP_CLOSES|MIXED_CART|DAYS_LEFT|INVOICE_DUE|APPLICATION_CLOSED"
    r"|PLATFORM_RULE|RULE_(GAP|GRACE|GRADUAL)"
)
FACT = re.compile(r"[a-z]+(_[a-z0-9]+)*")
FEN = Fraction(1, 100)
# A number of violation points is counted, not paid; a tier by tier sum is not spelled out.
NO_SUM = {"violation_points"}
# What is held to a ceiling after its formula: the amount may be less, never more.
HELD = {
    "gift_deduction",
    "invoice_penalty",
    "late_compensation",
    "outbound_postage",
    "commission",
    "postage_deduction",
}


ANSWERED = [
    pytest.param(worked, id=f"{file.stem}: {worked['name']}")
    for file in sorted(FOLDER.glob("*.json"))
    for worked in json.loads(file.read_text("utf-8"))
    if "expect_error" not in worked
]


def said(worked: Json) -> Settlement:
    return quote(without(worked, *TEST_ONLY), rulebook_of(worked)).settlement


def worked_out(formula: str) -> Fraction:
    """The yuan that a formula comes to; R rounds to whole fen."""
    text = formula.translate(str.maketrans("×÷−", "*/-"))
    text = re.sub(r"\d+(\.\d+)?", r'F("\g<0>")', text)
    names = {"F": Fraction, "R": lambda yuan: round_half_up(yuan / FEN) * FEN, "min": min, "max": max}
    return Fraction(eval(text, {"__builtins__": {}}, names))


@pytest.mark.parametrize("worked", ANSWERED)
def test_every_formula_comes_to_its_amount(worked: Json) -> None:
    for item in said(worked).items:
        if item.item in NO_SUM or "tiers" in item.formula or left_for_later(item):
            continue
        fen = round_half_up(worked_out(item.formula) / FEN)
        if item.item in HELD:
            assert abs(item.amount_fen) <= abs(fen), item
        else:
            assert item.amount_fen == fen, item


def left_for_later(item: Item) -> bool:
    """A rebate paid too high is, under that reading, taken back with the next month's statement."""
    return ("dist_late_refund", "NEXT_MONTH") in {(used.name, used.value) for used in item.parameters}


@pytest.mark.parametrize("worked", ANSWERED)
def test_the_exact_fraction_is_within_a_fen_of_the_amount_or_was_capped(worked: Json) -> None:
    for item in said(worked).items:
        if item.item in HELD:
            assert abs(item.amount_fen) <= abs(item.exact) + 1, item
        else:
            assert abs(item.exact - item.amount_fen) <= 1, item


@pytest.mark.parametrize("worked", ANSWERED)
def test_every_item_is_named_with_a_known_clause_channel_facts_and_parameters(worked: Json) -> None:
    for item in said(worked).items:
        assert item.item in WORDS
        assert item.rule in clauses_known(), item
        assert item.channel in CHANNELS, item
        assert all(FACT.fullmatch(name) for name in item.inputs), item
        assert all(fact and isinstance(fact, str) and "None" not in fact for fact in item.inputs.values()), (
            item
        )
        assert_the_numbers_have_a_source(item)


def assert_the_numbers_have_a_source(item: Item) -> None:
    """A formula of several numbers names the facts it is made of."""
    if any(sign in item.formula for sign in "×÷"):
        assert item.inputs or item.parameters, item


@pytest.mark.parametrize("worked", ANSWERED)
def test_whatever_is_said_beside_the_items_is_known(worked: Json) -> None:
    answer, rules = said(worked), clauses_known()
    for skipped in answer.not_applied:
        assert skipped.item in WORDS
        assert skipped.rule in rules, skipped
    for advisory in answer.advisories:
        assert ADVISED.fullmatch(advisory.id), advisory
        assert advisory.rule in rules, advisory
    for awaited in answer.awaits:
        assert awaited.what in AWAITED, awaited
        assert awaited.rule in rules, awaited
    for approval in answer.approvals:
        assert approval.what in APPROVERS, approval
        assert approval.rule in rules, approval


def test_a_formula_is_worked_out_as_it_is_read() -> None:
    assert worked_out("−R(0.05 × 433.33) + R(0.05 × 333.33)") == -5
    assert worked_out("min(500.00, R(0.3 × 1280.00))") == 384
    assert worked_out("max(0, 30.00 − 42.00)") == 0
