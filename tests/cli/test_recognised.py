"""What a person is shown of a file: report, days, money in and out, and what is new in it."""

from datetime import date

import pytest

from cli.readers import read_tables
from cli.recognised import Recognised, facts_of, recognise
from tests.cli.readers.small import file_of, framed, small

TOLD = {
    "order_report": (date(2026, 10, 1), date(2026, 10, 1), 9500, None),
    "item_report": (None, None, 9500, None),
    "refund_report": (date(2026, 10, 10), date(2026, 10, 10), None, -9500),
    "alipay_statement": (date(2026, 10, 1), date(2026, 10, 31), 9500, -475),
    "alipay_trades": (date(2026, 10, 1), date(2026, 10, 31), 9500, -2000),
    "goods_income": (date(2026, 10, 8), date(2026, 10, 8), 9500, 0),
    "price_protection": (date(2026, 10, 19), date(2026, 10, 19), None, -2105),
    "courier_bill": (date(2026, 10, 2), date(2026, 10, 2), None, -1050),
}


def seen(layout: str) -> Recognised:
    (read,) = read_tables("a.csv", file_of(small(layout)))
    return recognise(read)


@pytest.mark.parametrize("layout", TOLD)
def test_days_and_money_of_every_report_are_told(layout: str) -> None:
    said = seen(layout)
    assert (said.first_on, said.last_on, said.in_fen, said.out_fen) == TOLD[layout]
    assert said.rows == len(small(layout).rows)


def test_a_statement_tells_its_balances_and_whether_its_month_is_whole() -> None:
    said = seen("alipay_statement")
    assert (said.opening_fen, said.closing_fen, said.whole_months) == (100000, 109025, True)
    assert seen("order_report").whole_months is None


def test_new_columns_and_waybills_that_stand_twice_are_told() -> None:
    one = small("courier_bill", "中通 ZTO").with_cells(1, 快递单号="435233529604913")
    grid = [[*line, "新列" if place == 0 else ""] for place, line in enumerate(one.grid())]
    (read,) = read_tables("a.csv", framed(one, grid).encode())
    told = recognise(read).told
    assert [(fault.code, fault.detail) for fault in told] == [
        ("new_columns", "新列"),
        ("repeated_waybills", "(1)"),
    ]


def test_what_the_book_keeps_of_a_statement_has_the_account_masked() -> None:
    (read,) = read_tables("a.csv", file_of(small("alipay_statement", "2019")))
    assert read.statement is not None
    kept = facts_of(read.statement)
    assert kept["account"] == "208…56"
    assert "2088000000000001" not in str(kept)
    assert (kept["first_on"], kept["covered_until"]) == ("2026-10-01", "2026-11-01T00:00:00+08:00")
