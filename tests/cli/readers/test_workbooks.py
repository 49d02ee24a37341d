"""Workbooks: several tables in one, cells as they were typed, and limits that hold while it is read."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest

from cli.errors import BadFile
from cli.readers import read_tables
from cli.readers.archives import open_archive
from cli.readers.rows import NOT_READ
from cli.readers.workbooks import is_ours, sheets
from tests.cli.readers.bad_input.zips import sheet_xml, workbook_parts, zipped
from tests.cli.readers.small import file_of, small, workbook, workbook_of

ORDER, ITEM = small("order_report", "2022"), small("item_report", "2021-22")


def test_every_sheet_is_a_table_of_its_own_with_its_own_digest() -> None:
    content = workbook_of(ORDER, ITEM, titles=("订单报表", "销售明细"))
    order, item = read_tables("十月.xlsx", content)
    assert (order.name, item.name) == ("十月.xlsx [订单报表]", "十月.xlsx [销售明细]")
    assert (order.layout, item.layout) == ("order_report", "item_report")
    assert order.sha256 != item.sha256
    assert [file.sha256 for file in read_tables("十月.xlsx", content)] == [order.sha256, item.sha256]


def test_a_workbook_of_one_table_goes_by_its_own_name_and_digest() -> None:
    first, second = workbook_of(ORDER), workbook_of(ORDER, titles=("export",))
    (read,) = read_tables("a.xlsx", first)
    assert (read.name, read.encoding) == ("a.xlsx", "xlsx")
    assert read.rows == read_tables("b.xlsx", second)[0].rows == read_tables("b.csv", file_of(ORDER))[0].rows


def test_a_list_of_parcels_beside_the_reports_is_told_and_not_read() -> None:
    grid = [["运单", "清单"], ["1", "2"]]
    read = read_tables("a.xlsx", workbook(ORDER.grid(), grid, titles=("订单报表", "发货报表")))
    assert [file.layout for file in read] == ["order_report", NOT_READ]
    assert read[0].name == "a.xlsx"


def test_a_fault_names_the_sheet_and_the_row_as_the_spreadsheet_shows_it() -> None:
    grid: list[list[Any]] = [[], ["订单"], [], *ORDER.grid()]
    grid[4][ORDER.names.index("买家实际支付金额")] = "12.345"
    with pytest.raises(BadFile) as caught:
        read_tables("a.xlsx", workbook(grid, titles=("十月",)))
    (fault,) = caught.value.faults
    assert (fault.file, fault.row, fault.column) == ("a.xlsx [十月]", 5, "买家实际支付金额")


def test_the_faults_of_all_sheets_are_told_at_once() -> None:
    bad = ORDER.with_cells(买家实际支付金额="x"), ITEM.with_cells(购买数量="y")
    with pytest.raises(BadFile) as caught:
        read_tables("a.xlsx", workbook_of(*bad))
    assert [fault.code for fault in caught.value.faults] == ["bad_money", "bad_count"]


def test_cells_are_read_as_they_were_typed() -> None:
    moment = datetime(2026, 10, 8, 9, 0, 1)
    content = workbook([["a", 1, 95.5, 0.1 + 0.2, moment, None, "", "x"]])
    (sheet,) = sheets(content, open_archive(content))
    (row,) = sheet.rows
    assert row.cells == ("a", "1", "95.5", "0.3", "2026-10-08 09:00:01", "", "", "x")
    assert dict(row.wrong) == {}


def test_a_workbook_that_says_it_is_small_is_read_to_its_end() -> None:
    rows = b"".join(f'<row r="{at}"><c><v>{at}</v></c></row>'.encode() for at in range(1, 21))
    lying = sheet_xml(rows).replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')
    content = zipped(workbook_parts(lying))
    (sheet,) = sheets(content, open_archive(content))
    assert [row.cells[0] for row in sheet.rows] == [str(at) for at in range(1, 21)]


def test_reading_ends_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(0, 100_000, 100))
    monkeypatch.setattr("cli.readers.workbooks.time.monotonic", lambda: next(moments))
    with pytest.raises(BadFile) as caught:
        read_tables("a.xlsx", workbook_of(ORDER))
    assert [fault.code for fault in caught.value.faults] == ["too_slow"]


def test_a_workbook_that_settle_wrote_is_not_read() -> None:
    for creator in (b"<dc:creator>", b'<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">'):
        core = b"<x>" + creator + b"Settle</dc:creator></x>"
        ours = zipped(workbook_parts(sheet_xml(b""), **{"docProps/core.xml": core}))
        assert is_ours(open_archive(ours))
    assert not is_ours(open_archive(workbook_of(ORDER)))
    assert [file.layout for file in read_tables("settle-2026-10.xlsx", ours)] == [NOT_READ]


def test_of_a_style_that_is_not_there_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_of(ORDER))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    styles = parts["xl/styles.xml"].replace(
        b'<cellStyle name="Normal" xfId="0"', b'<cellStyle name="x" xfId="9"'
    )
    assert styles != parts["xl/styles.xml"]
    with pytest.raises(BadFile, match=r"broken|damaged|坏"):
        read_tables("a.xlsx", zipped({**parts, "xl/styles.xml": styles}))
    assert capsys.readouterr().out == ""
