"""The sheets of single matters: each shows its own items with the facts that its matter turns on."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exports.cells import Formula
from exports.item_homes import PLAIN, SLICES, items_of
from exports.sheets import FIRST_ROW, HEADING_ROW
from exports.workbook_tabs import workbook_tabs
from ledger.reports import SettledItemRow
from tests.exports.samples import item, report


def _lines(title: str, *rows: SettledItemRow) -> list[tuple[Any, ...]]:
    (tab,) = [tab for tab in workbook_tabs(report(items=rows)) if tab.title == title]
    return [line.values for line in tab.lines()]


def _shown(title: str, row: SettledItemRow) -> dict[str, Any]:
    """The one row of a sheet by its headings."""
    lines = _lines(title, row)
    return dict(zip(lines[HEADING_ROW - 1], lines[FIRST_ROW - 1], strict=True))


@pytest.mark.parametrize("title", SLICES)
def test_a_sheet_holds_its_items_and_no_others(title: str) -> None:
    everything = [
        item(100, item=name, claim_no=name) for name in sorted(set().union(*map(items_of, (*SLICES, PLAIN))))
    ]
    rows = _lines(title, *everything)[FIRST_ROW - 1 :]
    assert [row[2] for row in rows] == sorted(items_of(title))


@pytest.mark.parametrize("title", SLICES)
def test_a_sheet_without_items_says_so(title: str) -> None:
    assert _lines(title)[0][3].endswith("（本期无）")


def test_freight_shows_what_it_cost_and_who_paid_it() -> None:
    given = item(1200, item="return_postage", inputs={"return_postage": "12.00"})
    taken = item(-1200, item="courier_surcharge", inputs={"chosen": "22.00", "usual": "10.00"})
    shown = _shown("运费报销", given)
    assert (shown["运费"], shown["付给买家"], shown["向买家收取"], shown["净额"]) == (1200, 1200, 0, 1200)
    shown = _shown("运费报销", taken)
    assert (shown["运费"], shown["应付运费"], shown["付给买家"], shown["向买家收取"]) == (2200, 1000, 0, 1200)


def test_a_difference_shows_the_two_prices() -> None:
    row = item(12000, item="price_difference", inputs={"paid": "699.00", "activity_price": "579.00"})
    shown = _shown("差价退款", row)
    assert (shown["原付金额"], shown["对照价格"], shown["退给买家"], shown["净额"]) == (
        69900,
        57900,
        12000,
        12000,
    )


def test_commission_shows_base_and_rate_and_what_is_withheld_as_positive() -> None:
    row = item(
        -945,
        item="commission",
        inputs={"base": "189.00", "base_before": "0.00"},
        parameters={"cod_commission_rate": "0.05", "commission_base": "REFUNDED_GOODS"},
    )
    shown = _shown("佣金扣款", row)
    assert (shown["计佣基数"], shown["费率"], shown["扣款"]) == (18900, Decimal("0.05"), 945)


def test_an_invoice_shows_its_day_as_a_day() -> None:
    row = item(
        -3272,
        item="invoice_penalty",
        inputs={"invoice": "818.00", "returned": "818.00", "issued_on": "2016-09-29"},
        parameters={"invoice_penalty_rate": "0.04"},
    )
    shown = _shown("发票扣费", row)
    assert (shown["发票金额"], shown["开票日期"], shown["费率"], shown["扣费"]) == (
        81800,
        date(2016, 9, 29),
        Decimal("0.04"),
        3272,
    )


def test_a_repair_shows_its_cap() -> None:
    row = item(1500, item="repair", inputs={"asked": "15.00"}, parameters={"repair_cap": "20.00"})
    shown = _shown("修补与补偿", row)
    assert (shown["申请或成本"], shown["上限"], shown["金额"]) == (1500, 2000, 1500)


def test_compensation_shows_rate_and_cap() -> None:
    row = item(
        4770,
        item="late_compensation",
        inputs={"paid": "159.00", "given_before": "0.00"},
        parameters={"late_cap": "500.00", "late_rate": "0.3", "late_unit": "PER_ITEM"},
    )
    shown = _shown("平台赔付", row)
    assert (shown["实付或成本"], shown["比率"], shown["上限"], shown["赔付金额"]) == (
        15900,
        Decimal("0.3"),
        50000,
        4770,
    )


@pytest.mark.parametrize(
    "inputs", [{}, {"asked": "twelve"}, {"asked": "1.234"}, {"asked": ""}, {"asked": "1e3"}]
)
def test_a_fact_that_is_no_amount_is_left_empty(inputs: dict[str, str]) -> None:
    assert _shown("修补与补偿", item(1, item="repair", inputs=inputs))["申请或成本"] is None


@pytest.mark.parametrize("rate", ["0.7–0.8", "", "NaN", "-0.1", "1e3"])
def test_a_rate_that_is_no_decimal_is_left_empty(rate: str) -> None:
    row = item(-1, item="commission", parameters={"x_commission_rate": rate})
    assert _shown("佣金扣款", row)["费率"] is None


def test_a_day_that_is_none_is_left_empty() -> None:
    row = item(-1, item="invoice_penalty", inputs={"issued_on": "2016-02-30"})
    assert _shown("发票扣费", row)["开票日期"] is None


def test_the_total_stands_above_in_figures_and_in_capitals() -> None:
    lines = _lines("佣金扣款", item(-945, item="commission"), item(-55, item="commission"))
    totals = dict(zip(lines[HEADING_ROW - 1], lines[1], strict=True))
    assert isinstance(totals["扣款"], Formula)
    assert totals["扣款"].shows == "10.00"
    assert totals["计算式"] == "扣款（大写）：壹拾元整"
