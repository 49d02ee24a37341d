"""Why: the tree of a claim in words, what binds it, what would change it, and other readings."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell, asked, noted

CASE: dict[str, Any] = {
    "at": "2017-03-06T10:00",
    "order": {
        "order_no": "F01",
        "paid_at": "2017-03-01T10:00",
        "signed_at": "2017-03-04T15:00",
        "free_shipping": True,
        "lines": [{"line": 1, "qty": 1, "price": "199.00"}],
    },
    "claim": {"kind": "repair", "cause": "micro_flaw", "amount": "20.00"},
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), "utf-8")
    return file


def test_the_cap_that_binds_and_the_fen_too_much_are_named(booked: Shell, case: Path) -> None:
    said = booked("why", "--case", case, "--json").json
    assert [(one["parameter"], one["stepped"], one["outcome"]["decision"]) for one in said["binds"]] == [
        ("repair_cap", "19.99", "refuse")
    ]
    amount = next(one for one in said["changes"] if one["path"] == "claim.amount")
    assert (amount["was"], amount["would_be"], amount["outcome"]["decision"]) == ("20.00", "20.01", "refuse")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_recorded_claim_is_explained_in_words(
    booked: Shell, notes: list[dict[str, Any]], lang: str
) -> None:
    note = noted(notes, kind="return", cause="no_reason", received=True)
    booked("record", *asked(note))
    booked.matches(f"why.{lang}", booked("why", note["claim"]["claim_no"], "--lang", lang, "--readings"))


def test_a_claim_and_its_entry_have_the_same_reasons(booked: Shell, notes: list[dict[str, Any]]) -> None:
    note = noted(notes, kind="return", cause="no_reason", received=True)
    recorded = booked("record", *asked(note), "--json").json
    by_claim = booked("why", note["claim"]["claim_no"], "--json").json
    assert booked("why", f"#{recorded['entry']}", "--json").json == by_claim
    assert by_claim["answer"]["digest"] == recorded["answer"]["digest"]


def test_another_reading_says_what_it_would_give_and_by_how_much(booked: Shell, tmp_path: Path) -> None:
    order = CASE["order"] | {"payment": "cod", "confirmed_at": "2017-03-05T09:00"}
    claim = {"kind": "return", "cause": "no_reason", "received": True}
    file = tmp_path / "cod.json"
    file.write_text(json.dumps({"at": CASE["at"], "order": order, "claim": claim}), "utf-8")
    readings = booked("quote", "--case", file, "--readings", "--json").json["readings"]
    assert [
        (one["parameter"], one["in_force"], one["reading"], one["difference_fen"]) for one in readings
    ] == [("refund_deductions", "APPLY", "ADVISE_ONLY", 9_95)]
    assert "+9.95" in booked("quote", "--case", file, "--readings").out


@pytest.mark.parametrize("words", [(), ("17", "--case", "x.json")])
def test_one_thing_at_a_time_is_explained(booked: Shell, words: tuple[str, ...]) -> None:
    assert "--case" in booked("why", *words, code=2).err


def test_an_entry_without_a_claim_has_no_reasons(booked: Shell) -> None:
    assert booked(
        "why",
        "1",
        code=3,
    ).err
