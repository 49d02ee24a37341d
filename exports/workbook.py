"""The month's workbook: cover, trial balance, journal, settled items and the checks that tie them."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, package
from exports.cells import Formula, shown
from exports.checks import checks_sheet
from exports.cover import TITLE as COVER
from exports.cover import cover_lines, short_hash
from exports.journal import journal_sheet
from exports.settled_items import settled_items_sheet
from exports.sheets import FIRST_ROW, HEADING_ROW, TOTALS_ROW, Column, Kind, Sheet, Value, refuse_too_many
from exports.styles import Style, add_styles
from exports.trial_balance import trial_balance_sheet
from ledger.reports import PeriodReport

_A4 = 9
_BOOK_NAME_MAX = 60
_UNDATED = datetime(2000, 1, 1)  # An open period has no moment of its own and the clock is not ours to read.

_CELL_OF: dict[Kind, Callable[[Worksheet, Any], Cell | None]] = {
    Kind.TEXT: cells.text_cell,
    Kind.DAY: cells.day_cell,
    Kind.AMOUNT: cells.amount_cell,
    Kind.NUMBER: cells.number_cell,
    Kind.DIFFERENCE: lambda sheet, formula: cells.formula_cell(sheet, formula, Style.AMOUNT),
    Kind.VERDICT: lambda sheet, formula: cells.formula_cell(sheet, formula, Style.VERDICT),
}


def write_workbook(report: PeriodReport, to: Path, *, overwrite: bool = False) -> None:
    """Write the period's workbook at `to`; `ExportError` for a place, a value or a length that cannot be."""
    package.refuse_place(to, overwrite=overwrite)
    sheets = sheets_of(report)
    for sheet in sheets:
        refuse_too_many(sheet)
    book = _new_book(report)
    with package.writing(book, to):
        shows = _write_cover(book, report)
        for sheet in sheets:
            shows |= _write_sheet(book, report, sheet)
        package.save(book, to, shows, overwrite=overwrite)


def sheets_of(report: PeriodReport) -> list[Sheet[Any]]:
    """The lists of the workbook in the order of their tabs, the cover aside."""
    return [
        trial_balance_sheet(report.trial_balance),
        journal_sheet(report.journal),
        settled_items_sheet(report.items),
        checks_sheet(report),
    ]


def _new_book(report: PeriodReport) -> Workbook:
    """An empty workbook that dates itself by the report and is calculated when opened."""
    moment = report.closed_at.astimezone(UTC).replace(tzinfo=None) if report.closed_at else _UNDATED
    title = shown(f"{report.book} {report.period}")
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(creator="Settle", title=title, created=moment, modified=moment)
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    add_styles(book)
    return book


def _write_cover(book: Workbook, report: PeriodReport) -> dict[str, str]:
    """Write the cover; the answer is the number that each of its formulas shows."""
    lines = cover_lines(report)
    sheet = _new_tab(book, report, COVER, [16, 110])
    for line in lines:
        label = cells.text_cell(sheet, line.label, Style.TOTAL_TEXT)
        sheet.append([label, _CELL_OF[line.kind](sheet, line.value)])
    return _shows(line.value for line in lines)


def _write_sheet(book: Workbook, report: PeriodReport, sheet: Sheet[Any]) -> dict[str, str]:
    """Write one list; the answer is the number that each of its formulas shows."""
    tab = _new_tab(book, report, sheet.title, [column.width for column in sheet.columns])
    tab.freeze_panes = f"A{FIRST_ROW}"
    tab.print_title_rows = f"{TOTALS_ROW}:{HEADING_ROW}"
    totals = sheet.totals()
    tab.append([_total_cell(tab, *pair) for pair in zip(sheet.columns, totals, strict=True)])
    tab.append([cells.text_cell(tab, column.title, Style.HEADING) for column in sheet.columns])
    shows = _shows(totals)
    for row in sheet.rows:
        values = [column.value(row) for column in sheet.columns]
        tab.append([_cell(tab, *pair) for pair in zip(sheet.columns, values, strict=True)])
        shows |= _shows(values)
    tab.tables.add(_table(sheet))
    return shows


def _new_tab(book: Workbook, report: PeriodReport, title: str, widths: list[int]) -> Worksheet:
    """A sheet ready for A4 paper: landscape, as wide as the page, the head's short hash in the footer."""
    tab: Worksheet = book.create_sheet(title)
    for number, width in enumerate(widths, 1):
        tab.column_dimensions[get_column_letter(number)].width = width
    tab.page_setup.paperSize = _A4
    tab.page_setup.orientation = "landscape"
    tab.page_setup.fitToWidth, tab.page_setup.fitToHeight = 1, 0
    tab.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    tab.HeaderFooter.oddHeader, tab.HeaderFooter.oddFooter = _margins(report, title)
    return tab


def _margins(report: PeriodReport, title: str) -> tuple[HeaderFooterItem, HeaderFooterItem]:
    """What is printed above and below every page."""
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text = f"{_printed(report.book)} {_printed(report.period)} {title}"
    footer.left.text = f"链头 {report.head.seq} · {short_hash(report)}"
    footer.right.text = "第 &P 页 共 &N 页"
    return header, footer


def _printed(text: str) -> str:
    """A text for a page's header, where "&" starts a code and 255 characters are all there is."""
    return shown(text)[:_BOOK_NAME_MAX].replace("&", "&&")


def _cell(tab: Worksheet, column: Column[Any], value: Value) -> Cell | None:
    return _CELL_OF[column.kind](tab, value)


def _total_cell(tab: Worksheet, column: Column[Any], total: Formula | str | None) -> Cell | None:
    if isinstance(total, Formula):
        style = Style.VERDICT if column.kind is Kind.VERDICT else Style.TOTAL
        return cells.formula_cell(tab, total, style)
    return cells.text_cell(tab, total, Style.TOTAL_TEXT)


def _table(sheet: Sheet[Any]) -> Table:
    """The named table over the list, with its filter; totals stay outside, above it."""
    titles = enumerate((column.title for column in sheet.columns), 1)
    columns = [TableColumn(id=number, name=title) for number, title in titles]
    table = Table(displayName=sheet.table, ref=sheet.area, tableColumns=columns)
    table.autoFilter = AutoFilter(ref=sheet.area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return table


def _shows(values: Iterable[object]) -> dict[str, str]:
    return {value.expression: value.shows for value in values if isinstance(value, Formula)}
