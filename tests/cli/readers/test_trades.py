"""The trade detail and the goods income: whose order a row is, and how an SKU is spelt."""

import pytest

from cli.readers import read_tables
from cli.readers.trades import read_income
from tests.cli.readers.small import NO, file_of, small


def test_a_trade_and_its_refund_belong_to_their_order_and_sum_up() -> None:
    (read,) = read_tables("a.csv", file_of(small("alipay_trades")))
    assert [(row.kind, row.order_no, row.received_fen) for row in read.rows] == [  # type: ignore[union-attr]
        ("交易", NO, 9500),
        ("退款", NO, -2000),
    ]
    said = read.statement
    assert said is not None
    assert (said.in_fen, said.in_count, said.out_fen, said.out_count) == (9500, 1, -2000, 1)
    assert (said.opening_fen, said.closing_fen) == (None, None)


@pytest.mark.parametrize(
    ("sku", "sku_id", "attributes"),
    [
        ("6177628402264|商品规格#3B1瓶装礼盒", "6177628402264", "商品规格:1瓶装礼盒"),
        ("6177628402264|颜色#3A红", "6177628402264", "颜色:红"),
        ("商品规格:1瓶装礼盒", "", "商品规格:1瓶装礼盒"),
        ("", "", ""),
    ],
)
def test_the_platforms_spelling_of_an_sku_is_brought_to_that_of_the_order_report(
    sku: str, sku_id: str, attributes: str
) -> None:
    row = read_income(row=2, month="2026-10", order_no=NO, sku=sku)
    assert (row.sku_id, row.attributes) == (sku_id, attributes)


def test_nothing_personal_of_either_leaves_the_reader() -> None:
    for layout in ("alipay_trades", "goods_income", "price_protection", "courier_bill"):
        (read,) = read_tables("a.csv", file_of(small(layout)))
        for canary in ("张三丰", "602***", "小王", "深圳"):
            assert canary not in repr(read.rows)
