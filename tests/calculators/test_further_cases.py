"""Laws over every worked case of the further kinds: items add up, entries balance, a refusal moves nothing."""

import json
from pathlib import Path

import pytest

from calculators.money import parse_yuan
from calculators.settlement import BESIDE_THE_BUYER
from tests.calculators.asking import Json, ask, given_fen, net_of, without

FOLDER = Path(__file__).parent.parent / "cases"
ANSWERED = [
    pytest.param(without(worked, "rules", "expect"), id=f"{file.stem}: {worked['name']}")
    for file in sorted(FOLDER.glob("own_further_*.json"))
    for worked in json.loads(file.read_text("utf-8"))
    if "expect" in worked
]


@pytest.mark.parametrize("worked", ANSWERED)
def test_items_sum_to_what_the_buyer_gets_less_what_he_pays(worked: Json) -> None:
    answer = ask(worked)
    items = [one for one in answer["items"] if one["item"] not in BESIDE_THE_BUYER]
    total = sum(parse_yuan(one["amount"]) for one in items)
    assert total == given_fen(answer) - parse_yuan(answer["from_buyer"])


@pytest.mark.parametrize("worked", ANSWERED)
def test_entries_balance_and_only_what_may_be_paid_has_any(worked: Json) -> None:
    answer = ask(worked)
    assert all(sum(net_of([entry]).values()) == 0 for entry in answer["entries"])
    assert answer["decision"] in {"pay", "approve"} or answer["entries"] == []


@pytest.mark.parametrize("worked", ANSWERED)
def test_nothing_is_given_back_above_what_was_paid(worked: Json) -> None:
    ceilings = ask(worked)["ceilings"]
    assert all(
        0 <= parse_yuan(one["before"]) <= parse_yuan(one["after"]) <= parse_yuan(one["paid"])
        for one in ceilings
    )
