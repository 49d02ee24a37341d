"""The 校验: differences that must all be zero, as live formulas over the other sheets.

Whoever opens the workbook can see that it agrees with itself, and whoever edits a figure sees that
stop. The number a formula shows before it is recalculated is the true difference, computed here from the
report: a report that does not tie out says so on any screen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exports.cells import Formula, yuan_digits
from exports.expressions import by_account, counted, countifs, sumifs
from exports.item_homes import PLAIN, SLICES
from exports.sheets import FIRST_ROW, TOTALS_ROW, Column, Kind, Sheet, listed
from exports.tabs import alipay, detail, journal, payables, summary, trial_balance
from exports.tallies import Month, Sums
from ledger.chart import ALIPAY, TO_BUYERS, TO_DISTRIBUTORS

TITLE = "校验"
DIFFERENCE, VERDICT, EXPRESSION = "差额", "结论", "公式"
OWED = {TO_BUYERS: "买家", TO_DISTRIBUTORS: "分销商"}
ONE = 100  # a difference in numbers is shown like one in yuan
Sheets = Mapping[str, Sheet[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOut:
    """One thing that must be zero: what it is, how the workbook computes it and what it is in this report, in fen."""

    name: str
    expression: str
    difference_fen: int

    @property
    def formula(self) -> Formula:
        """The difference in yuan, rounded to the fen so that a spreadsheet's binary sums can show zero."""
        return Formula(expression=f"ROUND({self.expression},2)", shows=yuan_digits(self.difference_fen))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """A tie-out in its place on the sheet."""

    tie: TieOut
    number: int

    @property
    def verdict(self) -> Formula:
        """The difference again, which its number format shows as a word."""
        address = f"'{TITLE}'!$B${FIRST_ROW + self.number}"
        return Formula(expression=address, shows=self.tie.formula.shows)


_COLUMNS: tuple[Column[CheckRow], ...] = (
    Column(title="核对项目", kind=Kind.TEXT, width=50, value=lambda row: row.tie.name),
    Column(title=DIFFERENCE, kind=Kind.AMOUNT, width=14, value=lambda row: row.tie.formula),
    Column(title=VERDICT, kind=Kind.VERDICT, width=10, value=lambda row: row.verdict),
    Column(title=EXPRESSION, kind=Kind.PROSE, width=110, value=lambda row: row.tie.expression),
)


def checks_sheet(month: Month, sheets: Sheets) -> Sheet[CheckRow]:
    """The sheet 校验 over the other lists, by title; the head's hash stands above, so that paper carries it too."""
    rows = [CheckRow(tie=tie, number=number) for number, tie in enumerate(tie_outs(month, sheets))]
    head = month.report.head
    whole = _sizes(rows)
    above = {
        "核对项目": "差额合计",
        DIFFERENCE: whole,
        VERDICT: whole,
        EXPRESSION: f"链头 {head.seq} · {head.hash}",
    }
    return listed(TITLE, "tie_outs", _COLUMNS, rows, note="每行差额应为零", above=above)


def all_tied(sheet: Sheet[CheckRow]) -> Formula:
    """The sum of all differences' sizes, as it stands on the sheet: zero when everything ties out."""
    whole = sheet.above[DIFFERENCE]
    shows = whole.shows if isinstance(whole, Formula) else ""
    return Formula(expression=f"'{TITLE}'!$B${TOTALS_ROW}", shows=shows)


def tie_outs(month: Month, sheets: Sheets) -> list[TieOut]:
    """Everything that must be zero, in the order of the sheets."""
    return [
        *_balances(month, sheets),
        *_movements(month, sheets),
        *_items(month, sheets),
        *_owed(month, sheets),
        *_stated(month, sheets),
        *_counts(month, sheets),
    ]


def _sizes(rows: list[CheckRow]) -> Formula:
    cells = f"'{TITLE}'!$B${FIRST_ROW}:$B${FIRST_ROW + len(rows) - 1}"
    fen = sum(abs(row.tie.difference_fen) for row in rows)
    return Formula(expression=f"SUMPRODUCT(ABS({cells}))", shows=yuan_digits(fen))


