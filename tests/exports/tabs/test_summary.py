"""The summary: a row for every kind, channel, clause and day, each figure asked of the detail."""

from datetime import date
from itertools import pairwise
from typing import Any

from exports.cells import Formula
from exports.tabs.summary import HEADINGS, WORDS, blocks, days_of
from exports.tallies import month_of
from exports.workbook_tabs import workbook_tabs
from ledger.reports import SettledItemRow
from ledger.reports_of_closes import ClauseRow
from tests.exports.samples import item, report

ITEMS = (
    item(500, item="goods", kind="return", rule="r1", channel="order"),
    item(-200, item="commission", kind="return", rule="r2", channel="alipay", claims=0),
    item(70, item="courier_claim", kind="lost", rule="r3", channel="courier", effective_on=date(2017, 3, 31)),
)


def _lines(*rows: SettledItemRow, **changes: Any) -> list[tuple[Any, ...]]:
    (tab,) = [tab for tab in workbook_tabs(report(items=rows, **changes)) if tab.title == "售后汇总"]
    lines = [line.values for line in tab.lines()]
    assert len(lines) == tab.last_row
    return lines


def _shown(row: tuple[Any, ...]) -> list[Any]:
    return [value.shows if isinstance(value, Formula) else value for value in row]


def test_each_kind_is_counted_given_taken_and_summed() -> None:
    lines = _lines(*ITEMS)
    at = next(number for number, line in enumerate(lines) if line and line[0] == "业务类型")
    assert lines[at] == ("业务类型", *HEADINGS)
    assert _shown(lines[at + 1]) == ["退货退款", "1", "2", "5.00", "-2.00", "3.00", "0.00"]
    assert _shown(lines[at + 2]) == ["丢件", "1", "1", "0.00", "0.00", "0.00", "0.70"]
    assert _shown(lines[at - 1]) == ["合计", "2", "3", "5.00", "-2.00", "3.00", "0.70"]


def test_the_largest_stands_first() -> None:
    kinds, channels, _, _ = blocks(month_of(report(items=ITEMS)))
    assert [key for key, _ in kinds.sums] == ["退货退款", "丢件"]
    assert [key for key, _ in channels.sums] == ["订单退款", "支付宝转账", "快递"]


def test_every_day_of_the_month_has_its_row() -> None:
    days = blocks(month_of(report(items=ITEMS)))[3]
    assert [key for key, _ in days.sums] == days_of("2017-03")
    assert len(days_of("2016-02")) == 29


def test_a_clause_is_shown_with_its_own_words() -> None:
    lines = _lines(*ITEMS, clauses=(ClauseRow(rule="r2", document="手册", quotation="扣5%的佣金"),))
    at = next(number for number, line in enumerate(lines) if line and line[0] == "条款")
    assert lines[at][-1] == WORDS
    assert [line[-1] for line in lines[at + 1 : at + 4]] == [None, "扣5%的佣金", None]


def test_tables_and_their_cells_do_not_overlap() -> None:
    made = blocks(month_of(report(items=ITEMS)))
    for above, below in pairwise(made):
        assert above.last < below.first - 2
