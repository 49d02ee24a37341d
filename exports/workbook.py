"""The month's workbook as a file: its sheets, ready for screen and A4 paper, written row by row.

openpyxl makes the workbook, its styles, tables, charts and print set-up. The rows go into the file one at a time
as `cells` writes them, so a month of any length takes the memory of a page of it.
"""

from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any, cast

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from exports import package, paper
from exports.cells import shown
from exports.sheets import ROWS_MAX, Tab, Watch, unwatched
from exports.workbook_tabs import workbook_tabs
from ledger.canonical import short
from ledger.reports import PeriodReport

_CHARACTERS_A_PAGE, _NAMING = 270, "A:C"
_BOOK_NAME_MAX = 60


def write_workbook(
    report: PeriodReport,
    to: Path,
    *,
    overwrite: bool = False,
    rows_max: int = ROWS_MAX,
    watch: Watch = unwatched,
) -> None:
    """Write the period's workbook at `to`, while its book is being read; `ExportError` for what cannot be.

    `watch` is given each sheet with its lines, and gives the lines back as they are written.
    """
    package.refuse_place(to, overwrite=overwrite)
    book = package.new_book(report.recorded_at or report.closed_at, shown(f"{report.book} {report.period}"))
    tabs = [_seen_by(watch, tab) for tab in workbook_tabs(report, rows_max)]
    for tab in tabs:
        _set_up(package.add_tab(book, tab), report, tab)
    package.save(book, to, tabs, overwrite=overwrite)


def _seen_by(watch: Watch, tab: Tab) -> Tab:
    return replace(tab, lines=lambda: watch(tab, tab.lines()))


def _set_up(sheet: Worksheet, report: PeriodReport, tab: Tab) -> None:
    """Frozen headings, tables, charts, and A4 paper: landscape, the short hash below."""
    sheet.freeze_panes = tab.frozen
    sheet.sheet_view.showGridLines = False
    for cells in tab.merged:
        sheet.merged_cells.add(cells)
    for area in tab.tables:
        paper.add_table(sheet, area)
    for place, chart in tab.charts():
        chart.anchor = cast("Any", TwoCellAnchor(_from=_marker(place[0]), to=_marker(place[1])))
        sheet.add_chart(chart)
    if tab.repeated:
        sheet.print_title_rows = tab.repeated
    sheet.print_area = f"A1:{get_column_letter(len(tab.widths))}{tab.last_row}"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.6, header=0.3, footer=0.3)
    footer = _fit(sheet, tab)
    footer.left.text = f"链头 {report.head.seq} · {short(report.head.hash)}"
    sheet.HeaderFooter.oddHeader = _header(report, tab.title)


def _fit(sheet: Worksheet, tab: Tab) -> HeaderFooterItem:
    """As many pages side by side as keep the letters readable, each beginning with the columns that name the row."""
    pages = ceil(sum(tab.widths) / _CHARACTERS_A_PAGE)
    if pages > 1:
        sheet.print_title_cols = _NAMING
    return paper.lay_on_a4(sheet, upright=tab.upright, wide=pages, high=int(tab.upright))


def _marker(cell: str) -> AnchorMarker:
    row, column = coordinate_to_tuple(cell)
    return AnchorMarker(row=row - 1, col=column - 1)


def _header(report: PeriodReport, title: str) -> HeaderFooterItem:
    header = HeaderFooterItem()
    header.center.text = f"{_printed(report.book)} {_printed(report.period)} {title}"
    return header


def _printed(text: str) -> str:
    """A text for a page's header, where "&" starts a code and 255 characters are all there is."""
    return shown(text)[:_BOOK_NAME_MAX].replace("&", "&&")