def _balances(month: Month, sheets: Sheets) -> Iterator[TieOut]:
    rows, sheet = month.report.trial_balance, sheets[trial_balance.TITLE]
    (opening,), (closing,) = sheet.ranges(trial_balance.OPENING), sheet.ranges(trial_balance.CLOSING)
    (debit,), (credit,) = sheet.ranges(trial_balance.DEBIT), sheet.ranges(trial_balance.CREDIT)
    carried = sum(abs(r.opening_fen + r.debit_fen - r.credit_fen - r.closing_fen) for r in rows)
    yield _tie("科目余额表：期初余额合计", f"SUM({opening})", sum(r.opening_fen for r in rows))
    yield _tie("科目余额表：期末余额合计", f"SUM({closing})", sum(r.closing_fen for r in rows))
    moved = sum(r.debit_fen - r.credit_fen for r in rows)
    yield _tie("科目余额表：借方 − 贷方", f"SUM({debit})-SUM({credit})", moved)
    each = _sizes_of(f"{opening}+{debit}-{credit}-{closing}")
    yield _tie("科目余额表：逐科目 期初 + 借方 − 贷方 − 期末", each, carried)


def _movements(month: Month, sheets: Sheets) -> Iterator[TieOut]:
    book, tally = sheets[journal.TITLE], month.journal
    off = sum(tally.debit_fen.values()) - sum(tally.credit_fen.values())
    yield _tie("序时账：借方 − 贷方", f"{book.total(journal.DEBIT)}-{book.total(journal.CREDIT)}", off)
    rows = month.report.trial_balance
    debits, credits = ({r.account: r.debit_fen for r in rows}, {r.account: r.credit_fen for r in rows})
    yield from _by_side(sheets, (journal.DEBIT, trial_balance.DEBIT), tally.debit_fen, debits)
    yield from _by_side(sheets, (journal.CREDIT, trial_balance.CREDIT), tally.credit_fen, credits)
    numbers = f"MAX({','.join(book.ranges(journal.NUMBER))})-({countifs(book, (journal.LINE, '1'))})"
    yield _tie("凭证断号：最大号 − 凭证张数", numbers, (tally.last_number - tally.vouchers) * ONE)


def _by_side(
    sheets: Sheets, columns: tuple[str, str], posted: Mapping[str, int], shown: Mapping[str, int]
) -> Iterator[TieOut]:
    """The journal's column and the trial balance's, as a whole and account by account."""
    book, balance = sheets[journal.TITLE], sheets[trial_balance.TITLE]
    (cells,), (accounts,) = balance.ranges(columns[1]), balance.ranges(trial_balance.ACCOUNT)
    side = columns[0]
    whole = sum(posted.values()) - sum(shown.values())
    yield _tie(f"序时账{side} − 科目余额表{side}", f"{book.total(side)}-SUM({cells})", whole)
    each = sum(abs(posted.get(account, 0) - fen) for account, fen in shown.items())
    sums = by_account(book, side, journal.ACCOUNT, accounts)
    yield _tie(f"逐科目 序时账{side} − 科目余额表{side}", _sizes_of(f"{sums}-{cells}"), each)


def _items(month: Month, sheets: Sheets) -> Iterator[TieOut]:
    """Each sheet of a matter against the detail, then all of them together, then the summary."""
    items, tally = sheets[detail.TITLE], month.items
    slices = [sheets[title] for title in SLICES]
    for sheet in slices:
        mine = sumifs(items, detail.AMOUNT, (detail.HOME, f'"{sheet.title}"'))
        fen = _whole_fen(sheet) - tally.homes.get(sheet.title, Sums()).all_fen
        yield _tie(
            f"{sheet.title} − 售后明细中的{sheet.title}", f"{_whole(sheet).removeprefix('+')}-({mine})", fen
        )
    rest = sumifs(items, detail.AMOUNT, (detail.HOME, f'"{PLAIN}"'))
    together = "".join(map(_whole, slices))
    fen = sum(map(_whole_fen, slices)) + tally.homes.get(PLAIN, Sums()).all_fen - tally.whole.all_fen
    whole = items.total(detail.AMOUNT)
    yield _tie("各专项表合计 + 货款与其他 − 售后明细", f"{rest}{together}-{whole}", fen)
    for block in summary.blocks(month):
        fen = sum(sums.all_fen for _, sums in block.sums) - tally.whole.all_fen
        cells = f"SUM({block.cells('F')})+SUM({block.cells('G')})"
        yield _tie(f"售后汇总按{block.heading} − 售后明细", f"{cells}-{whole}", fen)


