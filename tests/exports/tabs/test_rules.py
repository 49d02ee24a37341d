"""The rules in force: every value with its unit, layer and words."""

from datetime import date

from exports.sheets import FIRST_ROW
from exports.workbook_tabs import workbook_tabs
from ledger.reports_of_closes import ParameterRow
from tests.exports.samples import report


def test_a_value_is_shown_with_where_it_comes_from() -> None:
    row = ParameterRow(
        rule="004-C2a",
        name="ship_hours",
        value="48",
        unit="hours",
        layer="manuals",
        since_on=date(2017, 6, 25),
        uses=3,
        document="客服培训手册",
        quotation="48小时内发货",
    )
    (tab,) = [tab for tab in workbook_tabs(report(parameters=(row,))) if tab.title == "规则"]
    (line,) = list(tab.lines())[FIRST_ROW - 1 :]
    assert line.values == (
        "004-C2a",
        "ship_hours",
        "48",
        "小时",
        "手册",
        date(2017, 6, 25),
        3,
        "客服培训手册",
        "48小时内发货",
    )
