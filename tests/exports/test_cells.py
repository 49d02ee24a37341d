"""One value, one cell: nothing becomes a formula, nothing loses a digit, nothing is cut."""

import gc
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.money import format_yuan
from exports import cells
from exports.cells import AMOUNT_FEN_MAX, DAY_MIN, TEXT_UNITS_MAX, Formula, Line, row_xml, shown
from exports.errors import BadCell
from exports.sheets import FIRST_ROW
from exports.styles import Looks, Style
from tests.exports.samples import column, digits, formulas, item, placed, posting, report, text_at, written

LEADS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "{=", " =", "'=", '"=', "|", "=="]
BODIES = ["1+1", "cmd|'/c calc'!A1", 'HYPERLINK("x";"y")', "SUM(A1:A9)", 'WEBSERVICE("x")', "@A1", ""]
ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
PAYLOADS = [lead + body for lead in LEADS for body in BODIES] + ERRORS + ["TRUE", "1E5", "007", "_x003D_1+1"]
ANY_TEXT = st.text(st.characters(), min_size=1, max_size=60)
XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60
)
PLAIN = Looks(plain=dict.fromkeys(Style, "1"), quoted=dict.fromkeys(Style, "2"))


def _one(style: Style, value: cells.Value) -> str:
    return row_xml(3, Line(styles=(style,), values=(value,)), PLAIN)


def test_the_payloads_are_many() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_no_payload_becomes_a_formula_or_an_error(tmp_path: Path) -> None:
    rows = [posting("1001", 0, 0, narration=text, order_no=text, claim_no=text) for text in PAYLOADS]
    items = tuple(item(1, formula=text, order_no=text) for text in PAYLOADS)
    plain = report([posting("1001", 0, 0) for _ in PAYLOADS], items=tuple(item(1) for _ in PAYLOADS))
    book = written(tmp_path, report(rows, items=items))
    assert formulas(book) == formulas(written(tmp_path, plain))
    narration, working = placed(book, "序时账", "摘要"), placed(book, "售后明细", "计算式")
    for number, text in enumerate(PAYLOADS, FIRST_ROW):
        assert book["序时账"][f"{narration}{number}"].data_type == "s"
        assert text_at(book, "序时账", f"{narration}{number}") == shown(text)
        assert text_at(book, "售后明细", f"{working}{number}") == shown(text)


def test_payloads_as_keys_of_the_summary_stay_text(tmp_path: Path) -> None:
    items = tuple(item(1, rule=text, channel=text, kind=text) for text in PAYLOADS)
    book = written(tmp_path, report(items=items))
    ours = {"SUMIFS", "COUNTIFS", "SUM", "HYPERLINK"}
    for (sheet, _), formula in formulas(book).items():
        assert sheet != "售后汇总" or formula[1:].split("(")[0] in ours


def test_a_payload_as_the_books_name_stays_text(tmp_path: Path) -> None:
    book = written(tmp_path, report(book="=1+1", period="2017-03", rulebook_digest="+1", anchor_line="@x"))
    beside = {row[0].value: row[1] for row in book["封面"].iter_rows() if row[0].value}
    for label in ("账套", "规则手册摘要", "锚点"):
        assert (beside[label].data_type, beside[label].quotePrefix) == ("s", True)


def test_text_that_looks_like_a_formula_keeps_the_quote_prefix(tmp_path: Path) -> None:
    book = written(tmp_path, report([posting("1001", 0, 0, narration="=1+1"), posting("1001", 0, 0)]))
    letter = placed(book, "序时账", "摘要")
    assert book["序时账"][f"{letter}{FIRST_ROW}"].quotePrefix
    assert not book["序时账"][f"{letter}{FIRST_ROW + 1}"].quotePrefix


