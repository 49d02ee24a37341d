"""The 校验: differences that must all be zero, as live formulas over the other sheets.

Whoever opens the workbook can see that it agrees with itself, and whoever edits a figure sees that
stop. The number a formula shows before it is recalculated is the true difference, computed here from the
report: a report that does not tie out says so on any screen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exports import journal, settled_items, trial_balance
from exports.cells import Formula, yuan_digits
from exports.journal import journal_sheet
from exports.settled_items import settled_items_sheet
from exports.sheets import FIRST_ROW, Column, Kind, Sheet, Value, labelled
from exports.trial_balance import trial_balance_sheet
from ledger.reports import JournalRow, PeriodReport

TITLE = "校验"


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOut:
    """One thing that must be zero: what it is, how the workbook computes it and what it is in this report."""

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


def checks_sheet(report: PeriodReport) -> Sheet[CheckRow]:
    """The sheet 校验 of a report; the head's hash stands above, so that paper carries it too."""
    ties = [*_balances(report), *_movements(report), *_counts(report)]
    rows = [CheckRow(tie=tie, number=number) for number, tie in enumerate(ties)]
    return Sheet(title=TITLE, table="tie_outs", columns=_columns(report), rows=rows)


def all_tied(sheet: Sheet[CheckRow]) -> Formula:
    """The sum of all differences' sizes: zero when everything ties out."""
    return _sizes(sheet.cells("差额"), [row.tie.formula for row in sheet.rows])


def _columns(report: PeriodReport) -> tuple[Column[CheckRow], ...]:
    head = f"链头 {report.head.seq} · {report.head.hash}"
    return (
        Column(
            title="核对项目",
            kind=Kind.TEXT,
            width=52,
            value=lambda row: row.tie.name,
            total=labelled("差额合计"),
        ),
        Column(title="差额", kind=Kind.DIFFERENCE, width=18, value=lambda row: row.tie.formula, total=_sizes),
        Column(title="结论", kind=Kind.VERDICT, width=10, value=lambda row: row.verdict, total=_sizes),
        Column(
            title="公式", kind=Kind.TEXT, width=90, value=lambda row: row.tie.expression, total=labelled(head)
        ),
    )


def _sizes(_cells: str, values: Sequence[Value]) -> Formula:
    """The same total over 差额 and over 结论: both columns hold the differences."""
    cells = f"'{TITLE}'!$B${FIRST_ROW}:$B${FIRST_ROW + len(values) - 1}"
    digits = [value.shows for value in values if isinstance(value, Formula)]
    fen = sum(abs(int(text.replace(".", ""))) for text in digits)
    return Formula(expression=f"SUMPRODUCT(ABS({cells}))", shows=yuan_digits(fen))


def _balances(report: PeriodReport) -> list[TieOut]:
    rows, sheet = report.trial_balance, trial_balance_sheet(report.trial_balance)
    opening, closing = sheet.cells(trial_balance.OPENING), sheet.cells(trial_balance.CLOSING)
    debit, credit = sheet.cells(trial_balance.DEBIT), sheet.cells(trial_balance.CREDIT)
    carried = (abs(r.opening_fen + r.debit_fen - r.credit_fen - r.closing_fen) for r in rows)
    return [
        _tie("科目余额表：期初余额合计", f"SUM({opening})", (r.opening_fen for r in rows)),
        _tie("科目余额表：期末余额合计", f"SUM({closing})", (r.closing_fen for r in rows)),
        _tie(
            "科目余额表：借方 − 贷方",
            f"SUM({debit})-SUM({credit})",
            (r.debit_fen - r.credit_fen for r in rows),
        ),
        _tie(
            "科目余额表：逐科目 期初 + 借方 − 贷方 − 期末",
            _sizes_of(f"{opening}+{debit}-{credit}-{closing}"),
            carried,
        ),
    ]


def _movements(report: PeriodReport) -> list[TieOut]:
    book, balance = journal_sheet(report.journal), trial_balance_sheet(report.trial_balance)
    debit, credit = book.cells(journal.DEBIT), book.cells(journal.CREDIT)
    tb_debit, tb_credit = balance.cells(trial_balance.DEBIT), balance.cells(trial_balance.CREDIT)
    by_account = f"SUMIF({book.cells(journal.ACCOUNT)},{balance.cells(trial_balance.ACCOUNT)},"
    posted_debit, posted_credit = _posted(report.journal)
    rows = report.trial_balance
    all_debit = sum(posted_debit.values()) - sum(r.debit_fen for r in rows)
    all_credit = sum(posted_credit.values()) - sum(r.credit_fen for r in rows)
    each_debit = (abs(posted_debit[r.account] - r.debit_fen) for r in rows)
    each_credit = (abs(posted_credit[r.account] - r.credit_fen) for r in rows)
    return [
        _tie(
            "序时账：借方 − 贷方",
            f"SUM({debit})-SUM({credit})",
            (r.debit_fen - r.credit_fen for r in report.journal),
        ),
        _tie("序时账借方 − 科目余额表借方", f"SUM({debit})-SUM({tb_debit})", [all_debit]),
        _tie("序时账贷方 − 科目余额表贷方", f"SUM({credit})-SUM({tb_credit})", [all_credit]),
        _tie("逐科目 序时账借方 − 科目余额表借方", _sizes_of(f"{by_account}{debit})-{tb_debit}"), each_debit),
        _tie(
            "逐科目 序时账贷方 − 科目余额表贷方", _sizes_of(f"{by_account}{credit})-{tb_credit}"), each_credit
        ),
    ]


def _counts(report: PeriodReport) -> list[TieOut]:
    balance, book = trial_balance_sheet(report.trial_balance), journal_sheet(report.journal)
    items = settled_items_sheet(report.items)
    return [
        _count(
            "科目余额表：行数 − 导出行数", balance.cells(trial_balance.ACCOUNT), len(report.trial_balance)
        ),
        _count("序时账：行数 − 导出行数", book.cells(journal.ACCOUNT), len(report.journal)),
        _count("售后明细：行数 − 导出行数", items.cells(settled_items.CLAIM), len(report.items)),
    ]


def _posted(rows: Sequence[JournalRow]) -> tuple[Counter[str], Counter[str]]:
    """Debits and credits of the journal, fen by account."""
    debit: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for row in rows:
        debit[row.account] += row.debit_fen
        credit[row.account] += row.credit_fen
    return debit, credit


def _tie(name: str, expression: str, differences: Iterable[int]) -> TieOut:
    return TieOut(name=name, expression=expression, difference_fen=sum(differences))


def _count(name: str, cells: str, count: int) -> TieOut:
    return TieOut(name=name, expression=f"COUNTA({cells})-{count}", difference_fen=0)


def _sizes_of(expression: str) -> str:
    return f"SUMPRODUCT(ABS({expression}))"
