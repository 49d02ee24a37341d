"""Sheets that another program reads: headings in row 1, rows below, no totals, no formulas.

The cells are made as those of the month's workbook, so amounts are exact and no text becomes a formula.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, package
from exports.sheets import Column, Kind, Sheet, refuse_too_many
from exports.styles import Style, add_styles

_UNDATED = datetime(2000, 1, 1)
_CELL_OF: dict[Kind, Callable[[Worksheet, Any], Cell | None]] = {
    Kind.TEXT: cells.text_cell,
    Kind.DAY: cells.day_cell,
    Kind.AMOUNT: cells.amount_cell,
    Kind.NUMBER: cells.number_cell,
}


def write_import(
    to: Path, sheets: Sequence[Sheet[Any]], closed_at: datetime | None, *, overwrite: bool
) -> None:
    """Write the sheets as the workbook `to`; `ExportError` for a place, a value or a length that cannot be."""
    package.refuse_place(to, overwrite=overwrite)
    for sheet in sheets:
        refuse_too_many(sheet)
    moment = closed_at.astimezone(UTC).replace(tzinfo=None) if closed_at else _UNDATED
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(creator="Settle", created=moment, modified=moment)
    add_styles(book)
    with package.writing(book, to):
        for sheet in sheets:
            _write(book, sheet)
        package.save(book, to, {}, overwrite=overwrite)


def _write(book: Workbook, sheet: Sheet[Any]) -> None:
    tab: Worksheet = book.create_sheet(sheet.title)
    for number, column in enumerate(sheet.columns, 1):
        tab.column_dimensions[get_column_letter(number)].width = column.width
    tab.append([cells.text_cell(tab, column.title, Style.HEADING) for column in sheet.columns])
    for row in sheet.rows:
        tab.append([_cell(tab, column, row) for column in sheet.columns])


def _cell(tab: Worksheet, column: Column[Any], row: Any) -> Cell | None:
    value = column.value(row)
    return None if value is None else _CELL_OF[column.kind](tab, value)
