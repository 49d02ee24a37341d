"""Vouchers are handed over only where they balance, follow each other and add up to the trial balance."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from exports.errors import BadBooks
from exports.vouchers import checked_entries, one_line, voucher_lines
from ledger.reports import AccountRow
from ledger.reports_of_handing import HandOver
from tests.exports.months import a_month, an_entry, line, months, moving


@given(months())
def test_a_month_that_ties_out_is_handed_over_whole(month: HandOver) -> None:
    lines = voucher_lines(month)
    assert [row.entry.seq for row in lines] == [e.seq for e in month.entries for _ in e.postings]
    assert sum(row.debit_fen for row in lines) == sum(row.debit_fen for row in month.trial_balance)
    assert sum(row.credit_fen for row in lines) == sum(row.credit_fen for row in month.trial_balance)
    assert all(row.debit_fen * row.credit_fen == 0 and row.amount_fen > 0 for row in lines)


def test_a_voucher_that_does_not_balance_is_refused() -> None:
    broken = an_entry(1, [line("1012.01", 100), line("1405", -99)])
    with pytest.raises(BadBooks, match=r"记-1 \(#1\): 2 lines, debits − credits 0\.01"):
        checked_entries(a_month([broken]))


def test_a_voucher_of_one_line_is_refused() -> None:
    with pytest.raises(BadBooks, match="1 lines"):
        checked_entries(a_month([an_entry(1, [line("1012.01", 100)])]))


def test_a_gap_in_the_numbers_is_refused() -> None:
    with pytest.raises(BadBooks, match="voucher 记-3 stands where 记-2 should"):
        checked_entries(a_month([moving(1, 100), moving(3, 100)]))


def test_a_voucher_of_another_month_is_refused() -> None:
    with pytest.raises(BadBooks, match="2026-11-01 is not in 2026-10"):
        checked_entries(a_month([moving(1, 100, effective_on=date(2026, 11, 1))]))


def test_an_account_outside_the_chart_is_refused() -> None:
    month = a_month()
    rest = tuple(account for account in month.accounts if account.code != "5001.02")
    with pytest.raises(BadBooks, match=r"'5001\.02' is not in the chart"):
        checked_entries(replace(month, accounts=rest))


def test_an_account_with_others_below_it_is_refused() -> None:
    month = a_month([moving(1, 100, debit="1405")])
    below = AccountRow(code="1405.01", name_zh="甲", name_en="A", normal="debit")
    with pytest.raises(BadBooks, match="1405 has accounts below it"):
        checked_entries(replace(month, accounts=(*month.accounts, below)))


def test_movements_other_than_the_trial_balance_are_refused() -> None:
    month = a_month()
    with pytest.raises(BadBooks, match=r"account 1012\.01: the vouchers move it by other sums"):
        checked_entries(replace(month, entries=(moving(1, 12345), moving(2, 6))))


def test_a_trial_balance_that_does_not_add_up_is_refused() -> None:
    month = a_month()
    first, *rest = month.trial_balance
    crooked = replace(first, closing_fen=first.closing_fen + 1)
    with pytest.raises(BadBooks, match=r"do not make the closing balance.*sum to 0\.01"):
        checked_entries(replace(month, trial_balance=(crooked, *rest)))


def test_many_faults_are_counted() -> None:
    broken = [an_entry(n, [line("1012.01", 100), line("1405", -99)]) for n in range(1, 9)]
    with pytest.raises(BadBooks) as refused:
        checked_entries(a_month(broken))
    assert len(refused.value.faults) == 6
    assert refused.value.faults[-1].endswith("more")


def test_nothing_that_ends_a_line_is_left_in_a_text() -> None:
    assert one_line("a\r\nb\u2028c\x85d\x00e") == "a��b�c�d�e"
    assert one_line("退货退款 👕 é") == "退货退款 👕 é"


def test_a_refused_month_leaves_no_file(tmp_path: Path) -> None:
    from exports.journal_hledger import write_hledger

    with pytest.raises(BadBooks):
        write_hledger(a_month([moving(2, 100)]), tmp_path / "a.journal")
    assert list(tmp_path.iterdir()) == []
