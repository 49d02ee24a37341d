"""The month's workbook, read back: sheets, layout, print set-up and the formulas that are ours."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from tests.exports.samples import ORDER_NO, formulas, item, posting, report, text_at, written

LISTS = {"科目余额表": "A2:G4", "序时账": "A2:J4", "售后明细": "A2:J3", "校验": "A2:D14"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(tmp_path_factory.mktemp("workbook"), report())


def _row(book: Workbook, sheet: str, number: int) -> list[object]:
    return [cell.value for cell in book[sheet][number]]


def test_the_sheets_stand_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == ["封面", *LISTS]


def test_the_cover_names_the_book_its_head_and_its_extent(book: Workbook) -> None:
    lines = {label: value for label, value in book["封面"].iter_rows(values_only=True) if label}
    assert lines["账套"] == "示例店"
    assert lines["会计期间"] == "2017-03"
    assert lines["结账时间"] == "2017-04-01 09:00:00+08:00"
    assert (lines["链头哈希"], lines["短哈希"]) == ("ab" * 32, "abababababab")
    assert lines["规则手册摘要"] == "cd" * 32
    assert [lines[label] for label in ("链头序号", "科目数", "凭证数", "分录行数", "售后明细行数")] == [
        1,
        2,
        1,
        2,
        1,
    ]
    assert "settle verify" in " ".join(text_at(book, "封面", f"B{row}") for row in range(13, 17))


def test_an_open_period_says_so(tmp_path: Path) -> None:
    assert written(tmp_path, report(closed_at=None))["封面"]["B3"].value == "未结账"


def test_the_trial_balance_has_its_columns_and_figures(book: Workbook) -> None:
    assert _row(book, "科目余额表", 2) == [
        "科目代码",
        "科目",
        "英文名称",
        "期初余额",
        "本期借方",
        "本期贷方",
        "期末余额",
    ]
    assert _row(book, "科目余额表", 4) == ["220201", "科目", "Account", 0, 50, 0, 50]


def test_the_journal_has_its_columns_and_figures(book: Workbook) -> None:
    headings = ["日期", "凭证号", "序号", "摘要", "科目代码", "科目名称", "借方", "贷方", "订单号", "申请号"]
    assert _row(book, "序时账", 2) == headings
    assert _row(book, "序时账", 3)[1:] == ["记-0001", 1, "退货退款", "220201", "科目", 50, 0, ORDER_NO, None]


def test_the_settled_items_have_their_columns_and_figures(book: Workbook) -> None:
    headings = ["订单号", "申请号", "业务类型", "项目", "条款", "计算式", "金额", "渠道", "凭证号", "日期"]
    assert _row(book, "售后明细", 2) == headings
    expected = [ORDER_NO, "T1", "退货退款", "货款", "第十条", "100.00 × 1/2", 50, "支付宝", "记-0001"]
    assert _row(book, "售后明细", 3)[:-1] == expected


def test_formats_are_dates_amounts_and_text(book: Workbook) -> None:
    journal = book["序时账"][3]
    formats = [journal[0], journal[1], journal[6], journal[8]]
    assert [cell.number_format for cell in formats] == ["yyyy-mm-dd", "@", "#,##0.00", "@"]
    assert journal[0].is_date


@pytest.mark.parametrize(("title", "area"), LISTS.items())
def test_each_list_is_a_named_table_frozen_and_ready_for_paper(book: Workbook, title: str, area: str) -> None:
    sheet = book[title]
    (table,) = sheet.tables.values()
    assert (table.ref, table.autoFilter.ref, sheet.freeze_panes) == (area, area, "A3")
    assert [column.name for column in table.tableColumns] == _row(book, title, 2)
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.merged_cells.ranges
    assert "abababababab" in sheet.oddFooter.left.text


def test_table_names_are_unique_and_plain(book: Workbook) -> None:
    names = [name for sheet in book for name in sheet.tables]
    assert names == ["trial_balance", "journal", "settled_items", "tie_outs"]


def test_every_formula_is_one_of_ours(book: Workbook) -> None:
    totals = {("科目余额表", f"{letter}1") for letter in "DEFG"} | {
        ("序时账", "G1"),
        ("序时账", "H1"),
        ("售后明细", "G1"),
    }
    checks = {("校验", f"{letter}{row}") for letter in "BC" for row in (1, *range(3, 15))}
    assert set(formulas(book)) == totals | checks | {("封面", "B12")}
    assert formulas(book)[("序时账", "G1")] == "=SUM('序时账'!$G$3:$G$4)"


def test_an_ampersand_in_the_books_name_is_printed_and_not_obeyed(tmp_path: Path) -> None:
    sheet = written(tmp_path, report(book="A&D店"))["序时账"]
    assert sheet.oddHeader.center.text.startswith("A&&D店")


def test_an_empty_period_still_makes_a_workbook(tmp_path: Path) -> None:
    empty = written(tmp_path, report([], items=()))
    assert empty["序时账"].tables["journal"].ref == "A2:J3"
    assert _row(empty, "科目余额表", 2)[0] == "科目代码"


def test_the_workbook_dates_itself_by_the_close(book: Workbook) -> None:
    assert book.properties.creator == "Settle"
    assert book.properties.created.isoformat() == "2017-04-01T01:00:00"
    assert book.properties.modified == book.properties.created
    assert book.calculation.fullCalcOnLoad


def test_totals_in_the_file_are_the_sums_of_the_lists(tmp_path: Path) -> None:
    rows = [posting("1001", 333, 0), posting("2202", 0, 333), posting("1001", 1, 0), posting("2202", 0, 1)]
    book = written(tmp_path, report(rows, items=(item(1), item(-7))))
    column = [book["序时账"][f"G{row}"].value for row in range(3, 7)]
    assert sum(Decimal(str(value)) for value in column) == Decimal("3.34")
