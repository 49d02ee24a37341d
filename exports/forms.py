"""Forms: single sheets that leave the house, a batch of payments for Alipay or a statement for a distributor.

A form has a head of its own above its list, prints on A4 paper, and is otherwise made like every sheet of ours:
each cell's type forced, each list a named table, the same form the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, package
from exports.cells import Formula, Line, Value, shown
from exports.sheets import Tab
from exports.styles import Style

_A4 = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A named table on a form: its name, the row of its headings, the headings, and how many rows follow."""

    name: str
    heading_row: int
    headings: tuple[str, ...]
    count: int

    @property
    def area(self) -> str:
        """The list with its headings; an empty one keeps one blank row, for a table must have one."""
        last = self.heading_row + max(self.count, 1)
        return f"A{self.heading_row}:{get_column_letter(len(self.headings))}{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One sheet to be sent: its name, its lines, its columns' widths, its lists, and how it lies on A4 paper."""

    title: str
    on: date
    lines: tuple[Line, ...]
    widths: tuple[int, ...]
    tables: tuple[FormTable, ...] = ()
    upright: bool = True


def write_form(form: Form, to: Path, *, overwrite: bool) -> None:
    """Write a form at `to`, whole or not at all; `ExportError` for a place or a value that cannot be."""
    package.refuse_place(to, overwrite=overwrite)
    book = package.new_book(datetime(form.on.year, form.on.month, form.on.day, tzinfo=UTC), shown(form.title))
    tab = Tab(title=form.title, lines=lambda: form.lines, last_row=len(form.lines), widths=form.widths)
    sheet = package.add_tab(book, tab)
    _lay_on_paper(sheet, upright=form.upright)
    for table in form.tables:
        sheet.tables.add(_table(table))
    package.save(book, to, [tab], overwrite=overwrite)


def line(*pairs: tuple[Style, Value]) -> Line:
    """A row of pairs of style and value."""
    return Line(styles=tuple(style for style, _ in pairs), values=tuple(value for _, value in pairs))


def summed(table: FormTable, heading: str, fen: Sequence[int]) -> Formula:
    """The live total of a table's column of fen."""
    letter = get_column_letter(table.headings.index(heading) + 1)
    first = table.heading_row + 1
    whole = f"{letter}{first}:{letter}{table.heading_row + max(table.count, 1)}"
    return Formula(expression=f"SUM({whole})", shows=cells.yuan_digits(sum(fen)))


def _lay_on_paper(sheet: Worksheet, *, upright: bool) -> None:
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.right.text = "第 &P 页 共 &N 页"
    sheet.HeaderFooter.oddFooter = footer


def _table(given: FormTable) -> Table:
    columns = [TableColumn(id=number, name=title) for number, title in enumerate(given.headings, 1)]
    table = Table(displayName=given.name, ref=given.area, tableColumns=columns)
    table.autoFilter = AutoFilter(ref=given.area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return table
