"""Paper: what a sheet carries into the file when it is fitted on A4 pages and its lists are named."""

from openpyxl import Workbook

from exports.paper import add_table, lay_on_a4
from exports.sheets import Area


def test_a_sheet_of_any_length_is_one_page_wide_and_numbers_its_pages() -> None:
    sheet = Workbook().create_sheet("x")
    footer = lay_on_a4(sheet, upright=True)
    footer.left.text = "链头 7"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("链头 7", "第 &P 页 共 &N 页")


def test_a_wide_sheet_lies_across_as_many_pages_as_it_is_told() -> None:
    sheet = Workbook().create_sheet("x")
    lay_on_a4(sheet, upright=False, wide=3, high=1)
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (3, 1)


def test_a_list_is_a_table_with_its_headings_and_a_filter_over_all_of_it() -> None:
    sheet = Workbook().create_sheet("x")
    add_table(sheet, Area(name="owed", cells="A3:B9", headings=("申请号", "金额")))
    table = sheet.tables["owed"]
    assert (table.ref, table.autoFilter.ref) == ("A3:B9", "A3:B9")
    assert [column.name for column in table.tableColumns] == ["申请号", "金额"]
