"""Small reports to render, and how to read a workbook back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook

from calculators.days import SHANGHAI
from exports.sheets import FIRST_ROW, HEADING_ROW
from exports.workbook import write_workbook
from ledger.reports import ChainHead, FewNotices, JournalRow, PeriodReport, SettledItemRow, TrialBalanceRow


class Items(tuple[SettledItemRow, ...]):
    """Settled items in memory, as a report takes them."""

    def of_entries(self, seqs: Sequence[int]) -> tuple[SettledItemRow, ...]:
        """Those of some entries."""
        return tuple(row for row in self if row.seq in seqs)


ORDER_NO = "2014112611001004680073956707"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def posting(account: str, debit_fen: int, credit_fen: int, **changes: Any) -> JournalRow:
    """One line of the journal."""
    row = JournalRow(
        seq=1,
        voucher="记-0001",
        effective_on=date(2017, 3, 1),
        kind="settlement",
        narration="退货退款",
        account=account,
        account_zh="科目",
        debit_fen=debit_fen,
        credit_fen=credit_fen,
        order_no=ORDER_NO,
        claim_no=None,
    )
    return replace(row, **changes)


def item(amount_fen: int = 5000, **changes: Any) -> SettledItemRow:
    """One item of a settlement."""
    row = SettledItemRow(
        seq=1,
        voucher="记-0001",
        effective_on=date(2017, 3, 1),
        order_no=ORDER_NO,
        claim_no="T1",
        kind="return",
        item="goods",
        rule="001-1.1R",
        formula="100.00 × 1/2",
        amount_fen=amount_fen,
        channel="alipay",
        claims=1,
    )
    return replace(row, **changes)


def balance_of(journal: Iterable[JournalRow]) -> tuple[TrialBalanceRow, ...]:
    """The trial balance that fits a journal, from openings of zero."""
    debit: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for row in journal:
        debit[row.account] += row.debit_fen
        credit[row.account] += row.credit_fen
    return tuple(
        TrialBalanceRow(
            account=account,
            name_zh="科目",
            name_en="Account",
            opening_fen=0,
            debit_fen=debit[account],
            credit_fen=credit[account],
            closing_fen=debit[account] - credit[account],
        )
        for account in sorted(debit)
    )


def report(journal: Iterable[JournalRow] | None = None, **changes: Any) -> PeriodReport:
    """A report that ties out, with `changes` put in place of its parts."""
    rows = (
        (posting("220201", 5000, 0), posting("100201", 0, 5000, line=2))
        if journal is None
        else tuple(journal)
    )
    whole = PeriodReport(
        book="示例店",
        period="2017-03",
        closed_at=datetime(2017, 4, 1, 9, tzinfo=SHANGHAI),
        head=ChainHead(seq=1, hash="ab" * 32),
        rulebook_digest="cd" * 32,
        trial_balance=balance_of(rows),
        journal=rows,
        items=Items([item()]),
        operations=7,
        anchor_line='{"book": "示例店"}',
        recorded_at=datetime(2017, 4, 1, 9, tzinfo=SHANGHAI),
    )
    if "notices" in changes:
        changes["notices"] = FewNotices(changes["notices"])
    if "items" in changes:
        changes["items"] = Items(changes["items"])
    return replace(whole, **changes)


def written(folder: Path, content: PeriodReport) -> Workbook:
    """The report's workbook, read back as it stands in the file."""
    path = folder / "book.xlsx"
    write_workbook(content, path, overwrite=True)
    return load_workbook(path)


def placed(book: Workbook, sheet: str, heading: str) -> str:
    """The letter of a list's column."""
    return next(cell.column_letter for cell in book[sheet][HEADING_ROW] if cell.value == heading)


def column(book: Workbook, sheet: str, heading: str) -> list[Any]:
    """The values of a list's column, from the first row to the last."""
    letter = placed(book, sheet, heading)
    rows = range(FIRST_ROW, book[sheet].max_row + 1)
    return [book[sheet][f"{letter}{row}"].value for row in rows]


def text_at(book: Workbook, sheet: str, address: str) -> str:
    """A cell's text as a spreadsheet program shows it; "" for an empty cell."""
    return unescape(book[sheet][address].value or "")


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    """Every formula of a workbook by sheet and address."""
    cells = ((sheet, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
    return {(sheet.title, cell.coordinate): cell.value for sheet, cell in cells if cell.data_type == "f"}


def digits(path: Path, title: str) -> dict[str, str]:
    """The digits of every number of a sheet just as the file has them, by address."""
    number = load_workbook(path, read_only=True).sheetnames.index(title) + 1
    with ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    return dict(_numbers(tree))


def _numbers(tree: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for cell in tree.iter(f"{_MAIN}c"):
        number = cell.find(f"{_MAIN}v")
        if number is not None and number.text:
            yield cell.attrib["r"], number.text
