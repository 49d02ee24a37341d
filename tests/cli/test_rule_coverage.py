"""Coverage finds each kind of hole, and says what it has not looked at."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calculators.rulebook import Rule
from cli.rule_coverage import coverage
from cli.rulebooks import default_rulebook
from tests.calculators.layered import LATE

BOOK = default_rulebook()


def _holes(rules: dict[str, Rule], folder: Path | None = None) -> set[tuple[str, str]]:
    return {(one.kind, one.where) for one in coverage(replace(BOOK, rules=rules), folder).holes}


def _cases(folder: Path, *cases: dict[str, Any]) -> Path:
    (folder / "some.json").write_text(json.dumps(cases), "utf-8")
    return folder


def test_no_rule_is_pending_and_no_clause_or_item_of_the_code_is_unknown_to_the_rulebook() -> None:
    assert coverage(BOOK, Path("tests/cases")).holes == ()


def test_every_item_that_is_booked_has_a_clause_and_a_worked_case() -> None:
    items = coverage(BOOK, Path("tests/cases")).items
    assert len(items) > 20
    assert all(item.rules and item.cases for item in items)


def test_without_cases_it_says_so_and_still_holds_the_code_against_the_rulebook() -> None:
    found = coverage(BOOK, None)
    assert found.not_looked_at
    assert found.counts["cases"] == 0
    assert found.holes == ()


@pytest.mark.parametrize(
    ("status", "kind"), [("computed", "computed, but no code and no worked case"), ("pending", "pending")]
)
def test_a_rule_that_nothing_exercises_is_a_hole(tmp_path: Path, status: str, kind: str) -> None:
    added = replace(BOOK.rules["000-1"], id="000-99.9", status=status)
    assert (kind, "000-99.9") in _holes({**BOOK.rules, "000-99.9": added}, tmp_path)


def test_a_rule_that_a_worked_case_lists_is_none(tmp_path: Path) -> None:
    added = replace(BOOK.rules["000-1"], id="000-99.9", status="computed")
    folder = _cases(tmp_path, {**LATE, "name": "late", "rules": ["000-99.9"]})
    holes = _holes({**BOOK.rules, "000-99.9": added}, folder)
    assert "000-99.9" not in {where for _, where in holes}
    assert ("an item without a worked case", "goods") in holes
    assert ("an item without a worked case", "late_compensation") not in holes


def test_a_clause_of_the_code_that_the_rulebook_lacks_is_a_hole() -> None:
    rules = {name: rule for name, rule in BOOK.rules.items() if name != "004-C2d"}
    holes = _holes(rules)
    assert ("an item under a clause that is not in the rulebook", "late_compensation 004-C2d") in holes
    assert any(
        kind == "cited, but not in the rulebook" and "late_shipments.py" in where for kind, where in holes
    )


def test_a_pack_s_rule_without_a_case_and_a_parameter_nobody_reads_are_holes(tmp_path: Path) -> None:
    pack = BOOK.packs["tmall-2026"]
    unread = replace(pack.amendments[0], name="nobody_reads_it", rule="nobody-1")
    packs = {pack.id: replace(pack, amendments=(*pack.amendments, unread))}
    holes = {(one.kind, one.where) for one in coverage(replace(BOOK, packs=packs), _cases(tmp_path)).holes}
    assert ("a parameter of a pack that no code reads", "nobody_reads_it") in holes
    assert ("a rule of a pack without a worked case", "nobody-1") in holes
    assert ("a rule of a pack without a worked case", "11000266-9") in holes


def test_a_worked_case_is_asked_under_the_packs_it_names(tmp_path: Path) -> None:
    folder = _cases(tmp_path, {**LATE, "name": "late", "rules": [], "packs": ["tmall-2026"]})
    (item,) = [one for one in coverage(BOOK, folder).items if one.item == "late_compensation"]
    assert "11000266-7" in item.rules
