"""One cell beside what it should say: a fen is a difference, another program's spelling is none."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.cell_differences import NOTHING, plain_formula, said, wrong
from exports.cells import Formula, Value, digits
from exports.sheet_xml import FoundCell
from exports.styles import Style

SUM = Formula(expression="SUM('序时账'!$G$3:$G$9)", shows="12.30")
MOMENT = datetime(2026, 11, 22, 5, 13, 40, tzinfo=UTC)


def _text(value: str) -> FoundCell:
    return FoundCell("text", value)


def _number(value: str) -> FoundCell:
    return FoundCell("number", value)


@pytest.mark.parametrize(
    ("style", "due", "found"),
    [
        (Style.TEXT, None, NOTHING),
        (Style.TEXT, "", NOTHING),
        (Style.TEXT, "退货", _text("退货")),
        (Style.TEXT, "a\rb\x00", _text("a␍b␀")),
        (Style.AMOUNT, 1230, _number("12.3")),
        (Style.AMOUNT, 0, _number("0")),
        (Style.AMOUNT, -1230, _number("-12.300000000000001")),
        (Style.AMOUNT, 10**13, _number("1E+11")),
        (Style.NUMBER, 1519, _number("1519")),
        (Style.DAY, date(2026, 10, 2), _number("46297")),
        (Style.RATE, Decimal("0.05"), _number("0.05")),
        (Style.MOMENT, MOMENT, _number("46348.5511574074")),
        (Style.TOTAL, SUM, FoundCell("number", "12.3", "SUM(序时账!$G$3:$G$9)")),
        (Style.TOTAL, SUM, FoundCell("number", "", "SUM('序时账'!$G$3:$G$9)")),
        (
            Style.LINK,
            Formula(expression='HYPERLINK("#x","去 那")', shows="去 那", words=True),
            FoundCell("text", "去 那", 'HYPERLINK( "#x", "去 那" )'),
        ),
    ],
)
def test_what_another_program_spells_in_its_own_way_is_no_difference(
    style: Style, due: Value, found: FoundCell
) -> None:
    assert wrong(style, due, found) is None


@pytest.mark.parametrize(
    ("style", "due", "found", "named"),
    [
        (Style.TEXT, None, _text("x"), ("value", "x", "")),
        (Style.TEXT, None, FoundCell("n", "", "A1"), ("value", "=A1", "")),
        (Style.TEXT, "退货", _text("换货"), ("value", "换货", "退货")),
        (Style.TEXT, "退货", NOTHING, ("value", "", "退货")),
        (Style.TEXT, "007", _number("7"), ("value", "7", "007")),
        (Style.TEXT, "x", FoundCell("text", "x", '"x"'), ("value", '="x"', "x")),
        (Style.AMOUNT, 1230, _number("12.31"), ("value", "12.31", "12.30")),
        (Style.AMOUNT, 1230, _number("12.301"), ("value", "12.301", "12.30")),
        (Style.AMOUNT, 1230, _text("12.30"), ("value", "12.30", "12.30")),
        (Style.AMOUNT, 1230, FoundCell("number", "12.3", "6+6.3"), ("value", "=6+6.3", "12.30")),
        (Style.AMOUNT, 1230, FoundCell("other", "#REF!"), ("value", "#REF!", "12.30")),
        (Style.NUMBER, 1519, _number("1518"), ("value", "1518", "1519")),
        (Style.DAY, date(2026, 10, 2), _number("46298"), ("value", "2026-10-03", "2026-10-02")),
        (Style.DAY, date(2026, 10, 2), _number("1e99"), ("value", "1e99", "2026-10-02")),
        (Style.MOMENT, MOMENT, _number("46348.55117"), ("value", "46348.55117", "2026-11-22T05:13:40+00:00")),
        (Style.TOTAL, SUM, _number("12.3"), ("hardened", "12.3", "=SUM('序时账'!$G$3:$G$9)")),
        (Style.TOTAL, SUM, NOTHING, ("value", "", "=SUM('序时账'!$G$3:$G$9)")),
        (
            Style.TOTAL,
            SUM,
            FoundCell("number", "12.3", "SUM(序时账!$G$3:$G$8)"),
            ("formula", "=SUM(序时账!$G$3:$G$8)", "=SUM('序时账'!$G$3:$G$9)"),
        ),
        (
            Style.TOTAL,
            SUM,
            FoundCell("number", "12.31", "SUM(序时账!$G$3:$G$9)"),
            ("shown", "12.31", "12.30"),
        ),
    ],
)
def test_what_differs_is_named_with_what_stands_there_and_what_should(
    style: Style, due: Value, found: FoundCell, named: tuple[str, str, str]
) -> None:
    assert wrong(style, due, found) == named


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_amounts_agree_exactly_where_their_fen_do(due: int, stands: int) -> None:
    as_a_float = repr(stands / 100)
    assert (wrong(Style.AMOUNT, due, _number(as_a_float)) is None) == (due == stands)


@given(st.text(max_size=20), st.text(max_size=20))
def test_texts_agree_where_they_are_shown_alike(due: str, stands: str) -> None:
    found = _text(stands) if stands else NOTHING
    assert (wrong(Style.TEXT, due, found) is None) == (said(Style.TEXT, due) == stands)


@given(st.integers(0, 86_399))
def test_a_second_is_a_difference(second: int) -> None:
    moment = datetime(2026, 11, 21, 16, tzinfo=UTC)
    due = moment.replace(hour=(16 + second // 3600) % 24, minute=second // 60 % 60, second=second % 60)
    shown = Decimal(digits(Style.MOMENT, due))
    assert wrong(Style.MOMENT, due, _number(str(shown))) is None
    assert wrong(Style.MOMENT, due, _number(str(shown + Decimal(1) / 86_400)))


def test_a_text_inside_a_formula_keeps_its_blanks_and_quotes() -> None:
    assert plain_formula("SUM( 'a b'!A1 , \"'x y'! \" )") == "SUM(a b!A1,\"'x y'! \")".replace("a b", "ab")
