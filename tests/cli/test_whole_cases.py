import json
from typing import Any

import pytest

from calculators.errors import BadCase
from cli.recording import InHand, Outcome
from cli.rulebooks import default_rulebook
from cli.whole_cases import WrongCase, record_whole_case
from ledger.connections import sqlite_url
from ledger.engine import open_book
from tests.cli.commands.test_quote import CASE
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell

CLAIM = {**CASE["claim"], "claim_no": "W-1"}


def _recorded(shell: Shell, case: Any, key: str | None = None) -> Outcome:
    with (
        open_book(sqlite_url(shell.folder / "settle.db")) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        return record_whole_case(desk, case, key, default_rulebook(), InHand())


@pytest.fixture
def fresh(shell: Shell) -> Shell:
    shell("init")
    return shell


def test_the_books_own_history_is_what_a_second_case_starts_from(fresh: Shell) -> None:
    torn = {**CLAIM, "cause": "quality"}
    first = _recorded(fresh, {**CASE, "claim": {**torn, "lines": [{"line": 1, "qty": 1}]}})
    second = _recorded(fresh, {**CASE, "claim": {**torn, "claim_no": "W-2"}})
    given = [one.answer()["to_buyer"]["order"] for one in (first, second)]
    assert given == ["129.00", "129.00"]
    assert second.answer()["ceilings"][0]["before"] == "129.00"


def test_its_policy_is_kept_with_it(fresh: Shell) -> None:
    policy = {"fs_noreason_return_outbound": "DEDUCT_IF_DISCLOSED"}
    outcome = _recorded(fresh, {**CASE, "claim": CLAIM, "policy": policy})
    assert outcome.asked.case.policy == policy
    assert fresh("replay", "--json").json["first_difference"] is None


def test_the_order_is_stored_with_its_payment_even_where_the_shop_imports_it_later(fresh: Shell) -> None:
    _recorded(fresh, {**CASE, "claim": CLAIM})
    shown = fresh("show", CASE["order"]["order_no"], "--json").json
    assert shown["order"] == json.loads(json.dumps(CASE["order"]))
    paid = shown["entries"][0]
    assert (paid["kind"], paid["effective_on"]) == ("order_paid", "2026-10-01")


def test_an_unpaid_order_brings_no_payment(fresh: Shell) -> None:
    order = {name: value for name, value in CASE["order"].items() if name != "paid_at"}
    rejected = {"kind": "reject", "claim_no": "W-1", "returned": True}
    _recorded(fresh, {**CASE, "order": {**order, "payment": "cod", "signed_at": None}, "claim": rejected})
    shown = fresh("show", CASE["order"]["order_no"], "--json").json
    assert "order_paid" not in [entry["kind"] for entry in shown["entries"]]


@pytest.mark.parametrize("case", [None, [], {"at": "2026-10-12T10:00"}, {**CASE, "colour": "red"}])
def test_a_bad_case_is_refused_by_its_path(fresh: Shell, case: Any) -> None:
    with pytest.raises(BadCase):
        _recorded(fresh, case)


def test_a_question_needs_a_key_and_a_claim_must_not_have_one(fresh: Shell) -> None:
    with pytest.raises(WrongCase, match="give one with --key"):
        _recorded(fresh, {"at": "2026-10-20T10:00", "staff": {"what": "breach", "occurrence": 1}})
    with pytest.raises(WrongCase, match="write claim_no"):
        _recorded(fresh, {**CASE, "claim": CLAIM}, key="K")
