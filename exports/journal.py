"""The 序时账: every posting of the period in the order it was sealed."""

from collections.abc import Sequence

from exports.sheets import Column, Kind, Sheet, labelled, summed
from ledger.reports import JournalRow

ACCOUNT, DEBIT, CREDIT = "科目代码", "借方", "贷方"

_COLUMNS: tuple[Column[JournalRow], ...] = (
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
    Column(title="凭证号", kind=Kind.TEXT, width=18, value=lambda row: row.voucher),
    Column(title="序号", kind=Kind.NUMBER, width=8, value=lambda row: row.seq),
    Column(title="摘要", kind=Kind.TEXT, width=44, value=lambda row: row.narration, total=labelled("合计")),
    Column(title=ACCOUNT, kind=Kind.TEXT, width=14, value=lambda row: row.account),
    Column(title="科目名称", kind=Kind.TEXT, width=30, value=lambda row: row.account_zh),
    Column(title=DEBIT, kind=Kind.AMOUNT, width=16, value=lambda row: row.debit_fen, total=summed),
    Column(title=CREDIT, kind=Kind.AMOUNT, width=16, value=lambda row: row.credit_fen, total=summed),
    Column(title="订单号", kind=Kind.TEXT, width=24, value=lambda row: row.order_no),
    Column(title="申请号", kind=Kind.TEXT, width=24, value=lambda row: row.claim_no),
)


def journal_sheet(rows: Sequence[JournalRow]) -> Sheet[JournalRow]:
    """The sheet 序时账; 序号 is the entry's place in the chain."""
    return Sheet(title="序时账", table="journal", columns=_COLUMNS, rows=rows)
