"""Lists: exact amounts, and no text of anybody becomes a formula, in either kind of file."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.errors import BadPlace
from exports.import_sheets import ImportSheet
from exports.lists import csv_text, write_lists
from exports.sheets import Column, Kind

Row = tuple[str | None, int, date | None]
COLUMNS: tuple[Column[Row], ...] = (
    Column(title="摘要", kind=Kind.TEXT, width=10, value=lambda row: row[0]),
    Column(title="金额", kind=Kind.AMOUNT, width=10, value=lambda row: row[1]),
    Column(title="序号", kind=Kind.NUMBER, width=10, value=lambda row: row[1]),
    Column(title="日期", kind=Kind.DAY, width=10, value=lambda row: row[2]),
)
LEADS = ("=", "+", "-", "@", "\t", "\r", "'")
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
PAYLOADS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
)


def _sheet(*rows: Row) -> ImportSheet[Row]:
    return ImportSheet(title="表", columns=COLUMNS, rows=rows)


def _read(sheet: ImportSheet[Row]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_text(sheet), newline="")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload: str, tmp_path: Path) -> None:
    ((_, *_), (text, *_)) = _read(_sheet((payload, 1, None)))
    assert text == f"'{payload}"
    write_lists(tmp_path / "list.xlsx", [_sheet((payload, 1, None))])
    cell = load_workbook(tmp_path / "list.xlsx")["表"]["A2"]
    assert cell.data_type == "s"


@given(text=TEXTS, fen=st.integers(-(10**13), 10**13))
def test_a_row_of_csv_reads_back_as_it_was(text: str, fen: int) -> None:
    (_, (shown, amount, number, day)) = _read(_sheet((text, fen, date(2026, 2, 28))))
    assert shown == (f"'{text}" if text.startswith(LEADS) else text)
    assert int(amount.replace(".", "")) == fen
    assert (number, day) == (str(fen), "2026-02-28")


def test_what_is_missing_is_empty() -> None:
    assert _read(_sheet((None, 0, None)))[1] == ["", "0.00", "0", ""]


def test_csv_begins_with_the_mark_that_spreadsheets_look_for(tmp_path: Path) -> None:
    write_lists(tmp_path / "list.csv", [_sheet(("退货", 150, None))])
    assert (tmp_path / "list.csv").read_bytes() == "\ufeff摘要,金额,序号,日期\r\n退货,1.50,150,\r\n".encode()


def test_a_file_of_another_kind_or_one_that_is_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPlace, match="neither"):
        write_lists(tmp_path / "list.txt", [_sheet()])
    write_lists(tmp_path / "list.csv", [_sheet()])
    with pytest.raises(BadPlace, match="is there already"):
        write_lists(tmp_path / "list.csv", [_sheet()])
    write_lists(tmp_path / "list.csv", [_sheet()], overwrite=True)
