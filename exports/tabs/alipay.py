"""The 支付宝对账: every line of the month's statement beside what the ledger booked or expects of it."""

from calculators.money import format_yuan
from exports.sheets import Column, Kind, Sheet, listed
from exports.tallies import Month
from exports.words import meaning_zh
from ledger.reports_of_months import Reconciliation, ReconciliationRow

TITLE = "支付宝对账"
STATED, BOOKED, DIFFERENCE = "对账单", "账面", "差额"

_COLUMNS: tuple[Column[ReconciliationRow], ...] = (
    Column(title="状态", kind=Kind.TEXT, width=12, value=lambda row: row.state.zh),
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.on),
    Column(title="订单号", kind=Kind.TEXT, width=22, value=lambda row: row.order_no),
    Column(title="流水号", kind=Kind.TEXT, width=22, value=lambda row: row.serial),
    Column(title="用途", kind=Kind.TEXT, width=14, value=lambda row: meaning_zh(row.meaning)),
    Column(title=STATED, kind=Kind.AMOUNT, width=14, value=lambda row: row.statement_fen, summed=True),
    Column(title=BOOKED, kind=Kind.AMOUNT, width=14, value=lambda row: row.ledger_fen, summed=True),
    Column(title=DIFFERENCE, kind=Kind.AMOUNT, width=13, value=lambda row: row.difference_fen, summed=True),
    Column(title="说明", kind=Kind.PROSE, width=48, value=lambda row: row.explanation.zh),
    Column(title="待处理", kind=Kind.TEXT, width=9, value=lambda row: "是" if row.is_open else None),
    Column(title="逾期", kind=Kind.TEXT, width=7, value=lambda row: "是" if row.overdue else None),
    Column(title="负责人", kind=Kind.TEXT, width=10, value=lambda row: row.owner),
    Column(title="结清日", kind=Kind.DAY, width=12, value=lambda row: row.settled_on),
    Column(title="文件", kind=Kind.TEXT, width=16, value=lambda row: row.file),
    Column(title="文件行", kind=Kind.NUMBER, width=8, value=lambda row: row.row_no),
    Column(title="链序号", kind=Kind.NUMBER, width=9, value=lambda row: row.seq),
)


def alipay_sheet(month: Month) -> Sheet[ReconciliationRow]:
    """The sheet 支付宝对账, the largest difference first."""
    done = month.report.reconciliation
    return listed(
        TITLE,
        "alipay",
        _COLUMNS,
        done.rows if done else (),
        note=_note(done),
        headline=DIFFERENCE,
        frozen=2,
        rows_max=month.rows_max,
    )


def _note(done: Reconciliation | None) -> str:
    if done is None or done.closing_fen is None:
        return "没有导入本期及以前的支付宝账单，无从核对"
    balances = f"期末：对账单 {format_yuan(done.closing_fen)}，账面 {format_yuan(done.ledger_closing_fen)}"
    unposted = f"，待结账过账 {format_yuan(done.unposted_fen)}" if done.unposted_fen else ""
    return f"{balances}{unposted}；还有 {len(done.open_rows)} 笔要处理"