@given(st.lists(ANY_TEXT, min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_every_text_reads_back_as_it_is_shown(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    rows = [posting("1001", 0, 0, narration=text) for text in texts]
    book = written(tmp_path_factory.mktemp("texts"), report(rows))
    letter = placed(book, "序时账", "摘要")
    read = [text_at(book, "序时账", f"{letter}{FIRST_ROW + place}") for place in range(len(texts))]
    assert read == [shown(text) for text in texts]


@given(XML_TEXT)
def test_text_without_control_characters_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [("a\x00b", "a␀b"), ("a\r\nb", "a␍\nb"), ("\x1b[0m", "␛[0m"), ("\ud800", "\ufffd"), ("\uffff", "\ufffd")],
)
def test_characters_that_xml_cannot_carry_are_replaced_visibly(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize("text", ["长" * TEXT_UNITS_MAX, "\U0001f600" * (TEXT_UNITS_MAX // 2)])
def test_the_longest_text_is_written_whole(tmp_path: Path, text: str) -> None:
    book = written(tmp_path, report([posting("1001", 0, 0, narration=text)]))
    assert column(book, "序时账", "摘要") == [text]


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("text", ["长" * (TEXT_UNITS_MAX + 1), "\U0001f600" * (TEXT_UNITS_MAX // 2 + 1)])
def test_a_longer_text_is_refused_and_nothing_is_left(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadCell, match="does not fit"):
        written(tmp_path, report([posting("1001", 0, 0, narration=text)]))
    gc.collect()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "number", ["2014112611001004680073956707", "12345678901234567.89", "007", "1E400", "-0"]
)
def test_long_numbers_that_are_names_keep_every_digit(tmp_path: Path, number: str) -> None:
    book = written(
        tmp_path, report([posting("1001", 0, 0, order_no=number)], items=(item(1, claim_no=number),))
    )
    for sheet, heading in (("序时账", "订单号"), ("售后明细", "申请号")):
        cell = book[sheet][f"{placed(book, sheet, heading)}{FIRST_ROW}"]
        assert (cell.value, cell.data_type, cell.number_format) == (number, "s", "@")


@given(st.lists(st.integers(-AMOUNT_FEN_MAX // 30, AMOUNT_FEN_MAX // 30), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_every_amount_is_written_to_the_digit(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("amounts")
    book = written(folder, report(items=tuple(item(fen) for fen in amounts)))
    numbers, letter = digits(folder / "book.xlsx", "售后明细"), placed(book, "售后明细", "金额")
    for row, fen in enumerate(amounts, FIRST_ROW):
        assert numbers[f"{letter}{row}"] == format_yuan(fen)
        assert round(book["售后明细"][f"{letter}{row}"].value * 100) == fen
    assert numbers[f"{letter}2"] == format_yuan(sum(amounts))


@pytest.mark.parametrize("fen", [AMOUNT_FEN_MAX, -AMOUNT_FEN_MAX, AMOUNT_FEN_MAX - 1])
def test_the_largest_amounts_are_exact(fen: int) -> None:
    assert f"<v>{format_yuan(fen)}</v>" in _one(Style.AMOUNT, fen)


@pytest.mark.parametrize("fen", [AMOUNT_FEN_MAX + 1, -AMOUNT_FEN_MAX - 1])
def test_a_larger_amount_is_refused(fen: int) -> None:
    with pytest.raises(BadCell, match="beyond"):
        _one(Style.AMOUNT, fen)


@pytest.mark.parametrize("amount", [1.0, True])
def test_an_amount_that_is_no_integer_is_our_own_fault(amount: object) -> None:
    with pytest.raises(TypeError):
        _one(Style.AMOUNT, amount)  # type: ignore[arg-type]


@given(st.lists(st.dates(min_value=DAY_MIN), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_every_day_reads_back(tmp_path_factory: pytest.TempPathFactory, days: list[date]) -> None:
    rows = [posting("1001", 0, 0, effective_on=day) for day in days]
    book = written(tmp_path_factory.mktemp("days"), report(rows))
    assert [moment.date() for moment in column(book, "序时账", "日期")] == days


def test_a_day_before_spreadsheets_agree_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCell, match="1900-02-28"):
        written(tmp_path, report([posting("1001", 0, 0, effective_on=date(1900, 2, 28))]))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_moment_is_days_of_shanghai_to_the_second(moment: datetime) -> None:
    days = Decimal(cells.digits(Style.MOMENT, moment))
    there = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
    assert there == (moment + timedelta(hours=8)).replace(tzinfo=None, microsecond=0)


def test_nothing_and_an_empty_text_are_one_empty_cell() -> None:
    assert _one(Style.TEXT, None) == _one(Style.TEXT, "") == '<row r="3"><c r="A3" s="1"/></row>'


def test_a_formula_carries_what_it_shows() -> None:
    written_row = _one(Style.TOTAL, Formula(expression='SUMIF(A1:A2,"<3")', shows="1.50"))
    assert written_row == ('<row r="3"><c r="A3" s="1"><f>SUMIF(A1:A2,"&lt;3")</f><v>1.50</v></c></row>')


def test_a_formula_of_words_says_that_it_shows_words() -> None:
    assert 't="str"><f>HYPERLINK("#A")</f><v>&lt;去&gt;</v>' in _one(
        Style.LINK, Formula(expression='HYPERLINK("#A")', shows="<去>", words=True)
    )


def test_a_rate_is_written_as_its_decimal() -> None:
    assert "<v>0.05</v>" in _one(Style.RATE, Decimal("0.05"))
