"""The 待付款: what is owed to buyers and distributors at the end of the month, each claim as a voucher wants it."""

from datetime import date

from calculators.days import last_of
from exports.capitals import in_capitals
from exports.sheets import Column, Kind, Sheet, listed
from exports.tabs.late import account_zh
from exports.tallies import Month
from exports.words import entry_zh, item_zh, kind_zh
from ledger.reports_of_payables import UNMATCHED, PayableRow

TITLE = "待付款"
ACCOUNT, OPEN = "科目代码", "未付"


def payables_sheet(month: Month) -> Sheet[PayableRow]:
    """The sheet 待付款, oldest first; a transfer that pays no claim yet stands below zero."""
    as_of = last_of(month.report.period)
    return listed(
        TITLE,
        "payables",
        _columns(as_of),
        month.report.payables,
        note=f"截至 {as_of} 尚未付清的款项；负数为尚未核销到申请的转账",
        headline=OPEN,
        frozen=2,
        rows_max=month.rows_max,
    )


def _columns(as_of: date) -> tuple[Column[PayableRow], ...]:
    return (
        Column(title="起欠日", kind=Kind.DAY, width=12, value=lambda row: row.since_on),
        Column(title="凭证号", kind=Kind.TEXT, width=10, value=lambda row: row.voucher),
        Column(title="申请号", kind=Kind.TEXT, width=22, value=lambda row: row.claim_no),
        Column(title="订单号", kind=Kind.TEXT, width=22, value=lambda row: row.order_no),
        Column(title="业务", kind=Kind.TEXT, width=14, value=lambda row: _kind(row.kind)),
        Column(
            title="项目",
            kind=Kind.TEXT,
            width=22,
            value=lambda row: "、".join(map(item_zh, row.items.split())),
        ),
        Column(title="条款", kind=Kind.TEXT, width=12, value=lambda row: row.rules),
        Column(title="应付", kind=Kind.AMOUNT, width=13, value=lambda row: row.owed_fen, summed=True),
        Column(title="已付", kind=Kind.AMOUNT, width=13, value=lambda row: row.paid_fen, summed=True),
        Column(title=OPEN, kind=Kind.AMOUNT, width=13, value=lambda row: row.open_fen, summed=True),
        Column(title="人民币（大写）", kind=Kind.TEXT, width=28, value=lambda row: in_capitals(row.open_fen)),
        Column(title="账龄（天）", kind=Kind.NUMBER, width=10, value=lambda row: row.days(as_of)),
        Column(title=ACCOUNT, kind=Kind.TEXT, width=10, value=lambda row: row.account),
        Column(title="科目", kind=Kind.TEXT, width=22, value=lambda row: account_zh(row.account)),
        Column(title="支付宝流水号", kind=Kind.TEXT, width=22, value=lambda row: row.serial),
        Column(title="链序号", kind=Kind.NUMBER, width=9, value=lambda row: row.seq),
    )


def _kind(name: str) -> str:
    return "未核销转账" if name == UNMATCHED else kind_zh(name) if kind_zh(name) != name else entry_zh(name)
