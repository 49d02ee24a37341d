"""The 科目余额表: every account over the period, opening to closing.

The closing balance is the ledger's own figure, not a formula: that it equals opening plus movement is one of
the things the 校验 sheet proves.
"""

from exports.sheets import Column, Kind, Sheet, listed
from exports.tallies import Month
from ledger.reports import TrialBalanceRow

TITLE = "科目余额表"
ACCOUNT, OPENING, DEBIT, CREDIT, CLOSING = "科目代码", "期初余额", "本期借方", "本期贷方", "期末余额"


def side(fen: int) -> str:
    """On which side a balance stands: 借, 贷, or 平 for none."""
    return "借" if fen > 0 else "贷" if fen < 0 else "平"


COLUMNS: tuple[Column[TrialBalanceRow], ...] = (
    Column(title=ACCOUNT, kind=Kind.TEXT, width=12, value=lambda row: row.account),
    Column(title="科目", kind=Kind.TEXT, width=32, value=lambda row: row.name_zh),
    Column(title="英文名称", kind=Kind.TEXT, width=30, value=lambda row: row.name_en),
    Column(title=OPENING, kind=Kind.AMOUNT, width=17, value=lambda row: row.opening_fen, summed=True),
    Column(title=DEBIT, kind=Kind.AMOUNT, width=17, value=lambda row: row.debit_fen, summed=True),
    Column(title=CREDIT, kind=Kind.AMOUNT, width=17, value=lambda row: row.credit_fen, summed=True),
    Column(title=CLOSING, kind=Kind.AMOUNT, width=17, value=lambda row: row.closing_fen, summed=True),
    Column(title="方向", kind=Kind.TEXT, width=7, value=lambda row: side(row.closing_fen)),
)


def trial_balance_sheet(month: Month) -> Sheet[TrialBalanceRow]:
    """The sheet 科目余额表; balances signed, debit positive."""
    note = "每个科目的期初、借方、贷方与期末；余额借方为正、贷方为负"
    return listed(
        TITLE, "trial_balance", COLUMNS, month.report.trial_balance, note=note, headline=DEBIT, frozen=2
    )
