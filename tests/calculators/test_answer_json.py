"""The answer as JSON: every amount a text, every item explained, one digest for one answer."""

import hashlib
from fractions import Fraction

from calculators.answer_json import canonical
from cli.rulebooks import default_rulebook
from tests.calculators.asking import CLOSED, ask, case, order, sent_back, without

COD = case(order((1, "333.33"), payment="cod", **CLOSED), sent_back("no_reason"))


def test_an_item_shows_its_formula_its_facts_its_parameters_and_its_exact_amount() -> None:
    _, commission = ask(COD)["items"]
    assert (commission["item"], commission["amount"], commission["rule"]) == (
        "commission",
        "-16.67",
        "000-10.1",
    )
    assert commission["formula"] == "−R(0.05 × 333.33)"
    assert abs(Fraction(commission["exact"]) + Fraction("16.6665")) <= Fraction(1, 200)
    rate = commission["parameters"]["cod_commission_rate"]
    assert (rate["value"], rate["layer"], rate["rule"]) == ("0.05", "manuals", "000-10.1")


def test_the_keys_are_those_of_the_case_format() -> None:
    assert {
        *("decision", "to_buyer", "from_buyer", "items", "not_applied", "awaits", "approvals"),
        *("advisories", "ceilings", "entries", "rulebook", "digest"),
    } <= set(ask(COD))


def test_the_digest_is_of_the_whole_answer_and_the_rulebook_is_named_in_it() -> None:
    answer = ask(COD)
    body = canonical(without(answer, "digest"))
    assert answer["digest"] == hashlib.sha256(body.encode()).hexdigest()
    assert answer["rulebook"]["digest"] == default_rulebook().digest
    assert answer["rulebook"]["as_of"] == "2017-03-08"


def test_one_value_has_one_text() -> None:
    assert canonical({"b": 1, "a": "运费"}) == canonical({"a": "运费", "b": 1}) == '{"a":"运费","b":1}'
