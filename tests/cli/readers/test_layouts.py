"""The platforms' own headings, year by year: each is recognised as what it is, and nothing else."""

from dataclasses import fields

import pytest

from cli.readers import read_tables
from cli.readers.layouts import Layout, clean_name, layout_named, layouts, read_heading, same_name
from cli.readers.rows import (
    CourierRow,
    IncomeRow,
    ItemRow,
    OrderRow,
    PriceProtectionRow,
    RefundRow,
    StatementLine,
    TradeRow,
)
from tests.cli.readers.small import ALIPAY_12, SMALLS, Small, file_of, framed, small, workbook_of

ALIPAY_ASCII = "," + ALIPAY_12.replace("（", "(").replace("）", ")")
WIDTHS = {
    ("order_report", "2011-14"): 28,
    ("order_report", "2016-05"): 41,
    ("order_report", "2018-09"): 56,
    ("order_report", "2019-20"): 61,
    ("order_report", "2020-21"): 67,
    ("order_report", "2022"): 71,
    ("order_report", "2025-26"): 14,
    ("item_report", "2020"): 10,
    ("item_report", "2021-22"): 18,
    ("item_report", "2024-26"): 23,
    ("refund_report", "2017"): 38,
    ("refund_report", "2026"): 48,
    ("alipay_statement", "2012-19"): 12,
    ("alipay_statement", "2026"): 13,
    ("alipay_statement", "2019"): 16,
    ("alipay_statement", "mbill"): 22,
    ("alipay_trades", "2019-26"): 25,
    ("goods_income", "2026"): 22,
    ("price_protection", "2026-06"): 11,
    ("courier_bill", "申通 STO"): 8,
    ("courier_bill", "中通 ZTO"): 6,
    ("courier_bill", "百世 Best 2018"): 4,
    ("courier_bill", "简表 plain"): 8,
}
MADE = {
    "order_report": OrderRow,
    "item_report": ItemRow,
    "refund_report": RefundRow,
    "price_protection": PriceProtectionRow,
    "courier_bill": CourierRow,
}


def named(one: Small) -> str:
    return f"{one.layout} {one.variant}"


@pytest.mark.parametrize("one", SMALLS, ids=named)
def test_the_platforms_headings_are_recognised(one: Small) -> None:
    heading = read_heading(one.names)
    assert (heading.layout.name, heading.variant) == (one.layout, one.variant)
    assert heading.width == WIDTHS[one.layout, one.variant]
    assert (heading.missing, heading.doubled, heading.unknown) == ((), (), ())


def test_every_year_of_every_layout_has_its_small_file() -> None:
    years = {(layout.name, variant.name) for layout in layouts() for variant in layout.variants}
    assert years == {(one.layout, one.variant) for one in SMALLS} == set(WIDTHS)


def test_an_empty_first_column_and_half_width_brackets_change_nothing() -> None:
    heading = read_heading(ALIPAY_ASCII.split(","))
    assert (heading.layout.name, heading.variant, heading.missing) == ("alipay_statement", "2012-19", ())


@pytest.mark.parametrize("one", SMALLS, ids=named)
def test_a_heading_that_lacks_a_needed_column_is_nobodys(one: Small) -> None:
    layout = layout_named(one.layout)
    assert layout is not None
    for column in (column for column in layout.columns if column.required):
        dropped = {same_name(name) for name in column.names}
        heading = read_heading([name for name in one.names if same_name(name) not in dropped])
        assert heading.missing == (column.names[0],)
        assert heading.layout.name == one.layout


@pytest.mark.parametrize("one", SMALLS, ids=named)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_small_file_of_every_year_is_read_to_the_same_rows_from_csv_and_workbook(
    one: Small, kind: str
) -> None:
    (read,) = read_tables(f"x.{kind}", file_of(one) if kind == "csv" else workbook_of(one))
    assert (read.layout, read.variant, read.width) == (
        one.layout,
        one.variant,
        WIDTHS[one.layout, one.variant],
    )
    assert len(read.rows) == len(one.rows)
    assert read.rows == read_tables("x.csv", file_of(one, "utf-8"))[0].rows
    assert read.new_columns == ()


@pytest.mark.parametrize("one", SMALLS, ids=named)
def test_the_order_of_the_columns_does_not_matter(one: Small) -> None:
    turned = framed(one, [list(reversed(line)) for line in one.grid()])
    (read,) = read_tables("x.csv", turned.encode())
    assert read.rows == read_tables("x.csv", file_of(one))[0].rows


def test_a_column_that_no_year_has_had_is_named() -> None:
    grown = small("refund_report").heading + ",退款新字段"
    heading = read_heading(grown.split(","))
    assert (heading.missing, heading.unknown) == ((), ("退款新字段",))


def test_of_several_weights_the_one_that_is_charged_counts() -> None:
    heading = read_heading(["重量", "结算重量", "运单号", "运费"])
    assert (heading.layout.name, heading.doubled) == ("courier_bill", ())
    assert heading.places["weight_g"] == 1


@pytest.mark.parametrize(("layout", "row_type"), MADE.items())
def test_the_layouts_fields_are_the_rows_fields(layout: str, row_type: type) -> None:
    (known,) = (known for known in layouts() if known.name == layout)
    assert {column.field for column in known.columns} | {"row"} == {f.name for f in fields(row_type)}


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_what_a_layout_tells_of_a_file_are_fields_of_its_rows(layout: Layout) -> None:
    rows = MADE | {"alipay_statement": StatementLine, "alipay_trades": TradeRow, "goods_income": IncomeRow}
    names = {f.name for f in fields(rows[layout.name])}
    told = (layout.at, layout.income, layout.outgo, layout.total)
    assert {field for field in told if field} <= names
    assert set(layout.unique) <= names


def test_no_layout_reads_a_column_about_a_person_but_those_that_go_beside_the_ledger() -> None:
    columns = [column for known in layouts() for column in known.columns]
    read = {name for column in columns if column.type != "person" for name in column.names}
    beside = {name for column in columns if column.type == "person" for name in column.names}
    assert beside == {"买家会员名", "买家支付宝账号", "收款账户"}
    personal = (
        "姓名",
        "地址",
        "电话",
        "手机",
        "会员",
        "昵称",
        "留言",
        "账号",
        "对方",
        "邮编",
        "退款说明",
        "物流",
        "收件人",
        "寄件",
        "操作",
        "城市",
    )
    assert not [name for name in read if any(word in name for word in personal)]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_a_heading_is_read_or_personal_or_ignored_and_only_one_of_them(layout: Layout) -> None:
    read = {same_name(name) for column in layout.columns for name in column.names}
    personal = {same_name(name) for name in layout.personal}
    ignored = {same_name(name) for name in layout.ignored}
    assert not read & personal
    assert not read & ignored
    assert not personal & ignored


def test_a_heading_is_shown_without_its_blanks() -> None:
    assert clean_name("\ufeff收货地址 ") == "收货地址"
