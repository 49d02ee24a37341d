"""The rulebook that comes with Settle: every rule is there, in the manuals' own words, and every number is read."""

import ast
import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from calculators.rulebook import Rule, Tier, Version
from cli.rulebooks import default_rulebook
from tests.house.source import ROOT, Module, modules

MANUALS = ("000", "001", "002", "003", "004")
SEEDS = Path(os.environ.get("SETTLE_SEEDS", ROOT.parent / "shared" / "seeds"))
READS = {"fen", "number", "rate", "choice", "switch", "tiers", "value"}
# Parameters that no calculation reads, each with what it is there for.
UNREAD = {
    "chasing_call_from": "a gate of 000-1: whom to call, no money",
    "new_style_coupon": "a gate of 000-II.1.2: the face value is the order's own fact",
    "shop_coupon": "a gate of 000-II.1.2: the face value is the order's own fact",
    "shop_coupon_threshold": "a gate of 000-II.1.2: the threshold is the question's own fact",
    "invoice_return_date": "says which day `returned_on` is understood to be",
}
# Every whole number above 2 that stands in a calculator, and what it is. No rule of the manuals is among them.
NUMBERS = {
    "calculators/answer_json.py": ({100}, "fen a yuan"),
    "calculators/days.py": ({12, 23, 59, 1970, 2999}, "the calendar"),
    "calculators/masking.py": ({3, 4, 10, 11}, "how many characters of a number a mask leaves"),
    "calculators/money.py": ({10, 12, 100}, "fen a yuan, and the largest amount a book can hold"),
    "calculators/reading.py": ({9, 10}, "the largest count that is believed"),
    "calculators/terms.py": ({10}, "decimal places"),
    "calculators/units.py": ({31, 9999}, "the calendar"),
    "calculators/what_if.py": ({40}, "how far a boundary is sought"),
}


def seed_of(manual: str) -> bytes:
    """The manual as it was handed over; skips where the folder is absent, fails where everything is required."""
    found = sorted(SEEDS.glob(f"{manual}_*"))
    if found:
        return found[0].read_bytes()
    refuse = pytest.fail if os.environ.get("SETTLE_REQUIRE_ALL") == "1" else pytest.skip
    return refuse(f"the manuals are not beside the project; set SETTLE_SEEDS ({manual})")


def rules_of(manual: str) -> list[Rule]:
    """The rules of one manual."""
    return [rule for rule in default_rulebook().rules.values() if rule.document == manual]


@pytest.mark.parametrize("manual", MANUALS)
def test_every_quotation_stands_in_its_manual_word_for_word(manual: str) -> None:
    text = seed_of(manual).decode("utf-8").replace("\u00a0", " ")
    missing = [(rule.id, said) for rule in rules_of(manual) for said in rule.quotations if said not in text]
    assert not missing


@pytest.mark.parametrize("manual", MANUALS)
def test_every_manual_is_the_file_it_was_read_from(manual: str) -> None:
    assert default_rulebook().documents[manual].sha256 == hashlib.sha256(seed_of(manual)).hexdigest()


def test_all_146_rules_of_the_manuals_are_there_and_each_quotes_its_own() -> None:
    rules = [rule for manual in MANUALS for rule in rules_of(manual)]
    assert len(rules) == 146
    assert all(rule.quotations and rule.id.startswith(f"{rule.document}-") for rule in rules)


def test_a_quotation_is_a_clause_and_not_a_paragraph() -> None:
    said = [said for rule in default_rulebook().rules.values() for said in rule.quotations]
    assert max(map(len, said)) <= 120


def test_every_parameter_is_read_by_a_calculator_or_says_why_not() -> None:
    literals = {text for module in modules("calculators") for text in _texts(module)}
    unread = {name for name in default_rulebook().parameters if name not in literals}
    assert unread == set(UNREAD)


def _texts(module: Module) -> set[str]:
    nodes = (node for node in ast.walk(module.tree) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str)}


def test_every_name_of_a_parameter_in_a_calculator_is_one_of_the_rulebook() -> None:
    asked = [(module.path, name) for module in modules("calculators") for name in _asked_for(module)]
    assert len(asked) > 40
    assert not [(path, name) for path, name in asked if default_rulebook().defined(name) is None]


def _asked_for(module: Module) -> list[str]:
    """The names that a module asks the terms of a case for."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and node.args]
    return [
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in READS
        if "terms" in ast.unparse(call.func.value) and isinstance(call.args[0], ast.Constant)
    ]


def test_no_rate_cap_or_boundary_is_written_into_a_calculator() -> None:
    written = [
        f"{module.path}:{node.lineno}: {node.value!r}"
        for module in modules("calculators")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
        if node.value not in {0, 1, 2} | NUMBERS.get(module.path, (set(), ""))[0]
    ]
    assert not written


def test_no_rate_is_hidden_in_a_text_either() -> None:
    hidden = [
        f"{module.path}:{node.lineno}: {ast.unparse(node)}"
        for module in modules("calculators")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Decimal", "Fraction"}
        if any(isinstance(one, ast.Constant) and one.value not in {0, 1, 2} for one in node.args)
    ]
    assert not hidden


@pytest.mark.parametrize(("amount", "held"), [(9, False), (10, True), (15, True), (20, False), (21, False)])
def test_a_tier_holds_the_bounds_it_includes(amount: int, held: bool) -> None:
    tier = Tier(bottom=10, includes_bottom=True, top=20, includes_top=False, factor=1)
    assert tier.holds(amount) is held


def test_a_tier_without_an_end_holds_everything_above() -> None:
    tier = Tier(bottom=20, includes_bottom=False, factor=1)
    assert (tier.holds(20), tier.holds(21), tier.holds(10**12)) == (False, True, True)


def test_a_version_covers_its_first_and_its_last_day() -> None:
    version = Version(value=72, since=date(2017, 1, 1), until=date(2017, 6, 24))
    days = [date(2016, 12, 31), date(2017, 1, 1), date(2017, 6, 24), date(2017, 6, 25)]
    assert [version.covers(day) for day in days] == [False, True, True, False]
    assert Version(value=48).covers(date(1999, 1, 1))
