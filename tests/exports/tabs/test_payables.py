"""The 待付款: what each line is of, said in words."""

from datetime import date

import pytest

from exports.sheets import FIRST_ROW
from exports.workbook_tabs import workbook_tabs
from ledger.reports_of_payables import UNMATCHED, PayableRow
from tests.exports.samples import report


@pytest.mark.parametrize(
    ("kind", "said"), [("return", "退货退款"), ("opening", "期初"), (UNMATCHED, "未核销转账")]
)
def test_a_line_says_which_claim_or_entry_it_is_owed_for(kind: str, said: str) -> None:
    owed = PayableRow(
        claim_no=None,
        order_no=None,
        seq=9,
        voucher="记-2",
        since_on=date(2017, 3, 1),
        kind=kind,
        items="goods",
        owed_fen=500,
        paid_fen=200,
        open_fen=300,
        account="2241.02",
    )
    (tab,) = [tab for tab in workbook_tabs(report(payables=(owed,))) if tab.title == "待付款"]
    row = list(tab.lines())[FIRST_ROW - 1].values
    assert row[4] == said
    assert (row[0], row[7:10], row[11]) == (date(2017, 3, 1), (500, 200, 300), 30)
