from dataclasses import replace

import pytest

from cli.views.ledger_views import show_entry, show_left, trial_balance_table
from ledger import queries
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.reports import EntryReport, RefundedRow, TrialBalanceRow
from tests.cli.shell import Shell
from tests.cli.views.printed import printed


@pytest.fixture
def entry(booked: Shell) -> EntryReport:
    with open_book(sqlite_url(booked.folder / "settle.db"), read_only=True) as book, book.reading() as reader:
        return queries.entry(reader, 1)


def test_an_entry_shows_each_posting_on_its_side_and_its_seal(entry: EntryReport) -> None:
    lines = printed(lambda console: show_entry(entry, console, "en")).splitlines()
    assert lines[0] == "#1 记-1 2026-10-01 期初余额"
    assert lines[2].split() == ["1012.01", "Alipay", "50000.00"]
    assert lines[3].split() == ["3001", "Paid-in", "capital", "50000.00"]
    assert lines[2].index("50000.00") < lines[3].index("50000.00")
    assert lines[-1].rstrip() == f"wang  2026-11-02 09:00:00  {entry.hash}"


def test_an_entry_that_was_taken_back_and_one_without_postings_are_shown_too(entry: EntryReport) -> None:
    bare = replace(entry, postings=(), reversed_by=9)
    assert "已冲销，见 #9" in printed(lambda console: show_entry(bare, console, "zh"))


def test_what_is_left_of_an_order_is_what_was_paid_less_what_was_given() -> None:
    rows = [RefundedRow(bucket="line 1", paid_fen=10_00, refunded_fen=2_50)]
    last = printed(lambda console: show_left(rows, console, "en")).splitlines()[-1]
    assert last.split() == ["line", "1", "10.00", "2.50", "7.50"]
    assert printed(lambda console: show_left([], console, "en")) == ""


def test_the_trial_balance_has_its_totals_and_leaves_out_what_never_moved() -> None:
    rows = [
        _row("1012.01", debit_fen=5_00, closing_fen=5_00),
        _row("3001", credit_fen=5_00, closing_fen=-5_00),
        _row("1405"),
    ]
    out = printed(lambda console: console.print(trial_balance_table(rows, "en")))
    assert "1405" not in out
    assert out.splitlines()[-1].split() == ["Total", "0.00", "5.00", "5.00", "0.00"]


def _row(account: str, **fen: int) -> TrialBalanceRow:
    amounts = {"opening_fen": 0, "debit_fen": 0, "credit_fen": 0, "closing_fen": 0} | fen
    return TrialBalanceRow(account=account, name_zh=account, name_en=account, **amounts)
