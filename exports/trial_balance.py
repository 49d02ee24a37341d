"""The 科目余额表: every account over the period, opening to closing.

The closing balance is the ledger's own figure, not a formula: that it equals opening plus movement is one of
the things the 校验 sheet proves.
"""

from collections.abc import Sequence

from exports.sheets import Column, Kind, Sheet, labelled, summed
from ledger.reports import TrialBalanceRow

ACCOUNT, OPENING, DEBIT, CREDIT, CLOSING = "科目代码", "期初余额", "本期借方", "本期贷方", "期末余额"

_COLUMNS: tuple[Column[TrialBalanceRow], ...] = (
    Column(title=ACCOUNT, kind=Kind.TEXT, width=14, value=lambda row: row.account, total=labelled("合计")),
    Column(title="科目", kind=Kind.TEXT, width=32, value=lambda row: row.name_zh),
    Column(title="英文名称", kind=Kind.TEXT, width=38, value=lambda row: row.name_en),
    Column(title=OPENING, kind=Kind.AMOUNT, width=18, value=lambda row: row.opening_fen, total=summed),
    Column(title=DEBIT, kind=Kind.AMOUNT, width=18, value=lambda row: row.debit_fen, total=summed),
    Column(title=CREDIT, kind=Kind.AMOUNT, width=18, value=lambda row: row.credit_fen, total=summed),
    Column(title=CLOSING, kind=Kind.AMOUNT, width=18, value=lambda row: row.closing_fen, total=summed),
)


def trial_balance_sheet(rows: Sequence[TrialBalanceRow]) -> Sheet[TrialBalanceRow]:
    """The sheet 科目余额表; balances signed, debit positive."""
    return Sheet(title="科目余额表", table="trial_balance", columns=_COLUMNS, rows=rows)
