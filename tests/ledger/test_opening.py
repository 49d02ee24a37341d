"""Opening balances: the first entry, balanced against capital."""

from datetime import date

import pytest

from ledger.errors import BadEntry
from ledger.opening import opening_entry

ON = date(2026, 10, 1)


def test_what_the_shop_owns_and_owes_is_balanced_by_its_capital() -> None:
    entry = opening_entry({"1012.01": 50_000_00, "2202.01": -2_000_00}, ON)
    amounts = {posting.account: posting.amount_fen for posting in entry.postings}
    assert amounts == {"1012.01": 50_000_00, "2202.01": -2_000_00, "3001": -48_000_00}
    assert entry.kind == "opening"


def test_a_capital_given_by_hand_is_worked_out_again() -> None:
    entry = opening_entry({"1405": 100, "3001": -999}, ON)
    assert {posting.account: posting.amount_fen for posting in entry.postings} == {"1405": 100, "3001": -100}


def test_no_balance_at_all_is_no_entry() -> None:
    with pytest.raises(BadEntry):
        opening_entry({"1405": 0}, ON)


def test_an_account_that_is_not_in_the_chart_is_refused() -> None:
    with pytest.raises(BadEntry):
        opening_entry({"9999": 100}, ON)
