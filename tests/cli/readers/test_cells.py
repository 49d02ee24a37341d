"""Whatever a file holds, a reader answers rows or faults, and never anything else."""

import re
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cli.errors import BadCell, BadFile, fault_codes
from cli.readers import read_file, read_tables
from cli.readers.cells import clean, read_cell
from tests.cli.readers.bad_input.zips import inline_rows, sheet_xml, workbook_parts, zipped, zipped_in_gbk
from tests.cli.readers.corpus import LINES, order_file, order_line, statement
from tests.cli.readers.small import file_of, small, workbook_of

KINDS = [
    *("text", "status", "number", "money", "signed", "marked_money", "income", "expense", "outgo", "count"),
    *("moment", "day_or_moment", "month", "weight", "waybill", "trade_kind", "yes_no"),
]
AMOUNT = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d{1,2})?元?", re.ASCII)
WHOLE = [
    order_file(),
    statement(),
    order_file(order_line(), order_line(订单编号="3300000000000000002")),
    *(
        file_of(small(layout))
        for layout in ("alipay_trades", "goods_income", "price_protection", "courier_bill")
    ),
]
PACKED = [
    workbook_of(small("order_report", "2025-26")),
    workbook_of(small("price_protection"), small("courier_bill")),
    zipped_in_gbk({"账务明细.csv": statement()}),
    zipped(workbook_parts(sheet_xml(inline_rows(*small("item_report").grid()))), zipfile.ZIP_STORED),
]


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_a_cell_is_a_value_or_a_fault(kind: str, cell: str) -> None:
    try:
        outcome = type(read_cell(kind, clean(cell))).__name__
    except BadCell as fault:
        outcome = fault.code
    assert outcome in {"str", "int", "bool", "datetime", "NoneType"} | fault_codes()


@given(st.one_of(st.text(max_size=12), st.from_regex(AMOUNT, fullmatch=True)))
@example("1_000")
@example("٣")
@example("12.30\n")
def test_money_is_read_exactly_where_it_is_written_as_money(cell: str) -> None:
    bare = clean(cell)
    try:
        value = read_cell("money", bare) if not bare.startswith("-") else read_cell("expense", bare)
    except BadCell:
        assert not AMOUNT.fullmatch(bare)
    else:
        assert (value or 0) == 0 or AMOUNT.fullmatch(bare)


@given(st.text(alphabet=st.characters(exclude_categories=["C"], exclude_characters='"'), max_size=30))
def test_every_trap_around_a_cell_is_undone(text: str) -> None:
    bare = clean(text)
    assert clean(f'="{bare}"') == clean(bare) or bare.startswith(("'", "="))
    assert clean(f"{text}\t") == clean(f" {text}") == bare


def outcome(damaged: bytes) -> list[str]:
    """What reading a file comes to: how many rows its tables have, or the sentences of its faults."""
    try:
        return [f"{len(read.rows)} rows" for read in read_tables("x.csv", damaged)]
    except BadFile as bad:
        return [fault.sentence("zh") + fault.sentence("en") for fault in bad.faults]


@settings(max_examples=300)
@given(st.sampled_from(WHOLE), st.integers(0, 2000), st.binary(max_size=6), st.integers(0, 40))
def test_a_file_damaged_anywhere_is_rows_or_faults(whole: bytes, place: int, piece: bytes, cut: int) -> None:
    at = place % len(whole)
    assert outcome(whole[:at] + piece + whole[at + cut :])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PACKED), st.integers(0, 20_000), st.binary(max_size=6), st.integers(0, 40))
def test_a_zip_or_workbook_damaged_anywhere_is_rows_or_faults(
    whole: bytes, place: int, piece: bytes, cut: int
) -> None:
    at = place % len(whole)
    assert outcome(whole[:at] + piece + whole[at + cut :])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=12))
def test_a_sheet_of_any_bytes_in_a_sound_workbook_is_rows_or_faults(place: int, piece: bytes) -> None:
    sheet = sheet_xml(inline_rows(*small("item_report").grid()))
    at = place % len(sheet)
    assert outcome(zipped(workbook_parts(sheet[:at] + piece + sheet[at + len(piece) :])))


NOTHING = {
    *("number", "money", "signed", "marked_money", "count", "moment", "day_or_moment", "month"),
    *("weight", "waybill", "yes_no"),
}


@pytest.mark.parametrize("kind", sorted(NOTHING))
def test_a_blank_cell_is_nothing(kind: str) -> None:
    for blank in ("", " ", "\t", "null", '=""', "无退款申请"):
        assert read_cell(kind, clean(blank)) is None


@pytest.mark.parametrize(
    ("word", "value"), [("退货退款", True), ("是", True), ("仅退款", False), ("不需要退货", False)]
)
def test_either_year_s_word_for_a_return_is_understood(word: str, value: bool) -> None:
    assert read_cell("yes_no", word) is value


def test_a_statement_cannot_lose_any_single_line_unnoticed() -> None:
    lines = LINES.splitlines(keepends=True)
    for lost in range(len(lines)):
        with pytest.raises(BadFile):
            read_file("x.csv", statement(lines="".join(lines[:lost] + lines[lost + 1 :])))


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("outgo", "-4.75", -475),
        ("outgo", "4.75", -475),
        ("outgo", " ", 0),
        ("signed", "-0.13", -13),
        ("marked_money", "¥21.00", 2100),
        ("marked_money", "￥21", 2100),
        ("marked_money", "在7月15日之前的申请订单不会展示逆向退款金额", None),
        ("month", "202610", "2026-10"),
        ("month", "2026-10", "2026-10"),
        ("month", "20261008", "2026-10"),
        ("weight", "1.25", 1250),
        ("weight", "0.005", 5),
        ("weight", "2KG", 2000),
        ("waybill", "@435233529604913", "435233529604913"),
        ("waybill", "YT0000000000001", "YT0000000000001"),
        ("trade_kind", "退款", "退款"),
    ],
)
def test_the_platforms_own_spellings_are_understood(kind: str, cell: str, value: object) -> None:
    assert read_cell(kind, clean(cell)) == value


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        ("marked_money", "¥-1.00", "wrong_sign"),
        ("marked_money", "oops", "bad_money"),
        ("month", "202613", "bad_moment"),
        ("month", "20261032", "bad_moment"),
        ("weight", "1.2345", "bad_weight"),
        ("weight", "-1", "bad_weight"),
        ("waybill", "4.35234E+14", "damaged_number"),
        ("waybill", "SF 0001", "bad_number"),
        ("trade_kind", "充值", "bad_choice"),
        ("day_or_moment", "10月1日", "bad_moment"),
    ],
)
def test_what_only_looks_like_them_is_a_fault(kind: str, cell: str, code: str) -> None:
    with pytest.raises(BadCell, match=code):
        read_cell(kind, clean(cell))


def test_a_day_is_its_first_moment() -> None:
    assert read_cell("day_or_moment", "2026/10/2") == read_cell("moment", "2026-10-02 00:00:00")
