"""The month's workbook, read back: sheets, layout, tables, charts, print set-up and the formulas that are ours."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from exports.sheets import FIRST_ROW, HEADING_ROW
from exports.workbook import write_workbook
from exports.workbook_tabs import workbook_tabs
from tests.exports.samples import column, formulas, item, placed, posting, report, written

SHEETS = [
    *("封面", "科目余额表", "序时账", "售后汇总", "售后明细", "运费报销", "差价退款", "佣金扣款", "发票扣费"),
    *("修补与补偿", "平台赔付", "代购月结", "待付款", "支付宝对账", "跨期", "审批与异常", "规则", "校验"),
]
LISTS = [title for title in SHEETS if title not in ("封面", "售后汇总")]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(tmp_path_factory.mktemp("workbook"), report())


def test_the_sheets_stand_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("title", LISTS)
def test_each_list_is_a_named_table_with_filter_and_frozen_headings(book: Workbook, title: str) -> None:
    sheet = book[title]
    (table,) = sheet.tables.values()
    headings = [cell.value for cell in sheet[HEADING_ROW]]
    assert table.ref == table.autoFilter.ref
    assert table.ref.startswith(f"A{HEADING_ROW}:{sheet.cell(HEADING_ROW, len(headings)).column_letter}")
    assert [one.name for one in table.tableColumns] == headings
    assert sheet.freeze_panes.endswith(str(FIRST_ROW))
    assert sheet.print_title_rows == f"$1:${HEADING_ROW}"
    assert not sheet.merged_cells.ranges


@pytest.mark.parametrize("title", SHEETS)
def test_each_sheet_is_ready_for_a4_with_the_head_in_its_footer(book: Workbook, title: str) -> None:
    sheet = book[title]
    upright = title == "封面"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
    wide = title == "代购月结"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1 + wide, int(upright))
    assert sheet.print_title_cols == ("$A:$C" if wide else None)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "abababababab" in sheet.oddFooter.left.text
    assert title in sheet.oddHeader.center.text
    assert sheet.print_area


def test_table_names_are_unique_and_plain(book: Workbook) -> None:
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name.replace("_", "").isalpha() for name in names)


def test_the_journal_has_its_columns_and_figures(book: Workbook) -> None:
    assert column(book, "序时账", "凭证号") == ["记-0001", "记-0001"]
    assert column(book, "序时账", "业务") == ["售后", "售后"]
    assert column(book, "序时账", "借方") == [50, 0]
    assert column(book, "序时账", "贷方") == [0, 50]


def test_the_detail_speaks_chinese(book: Workbook) -> None:
    wanted = {
        "业务类型": "退货退款",
        "项目": "货款",
        "渠道": "支付宝转账",
        "归属": "货款与其他",
        "对象": "买家",
        "金额": 50,
    }
    assert {heading: column(book, "售后明细", heading) for heading in wanted} == {
        heading: [value] for heading, value in wanted.items()
    }


def test_an_item_taken_back_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, report(items=(item(-5, taken_back=True, claims=-1),)))
    assert column(book, "售后明细", "计算式") == ["冲销：100.00 × 1/2"]


def test_formats_are_dates_amounts_and_text(book: Workbook) -> None:
    formats = {"日期": "yyyy-mm-dd", "凭证号": "@", "借方": "#,##0.00", "订单号": "@", "行": "#,##0"}
    for heading, wanted in formats.items():
        cell = book["序时账"][f"{placed(book, '序时账', heading)}{FIRST_ROW}"]
        assert (heading, cell.number_format) == (heading, wanted)
    assert book["序时账"][f"A{FIRST_ROW}"].is_date


def test_the_summary_has_native_charts_over_its_own_cells(book: Workbook) -> None:
    charts = book["售后汇总"]._charts
    assert [type(chart).__name__ for chart in charts] == ["BarChart", "BarChart", "LineChart"]
    references = [chart.series[0].val.numRef.f for chart in charts]
    assert all(reference.startswith("'售后汇总'!$F$") for reference in references)


def test_the_figures_of_a_chart_are_kept_in_it(book: Workbook) -> None:
    kinds = book["售后汇总"]._charts[0].series[0]
    assert [point.v for point in kinds.val.numRef.numCache.pt] == [50]
    assert [point.v for point in kinds.cat.strRef.strCache.pt] == ["退货退款"]


def test_every_formula_is_one_of_ours(book: Workbook) -> None:
    ours = ("=SUM", "=COUNT", "=ROUND(", "=HYPERLINK(\"#'", "='校验'!", "='")
    assert all(formula.startswith(ours) for formula in formulas(book).values())
    assert all("[" not in formula and "http" not in formula for formula in formulas(book).values())


def test_an_ampersand_in_the_books_name_is_printed_and_not_obeyed(tmp_path: Path) -> None:
    sheet = written(tmp_path, report(book="A&D店"))["序时账"]
    assert sheet.oddHeader.center.text.startswith("A&&D店")


def test_an_empty_period_still_makes_a_workbook(tmp_path: Path) -> None:
    empty = written(tmp_path, report([], items=()))
    assert empty["序时账"].tables["journal"].ref == f"A{HEADING_ROW}:N{FIRST_ROW}"
    assert empty["售后汇总"].tables["by_kind"].ref


def test_the_workbook_dates_itself_by_the_last_record(book: Workbook) -> None:
    assert book.properties.creator == "Settle"
    assert book.properties.created.isoformat() == "2017-04-01T01:00:00"
    assert book.properties.modified == book.properties.created
    assert book.calculation.fullCalcOnLoad


def test_totals_in_the_file_are_the_sums_of_the_lists(tmp_path: Path) -> None:
    rows = [posting("1001", 333, 0), posting("2202", 0, 333), posting("1001", 1, 0), posting("2202", 0, 1)]
    book = written(tmp_path, report(rows, items=(item(1), item(-7))))
    assert sum(Decimal(str(value)) for value in column(book, "序时账", "借方")) == Decimal("3.34")


def test_a_list_goes_on_in_further_sheets_and_every_row_is_there_once(tmp_path: Path) -> None:
    items = [item(number, claim_no=f"T{number}") for number in range(25)]
    content = report(items=items)
    write_workbook(content, tmp_path / "a.xlsx", rows_max=12)
    titles = [tab.title for tab in workbook_tabs(content, 12)]
    assert titles[4:8] == ["售后明细", "售后明细 (2)", "售后明细 (3)", "运费报销"]
    detail = [tab for tab in workbook_tabs(content, 12) if tab.title.startswith("售后明细")]
    claims = [line.values[2] for tab in detail for line in list(tab.lines())[3:]]
    assert claims == [f"T{number}" for number in range(25)]


def test_whoever_watches_sees_every_line_of_every_sheet(tmp_path: Path) -> None:
    seen: dict[str, int] = {}

    def watch(tab, lines):  # type: ignore[no-untyped-def]
        for line in lines:
            seen[tab.title] = seen.get(tab.title, 0) + 1
            yield line

    write_workbook(report(), tmp_path / "a.xlsx", watch=watch)
    assert list(seen) == SHEETS
    assert seen["序时账"] == HEADING_ROW + 2
