"""Sheets that another program reads: headings in row 1, rows below, no totals, no formulas.

The cells are made as those of the month's workbook, so amounts are exact and no text becomes a formula.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Generic

from exports import package
from exports.cells import Line
from exports.errors import TooManyRows
from exports.sheets import ROWS_MAX, Column, Row, Tab
from exports.styles import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSheet(Generic[Row]):
    """One sheet of an import file."""

    title: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]


def write_import(
    to: Path, sheets: Sequence[ImportSheet[Any]], closed_at: datetime | None, *, overwrite: bool
) -> None:
    """Write the sheets as the workbook `to`; `ExportError` for a place, a value or a length that cannot be."""
    package.refuse_place(to, overwrite=overwrite)
    book = package.new_book(closed_at)
    tabs = [_tab(sheet) for sheet in sheets]
    for tab in tabs:
        package.add_tab(book, tab)
    package.save(book, to, tabs, overwrite=overwrite)


def _tab(sheet: ImportSheet[Any]) -> Tab:
    if len(sheet.rows) >= ROWS_MAX:
        raise TooManyRows(
            f"{sheet.title} has {len(sheet.rows)} rows and a sheet takes {ROWS_MAX - 1};"
            " ask for a shorter period or one shop at a time"
        )
    return Tab(
        title=sheet.title,
        lines=partial(_lines, sheet),
        last_row=len(sheet.rows) + 1,
        widths=tuple(column.width for column in sheet.columns),
    )


def _lines(sheet: ImportSheet[Any]) -> Iterator[Line]:
    headings = tuple(column.title for column in sheet.columns)
    yield Line(styles=(Style.HEADING,) * len(headings), values=headings)
    styles = tuple(column.kind.value for column in sheet.columns)
    for row in sheet.rows:
        yield Line(styles=styles, values=tuple(column.value(row) for column in sheet.columns))
