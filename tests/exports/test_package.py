"""The file: the same bytes for the same report, whole or not there, and never over another."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from exports import package
from exports.errors import BadPlace
from exports.workbook import write_workbook
from tests.exports.samples import posting, report

_AGAIN = """
import sys
from pathlib import Path
from exports.workbook import write_workbook
from tests.exports.samples import report
write_workbook(report(), Path(sys.argv[1]))
"""

_PLAIN = {name: value for name, value in os.environ.items() if name != "OPENPYXL_LXML"}


def test_the_same_report_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    write_workbook(report(), tmp_path / "here.xlsx")
    root = Path(package.__file__).parent.parent
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "PYTHONPATH": str(root)}
    there = str(tmp_path / "there.xlsx")
    subprocess.run([sys.executable, "-c", _AGAIN, there], check=True, env=environment, cwd=root)
    assert (tmp_path / "here.xlsx").read_bytes() == (tmp_path / "there.xlsx").read_bytes()


def test_what_else_is_installed_does_not_change_how_a_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml" / "__init__.py").touch()
    # This is not all that openpyxl asks of lxml, so it fails where it would write by it.
    (tmp_path / "lxml" / "etree.py").write_text("LXML_VERSION = (9, 0, 0, 0)\n")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    for first, is_left_alone in (("", False), ("import exports; ", True)):
        words = [sys.executable, "-c", first + "import openpyxl"]
        ended = subprocess.run(words, env={**_PLAIN, "PYTHONPATH": path}, capture_output=True, check=False)
        assert (ended.returncode == 0) is is_left_alone


def test_another_report_gives_other_bytes(tmp_path: Path) -> None:
    write_workbook(report(), tmp_path / "one.xlsx")
    write_workbook(report(book="别家店"), tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() != (tmp_path / "two.xlsx").read_bytes()


def test_no_member_of_the_file_tells_the_time(tmp_path: Path) -> None:
    write_workbook(report(closed_at=None, recorded_at=None), tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert archive.testzip() is None


def test_only_the_workbook_is_left_in_the_folder(tmp_path: Path) -> None:
    write_workbook(report(), tmp_path / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_path_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPlace, match="create it first"):
        write_workbook(report(), tmp_path / "none" / "a.xlsx")
    assert not (tmp_path / "none").exists()


def test_a_folder_is_refused_even_where_overwriting_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(BadPlace, match="is a folder"):
        write_workbook(report(), tmp_path, overwrite=True)


def test_a_file_is_not_overwritten_unless_told(tmp_path: Path) -> None:
    there = tmp_path / "a.xlsx"
    there.write_text("mine")
    with pytest.raises(BadPlace, match="is there already"):
        write_workbook(report(), there)
    assert there.read_text() == "mine"
    write_workbook(report(), there, overwrite=True)
    assert there.read_bytes().startswith(b"PK")


def test_a_link_that_leads_nowhere_is_not_overwritten(tmp_path: Path) -> None:
    link = tmp_path / "a.xlsx"
    link.symlink_to(tmp_path / "elsewhere.xlsx")
    with pytest.raises(BadPlace, match="is there already"):
        write_workbook(report(), link)
    assert not (tmp_path / "elsewhere.xlsx").exists()


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "a.xlsx"

    def fsync_late(_file: int) -> None:
        there.write_text("mine")

    monkeypatch.setattr("os.fsync", fsync_late)
    with pytest.raises(BadPlace, match="is there already"):
        write_workbook(report(), there)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadPlace, match="No space left"):
        write_workbook(report(), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_rows_stand_in_their_place_in_the_sheet(tmp_path: Path) -> None:
    write_workbook(report([posting("1001", 0, 0, narration="<f>1+1</f></sheetData>")]), tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    assert sheet.count("<sheetData>") == sheet.count("</sheetData>") == 1
    assert "&lt;f&gt;1+1&lt;/f&gt;&lt;/sheetData&gt;" in sheet
    assert sheet.index("</cols>") < sheet.index('<row r="1"') < sheet.index("<pageMargins")
