"""What a workbook's sheets and single forms share on paper: A4, numbered pages, and lists as named tables."""

from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports.sheets import Area

_A4 = 9
_PAGES = "第 &P 页 共 &N 页"


def lay_on_a4(sheet: Worksheet, *, upright: bool, wide: int = 1, high: int = 0) -> HeaderFooterItem:
    """Fit a sheet on A4 paper, `wide` by `high` pages (0: as many as it takes); gives the footer, pages numbered."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.right.text = _PAGES
    sheet.HeaderFooter.oddFooter = footer
    return footer


def add_table(sheet: Worksheet, area: Area) -> None:
    """A named table over a list, with its filter; totals stay outside, above it."""
    columns = [TableColumn(id=number, name=title) for number, title in enumerate(area.headings, 1)]
    table = Table(displayName=area.name, ref=area.cells, tableColumns=columns)
    table.autoFilter = AutoFilter(ref=area.cells)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.tables.add(table)
