"""Imported files as they are shown: one row each, what is to be known of them, the first lines in suspense."""

from dataclasses import replace
from datetime import datetime

from calculators.days import SHANGHAI
from cli.errors import Fault
from cli.importing import Imported
from cli.readers.rows import StatementLine
from cli.recognised import Recognised
from cli.views.imported import imported_json, recognised_words, show_imported
from tests.cli.views.printed import printed

FILE = Recognised(
    name="a.csv", layout="alipay_statement", variant="2019", columns=16, rows=2, in_fen=9500, out_fen=-475
)
ONE = Imported(file=FILE, new_file=True, entries=1)
LINE = StatementLine(
    row=7,
    serial="1000000000000000002",
    at=datetime(2026, 10, 8, 9, 0, tzinfo=SHANGHAI),
    in_fen=0,
    out_fen=-475,
    balance_fen=0,
    kind="转账",
    remark="张三丰",
    description="",
    order_no=None,
    meaning="unknown",
)


def shown(*imported: Imported, tongue: str = "en") -> str:
    """What is printed of the files."""
    return printed(lambda console: show_imported(imported, console, tongue))


def test_a_file_says_what_it_is_in_words() -> None:
    assert recognised_words(FILE, "zh") == "支付宝账务明细 2019 （16 列）"
    assert recognised_words(FILE, "en") == "Alipay statement 2019 (16 columns)"
    assert recognised_words(replace(FILE, layout="not_read", columns=0), "zh") == "不需要读"


def test_a_file_is_new_or_was_imported_before_or_is_not_read() -> None:
    assert " new" in shown(ONE)
    assert "imported before" in shown(replace(ONE, new_file=False))
    assert "未读取" in shown(replace(ONE, file=replace(FILE, layout="not_read")), tongue="zh")


def test_what_is_to_be_known_stands_below_the_table() -> None:
    told = replace(ONE, told=(Fault(code="month_missing", file="a.csv", detail="(2026-09-01 … 2026-09-30)"),))
    assert "! a.csv: Statements between are missing. (2026-09-01 … 2026-09-30)" in shown(told)


def test_no_more_than_twenty_lines_in_suspense_are_shown_and_all_are_counted() -> None:
    many = replace(ONE, suspended=tuple(replace(LINE, row=row) for row in range(1, 31)))
    out = shown(many)
    assert "lines 30, shown 20" in out
    assert out.count("unknown") == 20
    assert len(imported_json(many)["suspended"]) == 30


def test_what_a_person_typed_into_a_transfer_is_masked_for_people_and_machines() -> None:
    one = replace(ONE, suspended=(LINE,))
    assert "三丰" not in shown(one)
    assert "三丰" not in str(imported_json(one))
