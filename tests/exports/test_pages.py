"""Pages as sheets: the rows of sums around an account's lines, and the three lists of an order."""

from datetime import date
from typing import Any

import pytest

from exports.import_sheets import ImportSheet
from exports.pages import ledger_rows, page_sheets, side
from ledger.page_reports import (
    AccountPage,
    JournalPage,
    OrderAccount,
    OrderPage,
    PageLine,
    Span,
    TrialBalancePage,
)
from ledger.reports import RefundedRow
from tests.exports.samples import balance_of, posting

SPAN = Span(book="示例店", period="2026-10")
LINE = PageLine(
    seq=7,
    voucher="记-7",
    effective_on=date(2026, 10, 12),
    narration="注销10月1日记-1号凭证",
    account="1122.01",
    account_zh="应收账款",
    debit_fen=-100,
    credit_fen=0,
    balance_fen=-40,
    order_no="O1",
    claim_no=None,
    reverses=1,
    colour="red",
)
ACCOUNT = AccountPage(
    span=SPAN,
    account="1122",
    name_zh="应收账款",
    name_en="1122.*",
    opening_fen=60,
    lines=(LINE,),
    debit_fen=-100,
    credit_fen=0,
    closing_fen=-40,
    year_debit_fen=20,
    year_credit_fen=60,
)
ORDER = OrderPage(
    span=SPAN,
    order_no="O1",
    lines=(LINE,),
    accounts=(OrderAccount(account="1122.01", name_zh="应收账款", name_en="Escrow", balance_fen=-40),),
    left=(RefundedRow(bucket="cash", paid_fen=100, refunded_fen=30),),
)


def _rows(sheet: ImportSheet[Any]) -> list[list[object]]:
    return [[column.value(row) for column in sheet.columns] for row in sheet.rows]


def test_an_accounts_sheet_goes_from_the_opening_to_the_sums_of_the_year() -> None:
    (sheet,) = page_sheets(ACCOUNT)
    rows = _rows(sheet)
    assert [row[3] for row in rows] == ["期初余额", LINE.narration, "本期合计", "本年累计"]
    assert [row[5:9] for row in rows] == [
        [None, None, "借", 60],
        [-100, 0, "贷", 40],
        [-100, 0, "贷", 40],
        [20, 60, "贷", 40],
    ]
    assert rows[1][:3] == [date(2026, 10, 12), "记-7", 7]
    assert len(list(ledger_rows(ACCOUNT))) == 4


def test_an_order_has_its_lines_its_accounts_and_what_is_left() -> None:
    lines, held, left = page_sheets(ORDER)
    assert _rows(lines)[0][4:6] == ["1122.01", -100]
    assert _rows(held) == [["1122.01", "应收账款", -40]]
    assert _rows(left) == [["cash", 100, 30, 70]]


def test_trial_balance_and_journal_are_the_workbooks_own_sheets() -> None:
    rows = (posting("220201", 5000, 0), posting("100201", 0, 5000))
    assert [sheet.title for sheet in page_sheets(TrialBalancePage(span=SPAN, rows=balance_of(rows)))] == [
        "科目余额表"
    ]
    assert [sheet.title for sheet in page_sheets(JournalPage(span=SPAN, rows=rows))] == ["序时账"]


@pytest.mark.parametrize(("fen", "where"), [(0, "平"), (1, "借"), (-1, "贷")])
def test_a_balance_stands_on_a_side(fen: int, where: str) -> None:
    assert side(fen) == where
