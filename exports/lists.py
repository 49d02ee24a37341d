"""Lists as files: a workbook of plain sheets, or one sheet as CSV that no spreadsheet takes for formulas.

CSV is UTF-8 with a mark at its beginning, as spreadsheet programs in China want it; amounts are exact yuan. A
text that a program might run as a formula is quoted by an apostrophe, as the same programs do themselves.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from calculators.money import format_yuan
from exports.cells import Value
from exports.errors import BadPlace
from exports.import_sheets import ImportSheet, write_import
from exports.package import write_whole
from exports.sheets import Column, Kind

SUFFIXES = (".csv", ".xlsx")
_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "'")


def write_lists(to: Path, sheets: Sequence[ImportSheet[Any]], *, overwrite: bool = False) -> None:
    """Write the first sheet as CSV, or all as a workbook, by the name of `to`; `ExportError` where it cannot be."""
    if to.suffix == ".xlsx":
        write_import(to, sheets, None, overwrite=overwrite)
    elif to.suffix == ".csv":
        content = csv_text(sheets[0]).encode("utf-8-sig")
        write_whole(to, lambda file: file.write(content), overwrite=overwrite)
    else:
        raise BadPlace(f"{to.name} is neither .csv nor .xlsx; name a file that ends so")


def csv_text(sheet: ImportSheet[Any]) -> str:
    """A sheet as CSV: headings, then a row a line; texts that could be formulas begin with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows(_cells(sheet.columns, row) for row in sheet.rows)
    return text.getvalue()


def _cells(columns: Sequence[Column[Any]], row: Any) -> Iterator[str]:
    return (_AS_TEXT[column.kind](column.value(row)) for column in columns)


def _text(value: Value) -> str:
    shown = "" if value is None else str(value).replace("\0", "\u2400")
    return f"'{shown}" if shown.startswith(_FORMULA_LEADS) else shown


def _amount(value: Value) -> str:
    return format_yuan(value) if isinstance(value, int) else ""


def _day(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else ""


_AS_TEXT: dict[Kind, Callable[[Value], str]] = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.AMOUNT: _amount,
    Kind.NUMBER: lambda value: "" if value is None else str(value),
}
