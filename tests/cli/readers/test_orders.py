"""The order object of a case: what is proved is taken, what does not fit is refused."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from calculators.days import SHANGHAI, parse_moment
from cli.errors import BadFile
from cli.readers import ReadFile, as_known_at, assemble, assemble_orders
from cli.readers.orders import is_paid
from cli.readers.rows import ItemRow, OrderRow

AT = datetime(2026, 10, 1, 10, 1, tzinfo=SHANGHAI)
ORDER = OrderRow(
    row=2, order_no="3300000000000000001", status="交易成功", created_at=AT, paid_at=AT, cash_fen=46200,
    postage_fen=1200, points=2500, jifenbao_fen=2200, note="",
)  # fmt: skip


def item(price_fen: int, paid_fen: int | None, **facts: Any) -> ItemRow:
    known = {"qty": 1, "sku": "0707-M", **facts}
    return ItemRow(
        row=2, order_no=ORDER.order_no, title="裙", price_fen=price_fen, paid_fen=paid_fen, **known
    )


def file(layout: str, rows: tuple[Any, ...]) -> ReadFile:
    return ReadFile(layout=layout, name=f"{layout}.csv", sha256="", encoding="", rows=rows)


def code_of(order: OrderRow, *items: ItemRow) -> str:
    with pytest.raises(BadFile) as caught:
        assemble(order, items)
    (fault,) = caught.value.faults
    assert (fault.row, fault.value) == (order.row, order.order_no)
    return fault.code


def test_lines_that_make_up_cash_points_and_jifenbao_keep_the_platforms_figures() -> None:
    order = assemble(ORDER, [item(25900, 23575), item(25900, 26125, sku="0707-L", qty=2)])
    assert [line["paid"] for line in order["lines"]] == ["235.75", "261.25"]
    assert "coupon" not in order
    assert (order["postage"], order["free_shipping"]) == ("12.00", False)
    assert (order["points"], order["jifenbao"]) == (2500, 2200)


def test_a_single_line_is_read_with_the_postage_that_the_platform_puts_into_it() -> None:
    assert assemble(ORDER, [item(49700, 50900)])["lines"][0]["paid"] == "497.00"
    assert assemble(ORDER, [item(49700, 49700)])["lines"][0]["paid"] == "497.00"


def test_lines_that_prove_nothing_become_a_coupon_over_all_lines() -> None:
    order = assemble(ORDER, [item(29900, 23575), item(24800, 21425, sku="0707-L")])
    assert order["coupon"] == {"amount": "50.00"}
    assert not any("paid" in line for line in order["lines"])


def test_lines_at_full_price_need_neither_figures_nor_a_coupon() -> None:
    order = assemble(ORDER, [item(49700, None)])
    assert "coupon" not in order
    assert "paid" not in order["lines"][0]


def test_goods_for_nothing_are_a_coupon_over_all_of_them_and_for_less_than_nothing_a_fault() -> None:
    free = replace(ORDER, cash_fen=1200, points=0, jifenbao_fen=0)
    assert assemble(free, [item(4900, None)])["coupon"] == {"amount": "49.00"}
    assert code_of(replace(free, cash_fen=1199), item(4900, None)) == "sums_do_not_fit"


def test_more_paid_than_the_prices_is_a_fault() -> None:
    assert code_of(ORDER, item(49699, 1)) == "sums_do_not_fit"


def test_a_report_without_a_postage_column_needs_figures_that_prove_it() -> None:
    bare = replace(ORDER, postage_fen=None)
    assert code_of(bare, item(60000, 1)) == "sums_do_not_fit"
    assert assemble(bare, [item(60000, 50900)])["lines"][0]["paid"] == "509.00"


def test_an_order_without_lines_and_a_line_of_no_pieces_are_faults() -> None:
    assert code_of(ORDER) == "no_items"
    assert code_of(ORDER, item(49700, None, qty=0)) == "sums_do_not_fit"


@pytest.mark.parametrize(
    ("facts", "payment"),
    [
        ({"payment_detail": "支付宝"}, "online"),
        ({"payment_detail": "信用卡支付"}, "card"),
        ({"delivery": "快递(货到付款)"}, "cod"),
        ({"payment_detail": "货到付款", "paid_at": None}, "cod"),
    ],
)
def test_the_payment_is_read_from_the_payment_detail_and_the_delivery(
    facts: dict[str, Any], payment: str
) -> None:
    order = replace(ORDER, **facts)
    assert assemble(order, [item(49700, None)])["payment"] == payment
    assert assemble(order, [item(49700, None)])["paid_at"] == "2026-10-01T10:01:00"


def test_every_mark_of_the_note_becomes_its_fact() -> None:
    note = (
        "【顺丰】【聚划算】【代购:d-01】【约定发货：2026-10-12】【揽收:2026-10-03 18:20】【签收:2026-10-06 11:05】"
        "【运费成本:10.00】【特价:0707-M】【预售:0707-M】【发票:507.00 2026-10-05】"
    )
    order = assemble(replace(ORDER, note=note, shop_note="【发票退回:2026-10-20】"), [item(49700, None)])
    assert order["activity"] == "juhuasuan"
    assert order["distributor"] == "d-01"
    assert order["ship_by"] == "2026-10-12"
    assert order["picked_up_at"] == "2026-10-03T18:20:00"
    assert order["signed_at"] == "2026-10-06T11:05:00"
    assert order["postage_cost"] == "10.00"
    assert order["invoice"] == {"amount": "507.00", "issued_on": "2026-10-05", "returned_on": "2026-10-20"}
    assert order["lines"][0]["special_price"]
    assert order["lines"][0]["presale"]


@pytest.mark.parametrize(
    "note",
    [
        "【聚划算:1】", "【代购】", "【代购:d 01】", "【约定发货:2026-02-30】", "【签收:昨天】", "【运费成本:1.234】",
        "【运费成本:-1.00】", "【特价】", "【特价:9999-X】", "【发票:507.00】", "【发票:2026-10-05 507.00】",
        "【发票退回:2026-10-20】", "【代购:d-01】【代购:d-02】",
    ],
)  # fmt: skip
def test_a_mark_that_cannot_be_read_is_a_fault(note: str) -> None:
    assert code_of(replace(ORDER, note=note), item(49700, None)) == "bad_note"


def test_what_happened_later_is_not_yet_known() -> None:
    order = assemble(
        replace(
            ORDER,
            shipped_at=AT.replace(day=2),
            confirmed_at=AT.replace(day=9),
            note="【签收:2026-10-05 09:00】【发票:507.00 2026-10-04】【发票退回:2026-10-20】",
        ),
        [item(49700, None)],
    )
    third = as_known_at(order, parse_moment("2026-10-03T00:00"))
    assert set(order) - set(third) == {"signed_at", "confirmed_at", "invoice"}
    eighth = as_known_at(order, parse_moment("2026-10-08T00:00"))
    assert set(order) - set(eighth) == {"confirmed_at"}
    assert eighth["invoice"]["returned_on"] is None
    assert as_known_at(order, parse_moment("2026-10-20T00:00")) == order


def test_unpaid_orders_are_counted_and_left_out() -> None:
    unpaid = replace(ORDER, order_no="3300000000000000002", status="等待买家付款", paid_at=None)
    expired = replace(ORDER, order_no="3300000000000000003", status="交易关闭", paid_at=None)
    assembled = assemble_orders(
        file("order_report", (unpaid, ORDER, expired)),
        file("item_report", (item(49700, None),)),
    )
    assert [order["order_no"] for order in assembled.orders] == [ORDER.order_no]
    assert assembled.unpaid == 2
    assert not is_paid(expired)


def test_every_order_without_lines_and_every_line_without_an_order_is_named() -> None:
    stray = replace(item(100, None), order_no="3300000000000000009", row=7)
    with pytest.raises(BadFile) as caught:
        assemble_orders(file("order_report", (ORDER,)), file("item_report", (stray,)))
    assert [(fault.code, fault.file, fault.row) for fault in caught.value.faults] == [
        ("no_order", "item_report.csv", 7),
        ("no_items", "order_report.csv", 2),
    ]
