"""A workbook beside what it should be: every tampering named by its cell, and nothing named where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.sheets import FIRST_ROW
from exports.workbook import write_workbook
from exports.workbook_differences import Finding, differences
from exports.workbook_file import workbook_file
from exports.workbook_tabs import workbook_tabs
from ledger.reports import PeriodReport
from tests.exports.libreoffice import saved_by_libreoffice
from tests.exports.samples import item, placed, report
from tests.exports.tabs.test_checks import journal_of

CONTENT = report(
    journal_of([("1001", "2202", 1234), ("6001", "1001", 5), ("1001", "2202", 99)] * 4),
    items=[item(100 + number, claim_no=f"T{number}", item="repair") for number in range(12)],
)
Tamper = Callable[[Workbook], object]


def _findings(path: Path, content: PeriodReport = CONTENT) -> list[Finding]:
    with workbook_file(path) as file:
        return list(differences(file, workbook_tabs(content)))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "a.xlsx"
    write_workbook(CONTENT, path)
    return path


@contextmanager
def _opened(clean: Path, folder: Path) -> Iterator[tuple[Workbook, Path]]:
    """The workbook for somebody to change, saved when they are done."""
    book, path = load_workbook(clean), folder / "b.xlsx"
    yield book, path
    book.save(path)


def _named(clean: Path, folder: Path, tamper: Tamper, sheet: str) -> list[Finding]:
    """What is found on one sheet, the figures aside that a file saved by openpyxl shows for no formula."""
    with _opened(clean, folder) as (book, path):
        tamper(book)
    return [one for one in _findings(path) if one.sheet == sheet]


def _at(book: Workbook, sheet: str, heading: str, row: int = FIRST_ROW + 3) -> str:
    return f"{placed(book, sheet, heading)}{row}"


def test_an_unchanged_file_has_nothing_to_find(clean: Path) -> None:
    assert _findings(clean) == []


def test_a_file_saved_again_by_openpyxl_has_nothing_to_find(clean: Path, tmp_path: Path) -> None:
    with _opened(clean, tmp_path) as (_, path):
        pass
    assert _findings(path) == []


def test_a_file_saved_again_by_libreoffice_has_nothing_to_find(clean: Path, tmp_path: Path) -> None:
    assert _findings(saved_by_libreoffice(clean, tmp_path)) == []


def test_a_changed_amount_is_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        book["售后明细"][_at(book, "售后明细", "金额")] = 9.99

    (found,) = _named(clean, tmp_path, tamper, "售后明细")
    assert (found.what, found.cell, found.found, found.due) == ("value", "I7", "9.99", "1.03")


def test_a_changed_text_is_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        book["序时账"][_at(book, "序时账", "摘要")] = "另一件事"

    (found,) = _named(clean, tmp_path, tamper, "序时账")
    assert (found.what, found.cell, found.found, found.due) == ("value", "E7", "另一件事", "退货退款")


def test_a_changed_date_is_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        book["序时账"]["A9"] = datetime(2017, 3, 4)

    (found,) = _named(clean, tmp_path, tamper, "序时账")
    assert (found.what, found.cell, found.found, found.due) == ("value", "A9", "2017-03-04", "2017-03-01")


def test_a_formula_made_a_value_is_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        book["科目余额表"]["E2"] = 55.72

    (found,) = _named(clean, tmp_path, tamper, "科目余额表")
    assert (found.what, found.cell, found.found) == ("hardened", "E2", "55.72")
    assert found.due.startswith("=SUM('科目余额表'!")


def test_a_changed_formula_is_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        book["校验"]["B5"] = "=ROUND(0,2)"

    (found,) = _named(clean, tmp_path, tamper, "校验")
    assert (found.what, found.cell, found.found) == ("formula", "B5", "=ROUND(0,2)")


def test_what_a_formula_shows_is_held_against_what_it_comes_to(clean: Path, tmp_path: Path) -> None:
    write_workbook(CONTENT, tmp_path / "b.xlsx")
    other = tmp_path / "c.xlsx"
    from tests.exports.tampering import changed_member

    changed_member(tmp_path / "b.xlsx", other, "售后明细", b"</f><v>12.66</v>", b"</f><v>92.66</v>")
    (found,) = _findings(other)
    assert (found.what, found.sheet, found.cell, found.found, found.due) == (
        "shown",
        "售后明细",
        "I2",
        "92.66",
        "12.66",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_deleted_rows_are_named_and_no_others(clean: Path, tmp_path: Path, count: int) -> None:
    found = _named(clean, tmp_path, lambda book: book["序时账"].delete_rows(8, count), "序时账")
    assert [(one.what, one.cell) for one in found] == [
        ("row_missing", f"{row}:{row}") for row in range(8, 8 + count)
    ]
    assert "记-3" in found[0].due


def test_the_last_row_deleted_is_named(clean: Path, tmp_path: Path) -> None:
    last = load_workbook(clean)["售后明细"].max_row
    (found,) = _named(clean, tmp_path, lambda book: book["售后明细"].delete_rows(last), "售后明细")
    assert (found.what, found.cell) == ("row_missing", f"{last}:{last}")
    assert "T11" in found.due


@pytest.mark.parametrize("row", [7, FIRST_ROW + 12])
def test_an_added_row_is_named_and_no_other(clean: Path, tmp_path: Path, row: int) -> None:
    def tamper(book: Workbook) -> None:
        book["售后明细"].insert_rows(row)
        book["售后明细"][f"C{row}"] = "T-假"

    (found,) = _named(clean, tmp_path, tamper, "售后明细")
    assert (found.what, found.cell, found.found) == ("row_added", f"{row}:{row}", "T-假")


def test_an_emptied_row_is_named_cell_by_cell(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        for cell in book["售后明细"][7]:
            cell.value = None

    found = _named(clean, tmp_path, tamper, "售后明细")
    assert {one.what for one in found} == {"value"}
    assert {one.cell for one in found} >= {"A7", "C7", "I7"}


def test_a_cell_beside_the_list_is_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        book["售后明细"]["Z7"] = "见附件"

    (found,) = _named(clean, tmp_path, tamper, "售后明细")
    assert (found.what, found.cell, found.found, found.due) == ("value", "Z7", "见附件", "")


def test_two_swapped_rows_are_named(clean: Path, tmp_path: Path) -> None:
    def tamper(book: Workbook) -> None:
        sheet: Worksheet = book["售后明细"]
        for one, other in zip(sheet[6], sheet[7], strict=True):
            one.value, other.value = other.value, one.value

    found = _named(clean, tmp_path, tamper, "售后明细")
    assert [(one.what, one.cell) for one in found] == [("row_missing", "6:6"), ("row_added", "7:7")]


def test_a_renamed_sheet_is_named_as_missing_and_as_one_too_many(clean: Path, tmp_path: Path) -> None:
    with _opened(clean, tmp_path) as (book, path):
        book["运费报销"].title = "运费"
    found = [one for one in _findings(path) if one.what.startswith("sheet")]
    assert [(one.what, one.sheet) for one in found] == [
        ("sheet_missing", "运费报销"),
        ("sheet_added", "运费"),
    ]


def test_a_removed_and_a_hidden_sheet_are_named(clean: Path, tmp_path: Path) -> None:
    with _opened(clean, tmp_path) as (book, path):
        del book["跨期"]
        book["校验"].sheet_state = "hidden"
    found = [one for one in _findings(path) if one.what.startswith("sheet")]
    assert [(one.what, one.sheet) for one in found] == [("sheet_missing", "跨期"), ("sheet_hidden", "校验")]


def test_a_workbook_of_another_month_differs_from_the_cover_on(clean: Path) -> None:
    found = _findings(clean, report(period="2017-04"))
    assert any(one.sheet == "封面" and one.due == "2017-04" for one in found)
