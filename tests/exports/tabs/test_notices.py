"""What a person should look at: the ledger's own notices, and warnings about odd figures."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from exports.sheets import FIRST_ROW
from exports.workbook_tabs import workbook_tabs
from ledger.reports import PeriodReport, TrialBalanceRow
from ledger.reports_of_closes import NoticeRow
from tests.exports.samples import report

NOTICE = NoticeRow(
    kind="approval",
    seq=3,
    voucher="记-3",
    effective_on=date(2017, 3, 2),
    recorded_at=datetime(2017, 3, 2, tzinfo=UTC),
    order_no="O1",
    claim_no="C1",
    code="supervisor",
    rule="000-8.1",
    text="补偿须主管同意",
    amount_fen=3000,
    actor="wang",
    approver="li",
)


def _rows(content: PeriodReport) -> list[tuple[Any, ...]]:
    (tab,) = [tab for tab in workbook_tabs(content) if tab.title == "审批与异常"]
    return [line.values for line in list(tab.lines())[FIRST_ROW - 1 :]]


def _balance(account: str, closing_fen: int) -> TrialBalanceRow:
    return TrialBalanceRow(
        account=account,
        name_zh="某科目",
        name_en="",
        opening_fen=0,
        debit_fen=0,
        credit_fen=0,
        closing_fen=closing_fen,
    )


def _warned(*balances: TrialBalanceRow) -> list[tuple[Any, Any]]:
    rows = _rows(replace(report(), trial_balance=balances))
    return [(row[5], row[8]) for row in rows if row[0] == "警告"]


def test_an_approval_names_who_asked_and_who_let_it_pass() -> None:
    (row,) = _rows(report(trial_balance=(), notices=[NOTICE]))
    assert row[:8] == (
        "审批",
        date(2017, 3, 2),
        "记-3",
        "C1",
        "O1",
        "主管",
        "000-8.1",
        "补偿须主管同意",
    )
    assert row[8:11] == (3000, "wang", "li")


def test_who_approves_his_own_work_is_warned_of() -> None:
    rows = _rows(report(trial_balance=(), notices=[replace(NOTICE, approver="wang")]))
    assert [(row[0], row[5]) for row in rows] == [("审批", "主管"), ("警告", "自批")]


def test_reversals_and_advisories_stand_in_their_order() -> None:
    notices = [replace(NOTICE, kind="reversal", code="1"), replace(NOTICE, kind="advisory", code="C-06")]
    assert [(row[0], row[5]) for row in _rows(report(trial_balance=(), notices=notices))] == [
        ("冲销", "1"),
        ("提示", "C-06"),
    ]


def test_a_gate_that_the_close_went_past_is_said_in_words() -> None:
    passed = replace(NOTICE, kind="passed", code="suspense", text="2 项；等平台答复", claim_no=None)
    (row,) = _rows(report(trial_balance=(), notices=[passed]))
    assert (row[0], row[5], row[7]) == ("越过关口", "待查款项", "2 项；等平台答复")


def test_a_balance_left_in_suspense_is_warned_of() -> None:
    assert _warned(_balance("1221.09", 3860)) == [("待查款项", 3860)]
    assert _warned(_balance("1221.09", 0)) == []


def test_a_balance_on_the_wrong_side_is_warned_of() -> None:
    assert _warned(_balance("1405", -15600), _balance("2241.02", 5)) == [
        ("余额方向", -15600),
        ("余额方向", 5),
    ]
    assert _warned(_balance("1405", 15600), _balance("2241.02", -5), _balance("1012.01", 0)) == []


def test_an_account_outside_the_chart_is_not_judged() -> None:
    assert _warned(_balance("9999", -1)) == []
