"""Tables out of shape: columns missing, doubled or shifted, rows ragged or repeated, quotes left open."""

from collections.abc import Iterator
from dataclasses import replace

from cli.readers.layouts import layout_named
from tests.cli.readers.corpus import ORDER_HEADER, Sample, bad, good, order_file, order_line
from tests.cli.readers.small import (
    NO,
    SECOND_NO,
    SMALLS,
    Small,
    file_of,
    framed,
    small,
    workbook,
    workbook_of,
)

_LAST = {one.layout: one for one in SMALLS}
_RUN_IN = (ORDER_HEADER + order_line()).encode("gb18030")
_COURIER = small("courier_bill", "简表 plain")
_INCOME = small("goods_income")
_PROTECTION = small("price_protection")
_OVER = ",".join("具体型号" if name == "价差金额" else "" for name in _PROTECTION.names)
_ITEMS = small("item_report", "2021-22")


def _named(name: str, content: bytes, *codes: str, row: int = 0, column: str = "") -> Sample:
    return Sample(name=name, made=content, codes=frozenset(codes), row=row, column=column)


def _needed(one: Small) -> str:
    """A heading that the layout cannot do without."""
    layout = layout_named(one.layout)
    assert layout is not None
    names = [name.strip() for name in one.names]
    return next(name for c in layout.columns if c.required for name in c.names if name in names)


def _of_each_layout() -> Iterator[Sample]:
    for layout, one in _LAST.items():
        needed = _needed(one)
        place = [name.strip() for name in one.names].index(needed)
        heading = 1 + len(one.above)
        second = 1 if one.second_heading else 0
        first = heading + second + 1
        lacking = [line[:place] + line[place + 1 :] for line in one.grid()]
        yield _named(
            f"{layout} without {needed}", framed(one, lacking).encode(), "unknown_layout", row=heading
        )
        twice = [[*line, line[place]] for line in one.grid()]
        yield _named(
            f"{layout} with {needed} twice", framed(one, twice).encode(), "duplicate_column", column=needed
        )
        ragged = [[*line, "x"] if at == second + 1 else line for at, line in enumerate(one.grid())]
        yield _named(f"{layout} with a cell too many", framed(one, ragged).encode(), "ragged_row", row=first)
        short = [line[:-1] if at == second + 1 else line for at, line in enumerate(one.grid())]
        yield _named(f"{layout} with a cell too few", framed(one, short).encode(), "ragged_row", row=first)
        grown = [[*line, "平台新列" if at == 0 else ""] for at, line in enumerate(one.grid())]
        yield Sample(name=f"{layout} with a new column", made=framed(one, grown).encode(), rows=len(one.rows))
        unnamed = [[*line, "" if at <= second else "x"] for at, line in enumerate(one.grid())]
        yield _named(
            f"{layout} with a value under no heading", framed(one, unnamed).encode(), "unnamed_column"
        )


def _courier(*rows: dict[str, str], **around: tuple[str, ...]) -> bytes:
    return file_of(replace(_COURIER, rows=rows, **around))  # type: ignore[arg-type]


_PARCEL = dict(_COURIER.rows[0])
_OTHER = {**_PARCEL, "运单号": "YT0000000000009", "运费": "6.00"}

