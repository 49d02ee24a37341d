"""The 售后明细: what each claim was given, item by item, under which clause and booked by which voucher."""

from collections.abc import Sequence

from exports.sheets import Column, Kind, Sheet, labelled, summed
from ledger.reports import SettledItemRow

CLAIM = "申请号"

_COLUMNS: tuple[Column[SettledItemRow], ...] = (
    Column(title="订单号", kind=Kind.TEXT, width=24, value=lambda row: row.order_no),
    Column(title=CLAIM, kind=Kind.TEXT, width=24, value=lambda row: row.claim_no),
    Column(title="业务类型", kind=Kind.TEXT, width=18, value=lambda row: row.kind),
    Column(title="项目", kind=Kind.TEXT, width=26, value=lambda row: row.item),
    Column(title="条款", kind=Kind.TEXT, width=20, value=lambda row: row.rule),
    Column(title="计算式", kind=Kind.TEXT, width=44, value=lambda row: row.formula, total=labelled("合计")),
    Column(title="金额", kind=Kind.AMOUNT, width=16, value=lambda row: row.amount_fen, total=summed),
    Column(title="渠道", kind=Kind.TEXT, width=16, value=lambda row: row.channel),
    Column(title="凭证号", kind=Kind.TEXT, width=18, value=lambda row: row.voucher),
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
)


def settled_items_sheet(rows: Sequence[SettledItemRow]) -> Sheet[SettledItemRow]:
    """The sheet 售后明细; 计算式 is text to read, never a formula to run."""
    return Sheet(title="售后明细", table="settled_items", columns=_COLUMNS, rows=rows)
