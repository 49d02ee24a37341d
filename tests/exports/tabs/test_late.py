"""What came late: each kind under its word, with the account it changed."""

from datetime import UTC, date, datetime

from exports.sheets import FIRST_ROW
from exports.workbook_tabs import workbook_tabs
from ledger.reports_of_closes import LateRow
from tests.exports.samples import report

AT = datetime(2017, 4, 3, tzinfo=UTC)


def test_late_rows_are_said_in_words() -> None:
    late = (
        LateRow(
            kind="reversal",
            seq=9,
            voucher="记-2",
            effective_on=date(2017, 3, 1),
            recorded_at=AT,
            original="2017-02 记-7",
            original_on=date(2017, 2, 3),
            amount_fen=500,
            why="冲销第 3 号: 录错",
        ),
        LateRow(
            kind="delta",
            recorded_at=AT,
            original="2017-03",
            account="1012.01",
            amount_fen=-70,
            why="漏记",
            actor="王",
            approver="李",
        ),
        LateRow(kind="delta", recorded_at=AT, original="2017-03", account="9999", amount_fen=70, why="漏记"),
    )
    (tab,) = [tab for tab in workbook_tabs(report(late=late)) if tab.title == "跨期"]
    rows = [line.values for line in list(tab.lines())[FIRST_ROW - 1 :]]
    assert [(row[0], row[2], row[5], row[7], row[10]) for row in rows] == [
        ("冲销前期凭证", "记-2", "2017-02 记-7", None, 500),
        ("反结账差额", None, "2017-03", "1012.01 其他货币资金—支付宝", -70),
        ("反结账差额", None, "2017-03", "9999", 70),
    ]
    assert [row[11:14] for row in rows[:2]] == [("冲销第 3 号: 录错", None, None), ("漏记", "王", "李")]
