"""The pages of the book as sheets: trial balance, journal, one account, one order.

An account's sheet is laid out as the 三栏式明细账: the opening, each line with the side and size of the balance,
then the sums of the month and of the year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from exports.import_sheets import ImportSheet
from exports.sheets import Column, Kind
from exports.tabs import journal, trial_balance
from exports.tabs.trial_balance import side
from ledger.page_reports import AccountPage, JournalPage, OrderAccount, OrderPage, PageLine, TrialBalancePage
from ledger.reports import RefundedRow

Page = TrialBalancePage | JournalPage | AccountPage | OrderPage
OPENING, MONTH, YEAR = "期初余额", "本期合计", "本年累计"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One row of an account's sheet: a line of the book, or one of the three rows of sums around the lines."""

    narration: str
    balance_fen: int
    debit_fen: int | None = None
    credit_fen: int | None = None
    effective_on: date | None = None
    voucher: str | None = None
    seq: int | None = None
    account: str | None = None
    order_no: str | None = None
    claim_no: str | None = None


def page_sheets(page: Page) -> list[ImportSheet[Any]]:
    """The sheets of a page, the most important first."""
    if isinstance(page, TrialBalancePage):
        return [ImportSheet(title=trial_balance.TITLE, columns=trial_balance.COLUMNS, rows=page.rows)]
    if isinstance(page, JournalPage):
        return [ImportSheet(title=journal.TITLE, columns=journal.COLUMNS, rows=page.rows)]
    if isinstance(page, AccountPage):
        return [ImportSheet(title="明细账", columns=_LEDGER, rows=list(ledger_rows(page)))]
    return [
        ImportSheet(title="订单明细", columns=_LEDGER, rows=[_row(line) for line in page.lines]),
        ImportSheet(title="科目余额", columns=_ACCOUNTS, rows=page.accounts),
        ImportSheet(title="可退余额", columns=_LEFT, rows=page.left),
    ]


def ledger_rows(page: AccountPage) -> Iterator[LedgerRow]:
    """An account's rows from the opening to the sums of the year."""
    yield LedgerRow(narration=OPENING, balance_fen=page.opening_fen)
    for line in page.lines:
        yield _row(line)
    closing = page.closing_fen
    yield LedgerRow(
        narration=MONTH, debit_fen=page.debit_fen, credit_fen=page.credit_fen, balance_fen=closing
    )
    yield LedgerRow(
        narration=YEAR, debit_fen=page.year_debit_fen, credit_fen=page.year_credit_fen, balance_fen=closing
    )


def _row(line: PageLine) -> LedgerRow:
    return LedgerRow(
        narration=line.narration,
        balance_fen=line.balance_fen,
        debit_fen=line.debit_fen,
        credit_fen=line.credit_fen,
        effective_on=line.effective_on,
        voucher=line.voucher,
        seq=line.seq,
        account=line.account,
        order_no=line.order_no,
        claim_no=line.claim_no,
    )


_LEDGER: tuple[Column[LedgerRow], ...] = (
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
    Column(title="凭证号", kind=Kind.TEXT, width=12, value=lambda row: row.voucher),
    Column(title="序号", kind=Kind.NUMBER, width=8, value=lambda row: row.seq),
    Column(title="摘要", kind=Kind.TEXT, width=44, value=lambda row: row.narration),
    Column(title="科目代码", kind=Kind.TEXT, width=14, value=lambda row: row.account),
    Column(title="借方", kind=Kind.AMOUNT, width=16, value=lambda row: row.debit_fen),
    Column(title="贷方", kind=Kind.AMOUNT, width=16, value=lambda row: row.credit_fen),
    Column(title="方向", kind=Kind.TEXT, width=6, value=lambda row: side(row.balance_fen)),
    Column(title="余额", kind=Kind.AMOUNT, width=16, value=lambda row: abs(row.balance_fen)),
    Column(title="订单号", kind=Kind.TEXT, width=24, value=lambda row: row.order_no),
    Column(title="申请号", kind=Kind.TEXT, width=24, value=lambda row: row.claim_no),
)
_ACCOUNTS: tuple[Column[OrderAccount], ...] = (
    Column(title="科目代码", kind=Kind.TEXT, width=14, value=lambda row: row.account),
    Column(title="科目", kind=Kind.TEXT, width=32, value=lambda row: row.name_zh),
    Column(title="余额", kind=Kind.AMOUNT, width=16, value=lambda row: row.balance_fen),
)
_LEFT: tuple[Column[RefundedRow], ...] = (
    Column(title="项目", kind=Kind.TEXT, width=20, value=lambda row: row.bucket),
    Column(title="实付", kind=Kind.AMOUNT, width=16, value=lambda row: row.paid_fen),
    Column(title="已退", kind=Kind.AMOUNT, width=16, value=lambda row: row.refunded_fen),
    Column(title="可退", kind=Kind.AMOUNT, width=16, value=lambda row: row.paid_fen - row.refunded_fen),
)
