"""The 审批与异常: who let what pass, what was reversed and why, what the answers warned of, and odd balances."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from exports.cells import Value
from exports.sheets import Column, Kind, Sheet
from exports.tallies import Month
from exports.words import role_zh
from ledger.chart import ACCOUNTS, SUSPENSE
from ledger.reports import PeriodReport, TrialBalanceRow
from ledger.reports_of_closes import NoticeRow
from ledger.reports_of_gates import GateName

TITLE = "审批与异常"
KINDS = {
    "approval": "审批",
    "reversal": "冲销",
    "advisory": "提示",
    "ask": "申请",
    "grant": "批准",
    "refuse": "驳回",
    "passed": "越过关口",
}
CODES = {"claim": "售后", "reopen": "反结账", **{name.value: name.zh for name in GateName}}
WARNING = "警告"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One row of the sheet: of the ledger, or a warning of ours about its figures."""

    kind: str
    text: str
    code: str = ""
    amount_fen: int | None = None
    row: NoticeRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """The warnings first, then what the ledger has to say, entry by entry; gone through anew each time."""

    report: PeriodReport

    def __iter__(self) -> Iterator[Notice]:
        return self._of(self.report.notices)

    def count(self) -> int:
        """How many there are."""
        return sum(1 for _ in self._of(self.report.notices.briefly()))

    def _of(self, rows: Iterable[NoticeRow]) -> Iterator[Notice]:
        for balance in self.report.trial_balance:
            yield from _odd(balance)
        for row in rows:
            yield from _noticed(row)


def _odd(balance: TrialBalanceRow) -> Iterator[Notice]:
    fen, name = balance.closing_fen, f"{balance.account} {balance.name_zh}"
    account = ACCOUNTS.get(balance.account)
    if balance.account == SUSPENSE and fen:
        yield Notice(kind=WARNING, code="待查款项", text=f"{name} 期末仍有余额，须查明后转出", amount_fen=fen)
    elif account and (fen < 0 if account.normal == "debit" else fen > 0):
        sides = ("借", "贷") if account.normal == "debit" else ("贷", "借")
        text = f"{name} 应为{sides[0]}方余额，期末却在{sides[1]}方"
        yield Notice(kind=WARNING, code="余额方向", text=text, amount_fen=fen)


def _noticed(row: NoticeRow) -> Iterator[Notice]:
    kind = KINDS.get(row.kind, row.kind)
    code = CODES.get(row.code, role_zh(row.code))
    yield Notice(kind=kind, code=code, text=row.text, amount_fen=row.amount_fen, row=row)
    if row.kind == "approval" and row.approver == row.actor:
        yield Notice(kind=WARNING, code="自批", text=f"{row.actor} 既经办又审批", row=row)


def _its(name: str) -> Callable[[Notice], Value]:
    """What the ledger says of it; nothing for a warning of ours."""
    return lambda one: getattr(one.row, name, None)


_COLUMNS: tuple[Column[Notice], ...] = (
    Column(title="类别", kind=Kind.TEXT, width=10, value=lambda one: one.kind),
    Column(title="日期", kind=Kind.DAY, width=12, value=_its("effective_on")),
    Column(title="凭证号", kind=Kind.TEXT, width=10, value=_its("voucher")),
    Column(title="申请号", kind=Kind.TEXT, width=24, value=_its("claim_no")),
    Column(title="订单号", kind=Kind.TEXT, width=22, value=_its("order_no")),
    Column(title="编号", kind=Kind.TEXT, width=16, value=lambda one: one.code),
    Column(title="条款", kind=Kind.TEXT, width=12, value=_its("rule")),
    Column(title="内容", kind=Kind.PROSE, width=60, value=lambda one: one.text),
    Column(title="金额", kind=Kind.AMOUNT, width=14, value=lambda one: one.amount_fen),
    Column(title="经办", kind=Kind.TEXT, width=10, value=_its("actor")),
    Column(title="审批", kind=Kind.TEXT, width=10, value=_its("approver")),
    Column(title="审批时间", kind=Kind.MOMENT, width=20, value=_its("approved_at")),
    Column(title="记录时间", kind=Kind.MOMENT, width=20, value=_its("recorded_at")),
    Column(title="链序号", kind=Kind.NUMBER, width=9, value=_its("seq")),
)


def notices_sheet(month: Month) -> Sheet[Notice]:
    """The sheet 审批与异常."""
    rows = Notices(report=month.report)
    return Sheet(
        title=TITLE,
        table="notices",
        columns=_COLUMNS,
        rows=rows,
        count=rows.count(),
        note="签字前请看：谁批准了什么、冲销了什么、规则的提示，以及异常余额",
        frozen=2,
        rows_max=month.rows_max,
    )
