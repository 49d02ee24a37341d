"""Which files a command line names, and how the faults of all of them are told."""

from dataclasses import replace
from pathlib import Path

import pytest

from cli.errors import BadFile
from cli.gathering import WrongFiles, files_in, read_files
from cli.readers.text import SIZE_MAX
from tests.cli.readers.bad_input.zips import zipped, zipped_in_gbk
from tests.cli.readers.small import STATEMENT, file_of, small, workbook_of

PART = replace(
    STATEMENT,
    above=(
        *STATEMENT.above[:2],
        "#起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年10月15日 00:00:00]",
        STATEMENT.above[3],
    ),
)


def test_a_folder_is_its_reports_by_name(tmp_path: Path) -> None:
    names = (
        "b.CSV",
        "a.csv",
        "c.xlsx",
        "d.zip",
        "e.xlsm",
        "f.xls",
        "notes.txt",
        "~$c.xlsx",
        ".hidden.csv",
        "x.db",
    )
    for name in names:
        (tmp_path / name).touch()
    found = [path.name for path in files_in([tmp_path, tmp_path / "notes.txt"])]
    assert found == ["a.csv", "b.CSV", "c.xlsx", "d.zip", "e.xlsm", "f.xls", "notes.txt"]


def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFiles, match="holds no CSV"):
        files_in([tmp_path])


def test_the_faults_of_all_files_are_collected(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    with pytest.raises(BadFile) as refused:
        read_files([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [fault.file for fault in refused.value.faults] == ["a.csv", "b.csv"]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongFiles) as refused:
        read_files([tmp_path / "gone.csv"])
    assert "没有这个文件或文件夹" in refused.value.said("zh")


def test_two_gigabytes_of_nothing_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(2 * 1024 * 1024 * 1024)
    with pytest.raises(BadFile) as refused:
        read_files([tmp_path / "a.csv"])
    assert [fault.code for fault in refused.value.faults] == ["too_big"]
    assert (tmp_path / "a.csv").stat().st_size > SIZE_MAX


def test_a_part_of_a_month_is_taken_only_when_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(file_of(PART))
    with pytest.raises(BadFile) as refused:
        read_files([tmp_path / "a.csv"])
    (fault,) = refused.value.faults
    assert (fault.code, fault.detail) == ("part_month", "(2026-10-01 … 2026-10-14)")
    assert "--partial" in fault.text("en").next_step
    (read,) = read_files([tmp_path / "a.csv"], partial=True)
    assert len(read.lines) == 2


def test_every_table_of_a_zip_is_a_file_of_its_own(tmp_path: Path) -> None:
    summary = "#支付宝账务汇总查询\n业务类型,收入合计\n交易付款,95.00\n".encode("gbk")
    content = zipped_in_gbk(
        {"2088_202610_账务汇总.csv": summary, "2088_202610_账务明细.csv": file_of(STATEMENT)}
    )
    (tmp_path / "202610.zip").write_bytes(content)
    (tmp_path / "b.csv").write_bytes(file_of(STATEMENT))
    left, read, alone = read_files([tmp_path / "202610.zip", tmp_path / "b.csv"])
    assert (left.layout, read.name) == ("not_read", "202610.zip › 2088_202610_账务明细.csv")
    assert read.sha256 == alone.sha256


def test_a_workbook_in_a_zip_gives_all_its_sheets(tmp_path: Path) -> None:
    book = workbook_of(small("order_report"), small("item_report"), titles=("订单报表", "销售明细"))
    (tmp_path / "a.zip").write_bytes(zipped({"十月/导出.xlsx": book}))
    names = [file.name for file in read_files([tmp_path / "a.zip"])]
    assert names == ["a.zip › 导出.xlsx [订单报表]", "a.zip › 导出.xlsx [销售明细]"]
