"""The 跨期: what reached this month from before it, or after its close, and why."""

from exports.sheets import Column, Kind, Sheet, listed
from exports.tallies import Month
from ledger.chart import ACCOUNTS
from ledger.reports_of_closes import LateRow

TITLE = "跨期"
KINDS = {
    "added": "结账后补记",
    "reversal": "冲销前期凭证",
    "late_claim": "前期申请本期入账",
    "delta": "反结账差额",
}

_COLUMNS: tuple[Column[LateRow], ...] = (
    Column(title="类别", kind=Kind.TEXT, width=18, value=lambda row: KINDS.get(row.kind, row.kind)),
    Column(title="入账日期", kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
    Column(title="凭证号", kind=Kind.TEXT, width=10, value=lambda row: row.voucher or None),
    Column(title="申请号", kind=Kind.TEXT, width=22, value=lambda row: row.claim_no),
    Column(title="订单号", kind=Kind.TEXT, width=22, value=lambda row: row.order_no),
    Column(title="原期间或凭证", kind=Kind.TEXT, width=16, value=lambda row: row.original),
    Column(title="原日期", kind=Kind.DAY, width=12, value=lambda row: row.original_on),
    Column(title="科目", kind=Kind.TEXT, width=30, value=lambda row: account_zh(row.account)),
    Column(title="借方变动", kind=Kind.AMOUNT, width=14, value=lambda row: row.debit_fen),
    Column(title="贷方变动", kind=Kind.AMOUNT, width=14, value=lambda row: row.credit_fen),
    Column(title="金额", kind=Kind.AMOUNT, width=15, value=lambda row: row.amount_fen),
    Column(title="缘由", kind=Kind.PROSE, width=40, value=lambda row: row.why),
    Column(title="经办", kind=Kind.TEXT, width=8, value=lambda row: row.actor or None),
    Column(title="批准", kind=Kind.TEXT, width=8, value=lambda row: row.approver or None),
    Column(title="记录时间", kind=Kind.MOMENT, width=20, value=lambda row: row.recorded_at),
    Column(title="链序号", kind=Kind.NUMBER, width=9, value=lambda row: row.seq),
)


def late_sheet(month: Month) -> Sheet[LateRow]:
    """The sheet 跨期; an entry's amount is its debits, a delta is signed, debit positive."""
    note = "上次结账以后改变了什么、为什么：迟到与补记的凭证、冲销前期，以及反结账后与首次结账之差（余额借正贷负）"
    return listed(TITLE, "late", _COLUMNS, month.report.late, note=note, frozen=1, rows_max=month.rows_max)


def account_zh(code: str) -> str | None:
    """An account's code and name; nothing for no account."""
    return f"{code} {ACCOUNTS[code].name_zh}" if code in ACCOUNTS else code or None
