"""The 序时账: every posting of the period in the order it was sealed."""

from exports.sheets import Column, Kind, Sheet
from exports.tallies import Month, number_of
from exports.words import entry_zh
from ledger.reports import JournalRow

TITLE = "序时账"
ACCOUNT, DEBIT, CREDIT, LINE, NUMBER = "科目代码", "借方", "贷方", "行", "号"

COLUMNS: tuple[Column[JournalRow], ...] = (
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
    Column(title="凭证号", kind=Kind.TEXT, width=10, value=lambda row: row.voucher),
    Column(title=LINE, kind=Kind.NUMBER, width=5, value=lambda row: row.line),
    Column(title="业务", kind=Kind.TEXT, width=14, value=lambda row: entry_zh(row.kind)),
    Column(title="摘要", kind=Kind.TEXT, width=34, value=lambda row: row.narration),
    Column(title=ACCOUNT, kind=Kind.TEXT, width=10, value=lambda row: row.account),
    Column(title="科目名称", kind=Kind.TEXT, width=28, value=lambda row: row.account_zh),
    Column(title=DEBIT, kind=Kind.AMOUNT, width=15, value=lambda row: row.debit_fen, summed=True),
    Column(title=CREDIT, kind=Kind.AMOUNT, width=15, value=lambda row: row.credit_fen, summed=True),
    Column(title="订单号", kind=Kind.TEXT, width=22, value=lambda row: row.order_no),
    Column(title="申请号", kind=Kind.TEXT, width=22, value=lambda row: row.claim_no),
    Column(title="制单", kind=Kind.TEXT, width=10, value=lambda row: row.actor),
    Column(title=NUMBER, kind=Kind.NUMBER, width=8, value=lambda row: number_of(row.voucher)),
    Column(title="链序号", kind=Kind.NUMBER, width=9, value=lambda row: row.seq),
)


def journal_sheet(month: Month) -> Sheet[JournalRow]:
    """The sheet 序时账; 链序号 is the entry's place in the chain."""
    tally = month.journal
    return Sheet(
        title=TITLE,
        table="journal",
        columns=COLUMNS,
        rows=month.report.journal,
        count=tally.rows,
        sums={DEBIT: sum(tally.debit_fen.values()), CREDIT: sum(tally.credit_fen.values())},
        note="本期全部凭证逐行，按入链先后",
        headline=DEBIT,
        frozen=2,
        rows_max=month.rows_max,
    )
