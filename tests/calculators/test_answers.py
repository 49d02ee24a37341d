"""Every worked case of tests/cases, as an accountant wrote it down: facts in, amounts and accounts out.

The files without `own_` are the acceptance cases; those with it were worked out by hand from the rules. Each
case names the clauses it is about. What an answer does not name counts as zero; what a case does not name is
not compared.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from calculators.answers import CLAIMS, QUESTIONS
from calculators.case_format import KINDS, REASONS
from cli.rulebooks import default_rulebook
from ledger.quoting import answer_or_error
from tests.calculators.asking import TEST_ONLY, Json, clauses_known, rulebook_of, without
from tests.calculators.comparison import differences

FOLDER = Path(__file__).parent.parent / "cases"
WORKED = [
    pytest.param(worked, id=f"{file.stem}: {worked['name']}")
    for file in sorted(FOLDER.glob("*.json"))
    for worked in json.loads(file.read_text("utf-8"))
]


@pytest.mark.parametrize("worked", WORKED)
def test_the_answer_is_the_one_that_was_worked_out(worked: Json) -> None:
    answer = answer_or_error(without(worked, *TEST_ONLY), rulebook_of(worked))
    assert not differences(worked, answer)


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [str(param.id) for param in WORKED]
    assert sorted(set(names)) == sorted(names)


def test_every_case_names_clauses_that_the_rulebook_knows() -> None:
    known = {*clauses_known(), "case-format"}
    unknown = {rule for param in WORKED for rule in _clauses(param.values[0]) if rule not in known}
    assert not unknown


def _clauses(worked: Any) -> list[str]:
    """The clauses of a case, without readings (0.7) and conflicts (C-06)."""
    return [rule for rule in worked["rules"] if not rule.startswith(("0.", "C-"))]


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("decision", {"decision": "refuse"}),
        ("order", {"to_buyer": {"order": "1.00"}}),
        ("points", {"to_buyer": {"points": 1}}),
        ("from_buyer", {"from_buyer": "0.01"}),
        ("goods", {"items": {"goods": "2.00"}}),
        ("advisories", {"advisories": ["C-99"]}),
        ("1122.01", {"postings": {"1122.01": "0.00"}}),
    ],
)
def test_a_case_that_expects_something_else_would_be_noticed(path: str, changed: Json) -> None:
    worked = json.loads((FOLDER / "returns.json").read_text("utf-8"))[0]
    answer = answer_or_error(without(worked, *TEST_ONLY), default_rulebook())
    found = differences({"expect": changed}, answer)
    assert len(found) == 1
    assert found[0].startswith(path)


def test_every_kind_of_the_case_format_has_one_that_answers_it() -> None:
    kinds = {(kind, None) for kind in KINDS if kind != "price_difference"}
    assert set(CLAIMS) == kinds | {("price_difference", reason) for reason in REASONS}
    assert len(QUESTIONS) == 7