def _whole(sheet: Sheet[Any]) -> str:
    """What a sheet of a matter comes to, signed as in the detail, to be added to something."""
    return f"{'-' if sheet.withheld else '+'}{sheet.total(sheet.headline)}"


def _whole_fen(sheet: Sheet[Any]) -> int:
    fen = sheet.sums[sheet.headline]
    return -fen if sheet.withheld else fen


def _owed(month: Month, sheets: Sheets) -> Iterator[TieOut]:
    """What is open on each account that owes buyers or distributors, against the account's balance."""
    rows = month.report.payables
    for account, name in OWED.items():
        open_fen = sum(row.open_fen for row in rows if row.account == account)
        mine = sumifs(sheets[payables.TITLE], payables.OPEN, (payables.ACCOUNT, f'"{account}"'))
        whole = open_fen + _closing_fen(month, account)
        yield _tie(f"待付款（{name}） + {account} 期末余额", f"{mine}+{_closing(sheets, account)}", whole)


def _stated(month: Month, sheets: Sheets) -> Iterator[TieOut]:
    """Alipay's balance as its statement has it, against the account's with what the close will still post."""
    done = month.report.reconciliation
    if done is None or done.closing_fen is None:
        return
    unposted, stated = yuan_digits(done.unposted_fen), yuan_digits(done.closing_fen)
    fen = _closing_fen(month, ALIPAY) + done.unposted_fen - done.closing_fen
    expression = f"{_closing(sheets, ALIPAY)}+({unposted})-({stated})"
    yield _tie("支付宝期末余额：账面 + 待过账 − 对账单", expression, fen)
    rows, sheet = done.rows, sheets[alipay.TITLE]
    sides = [sheet.total(title) for title in (alipay.STATED, alipay.BOOKED, alipay.DIFFERENCE)]
    off = sum(row.statement_fen - row.ledger_fen - row.difference_fen for row in rows)
    yield _tie("支付宝对账：对账单 − 账面 − 差额", "-".join(sides), off)


def _closing(sheets: Sheets, account: str) -> str:
    """An account's closing balance, debit positive, by its code."""
    balance = sheets[trial_balance.TITLE]
    (accounts,), (closing,) = (
        balance.ranges(column) for column in (trial_balance.ACCOUNT, trial_balance.CLOSING)
    )
    return f'SUMIF({accounts},"{account}",{closing})'


def _closing_fen(month: Month, account: str) -> int:
    return sum(row.closing_fen for row in month.report.trial_balance if row.account == account)


def _counts(month: Month, sheets: Sheets) -> Iterator[TieOut]:
    report = month.report
    balance, book, items = (sheets[one.TITLE] for one in (trial_balance, journal, detail))
    counts = (
        (balance, trial_balance.ACCOUNT, len(report.trial_balance)),
        (book, journal.ACCOUNT, month.journal.rows),
        (items, detail.ITEM, month.items.whole.items),
    )
    for sheet, column, count in counts:
        yield _tie(f"{sheet.title}：行数 − 导出行数", f"{counted(sheet, column)}-{count}", 0)


def _tie(name: str, expression: str, difference_fen: int) -> TieOut:
    return TieOut(name=name, expression=expression, difference_fen=difference_fen)


def _sizes_of(expression: str) -> str:
    return f"SUMPRODUCT(ABS({expression}))"