STRUCTURES = [
    *_of_each_layout(),
    bad("a first row on the line of the heading", _RUN_IN, "unknown_layout"),
    bad("a second row as well", _RUN_IN + order_line().encode("gb18030"), "unknown_layout"),
    bad("a date on the line of the heading", (ORDER_HEADER + ",2026-10-01").encode(), "unknown_layout"),
    bad("an amount on the line of the heading", (ORDER_HEADER + ",100.00").encode(), "unknown_layout"),
    good("a heading that ends in a digit", (ORDER_HEADER + ",备注1,2,规格 2.0").encode(), 0),
    bad(
        "a courier's number of nothing but its mark",
        file_of(_COURIER.with_cells(0, 运单号="@")),
        "missing_value",
    ),
    bad(
        "a price protection whose difference is not shown",
        file_of(_PROTECTION.with_cells(0, 价差金额="不会展示")),
        "missing_value",
    ),
    bad(
        "a second heading over a column that is needed",
        file_of(replace(_PROTECTION, second_heading=_OVER)),
        "missing_value",
        "bad_money",
    ),
    good("a heading and no row in a workbook", workbook(small("order_report").grid()[:1]), 0),
    bad("a workbook of nothing", workbook([]), "empty_file"),
    bad("a heading far below", b"title\n" * 30 + order_file(), "unknown_layout"),
    good("a title above the heading", "十月订单\n".encode("gb18030") + order_file()),
    bad(
        "data above the heading",
        order_file().replace(ORDER_HEADER.encode("gb18030"), order_line().encode("gb18030")) + order_file(),
        "unknown_layout",
    ),
    bad(
        "the heading again as a row",
        order_file(ORDER_HEADER, order_line()),
        "bad_number",
        "bad_money",
        "bad_moment",
        "bad_count",
    ),
    bad("tabs for commas", order_file().replace(b",", b"\t"), "unknown_layout"),
    bad("semicolons for commas", order_file().replace(b",", b";"), "unknown_layout"),
    bad("one column", "订单编号\n3300000000000000001\n".encode(), "unknown_layout"),
    bad("a quote opened in the last row", order_file(order_line(宝贝标题='"裙')), "broken_csv"),
    bad("a quote in the heading", b'"' + order_file(), "broken_csv"),
    bad("a field of 200,000 characters", order_file(order_line(宝贝标题="x" * 200_000)), "broken_csv"),
    good("a line end inside a quoted cell", order_file(order_line(宝贝标题='"两\n行"'))),
    bad("an item twice", file_of(replace(_ITEMS, rows=_ITEMS.rows * 2)), "duplicate_row"),
    bad(
        "a refund twice",
        file_of(replace(small("refund_report"), rows=small("refund_report").rows * 2)),
        "duplicate_row",
    ),
    bad(
        "a price protection twice",
        file_of(replace(_PROTECTION, rows=_PROTECTION.rows[:1] * 2)),
        "duplicate_row",
    ),
    bad(
        "two months of goods income",
        file_of(
            replace(_INCOME, rows=(*_INCOME.rows, {**_INCOME.rows[0], "账期": "202609", "订单号": SECOND_NO}))
        ),
        "mixed_months",
    ),
    bad("a month of goods income that is none", file_of(_INCOME.with_cells(账期="202613")), "bad_moment"),
    good("a parcel charged twice", _courier(_PARCEL, _PARCEL, below=("合计,,,,9.00,,,",)), 2),
    bad(
        "a courier's sum that is not its rows'",
        _courier(_PARCEL, _OTHER, below=("合计,,,,99.00,,,",)),
        "wrong_totals",
    ),
    good("a courier's sum that ends its row", _courier(_PARCEL, below=("合计,,,,4.50",)), 1),
    good("a courier's sum that says nothing", _courier(_PARCEL, below=("合计",)), 1),
    bad("a courier's sum that is no money", _courier(_PARCEL, below=("合计,,,,壹佰,,,",)), "bad_money"),
    bad(
        "a parcel below the courier's sum",
        _courier(
            _PARCEL, _OTHER, below=("合计,,,,10.50,,,", "2026-10-03,圆通速递,YT0000000000007,1,1.00,,,")
        ),
        "after_footer",
    ),
    bad(
        "a weight with a unit of its own", _courier({**_PARCEL, "计费重量": "1.25斤"}, below=()), "bad_weight"
    ),
    bad(
        "a waybill made a number", _courier({**_PARCEL, "运单号": "4.35234E+14"}, below=()), "damaged_number"
    ),
    bad("a waybill of words", _courier({**_PARCEL, "运单号": "没有单号"}, below=()), "bad_number"),
    good(
        "an order and an item report in one workbook",
        workbook_of(small("order_report"), _ITEMS, titles=("订单报表", "销售明细")),
        1,
    ),
    bad(
        "a sheet of somebody's own beside a report",
        workbook(small("order_report").grid(), [["我的", "笔记"]]),
        "unknown_layout",
    ),
    good(
        "a shipping list beside a report",
        workbook(small("order_report").grid(), [["发货", "清单"]], titles=("订单报表", "发货报表")),
        1,
    ),
    good("a summary alone", "#支付宝账务汇总查询\n业务类型,收入合计,支出合计\n交易付款,1.00,0\n".encode(), 0),
    good(f"the orders {NO} and {SECOND_NO}", order_file(order_line(), order_line(订单编号=SECOND_NO)), 2),
]
