"""Every item that can be booked or answered has its one home."""

import json
from pathlib import Path

from calculators.errors import BadCase
from calculators.settlement import BESIDE_THE_BUYER
from cli.rulebooks import default_rulebook, rulebook_in_use
from exports.item_homes import HOMES, PLAIN, SLICES, home_of, items_of
from exports.words import ITEMS
from ledger.posting_rules import BESIDE, DEBIT
from ledger.quoting import quote

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.json"))


def _answered() -> set[str]:
    """The items of every worked case, under the manuals and under the platform pack."""
    names: set[str] = set()
    for rulebook in (default_rulebook(), rulebook_in_use(packs=["tmall-2026"])):
        for case in (case for path in CASES for case in json.loads(path.read_text("utf-8"))):
            asked = {key: value for key, value in case.items() if not key.startswith(("expect", "rules"))}
            try:
                names |= {item.item for item in quote(asked, rulebook).settlement.items}
            except BadCase:
                continue
    return names


def test_every_item_of_the_posting_rules_has_a_home() -> None:
    assert (set(DEBIT) | set(BESIDE) | BESIDE_THE_BUYER) - HOMES.keys() == set()


def test_every_item_that_any_worked_case_answers_has_a_home() -> None:
    answered = _answered()
    assert len(answered) > 30
    assert answered - HOMES.keys() == set()


def test_each_item_stands_on_one_sheet_or_in_the_detail_alone() -> None:
    homes = [items_of(title) for title in (*SLICES, PLAIN)]
    assert sum(map(len, homes)) == len(HOMES)
    assert set().union(*homes) == HOMES.keys()
    assert all(homes)


def test_every_item_with_a_home_has_its_word_in_chinese() -> None:
    assert HOMES.keys() - ITEMS.keys() == set()


def test_an_item_nobody_knows_stays_in_the_detail() -> None:
    assert home_of("from the future") == PLAIN
