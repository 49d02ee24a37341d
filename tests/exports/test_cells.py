"""One value, one cell: nothing becomes a formula, nothing loses a digit, nothing is cut."""

import gc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from calculators.money import format_yuan
from exports import cells
from exports.cells import AMOUNT_FEN_MAX, DAY_MIN, TEXT_UNITS_MAX, shown
from exports.errors import BadCell
from exports.styles import add_styles
from tests.exports.samples import digits, formulas, item, posting, report, text_at, written

LEADS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "{=", " =", "'=", '"=', "|", "=="]
BODIES = ["1+1", "cmd|'/c calc'!A1", 'HYPERLINK("x";"y")', "SUM(A1:A9)", 'WEBSERVICE("x")', "@A1", ""]
ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
PAYLOADS = [lead + body for lead in LEADS for body in BODIES] + ERRORS + ["TRUE", "1E5", "007", "_x003D_1+1"]
ANY_TEXT = st.text(st.characters(), max_size=60)
XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60
)


def _sheet() -> Worksheet:
    book = Workbook()
    add_styles(book)
    sheet: Worksheet = book.create_sheet("x")
    return sheet


def test_the_payloads_are_many() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_no_payload_becomes_a_formula_or_an_error(tmp_path: Path) -> None:
    rows = [posting("1001", 0, 0, narration=text, order_no=text, claim_no=text) for text in PAYLOADS]
    items = tuple(item(1, formula=text, rule=text, channel=text) for text in PAYLOADS)
    plain = report([posting("1001", 0, 0) for _ in PAYLOADS], items=tuple(item(1) for _ in PAYLOADS))
    book = written(tmp_path, report(rows, items=items))
    assert formulas(book) == formulas(written(tmp_path, plain))
    for number, text in enumerate(PAYLOADS, 3):
        assert book["序时账"][f"D{number}"].data_type == "s"
        assert text_at(book, "序时账", f"D{number}") == shown(text)
        assert text_at(book, "售后明细", f"F{number}") == shown(text)


def test_a_payload_as_the_books_name_stays_text(tmp_path: Path) -> None:
    book = written(tmp_path, report(book="=1+1", period="@x", rulebook_digest="+1"))
    assert [book["封面"][address].data_type for address in ("B1", "B2", "B6")] == ["s", "s", "s"]


def test_text_that_looks_like_a_formula_keeps_the_quote_prefix(tmp_path: Path) -> None:
    book = written(tmp_path, report([posting("1001", 0, 0, narration="=1+1"), posting("1001", 0, 0)]))
    assert book["序时账"]["D3"].quotePrefix
    assert not book["序时账"]["D4"].quotePrefix


@given(st.lists(ANY_TEXT, min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_every_text_reads_back_as_it_is_shown(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    rows = [posting("1001", 0, 0, narration=text) for text in texts]
    book = written(tmp_path_factory.mktemp("texts"), report(rows))
    assert [text_at(book, "序时账", f"D{number}") for number in range(3, 3 + len(texts))] == [
        shown(text) for text in texts
    ]


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
    assert text_at(book, "序时账", "D3") == text


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
    for cell in (book["序时账"]["I3"], book["售后明细"]["B3"]):
        assert (cell.value, cell.data_type, cell.number_format) == (number, "s", "@")


@given(st.lists(st.integers(-AMOUNT_FEN_MAX // 30, AMOUNT_FEN_MAX // 30), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_every_amount_is_written_to_the_digit(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("amounts")
    book = written(folder, report(items=tuple(item(fen) for fen in amounts)))
    numbers = digits(folder / "book.xlsx", 4)
    for row, fen in enumerate(amounts, 3):
        assert numbers[f"G{row}"] == format_yuan(fen)
        assert round(book["售后明细"][f"G{row}"].value * 100) == fen
    assert numbers["G1"] == format_yuan(sum(amounts))


@pytest.mark.parametrize("fen", [AMOUNT_FEN_MAX, -AMOUNT_FEN_MAX, AMOUNT_FEN_MAX - 1])
def test_the_largest_amounts_are_exact(tmp_path: Path, fen: int) -> None:
    written(tmp_path, report(items=(item(fen),)))
    assert digits(tmp_path / "book.xlsx", 4)["G3"] == format_yuan(fen)


@pytest.mark.parametrize("fen", [AMOUNT_FEN_MAX + 1, -AMOUNT_FEN_MAX - 1])
def test_a_larger_amount_is_refused(tmp_path: Path, fen: int) -> None:
    with pytest.raises(BadCell, match="beyond"):
        written(tmp_path, report(items=(item(fen),)))


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_an_amount_that_is_no_integer_is_our_own_fault(amount: object) -> None:
    with pytest.raises(TypeError):
        cells.amount_cell(_sheet(), amount)  # type: ignore[arg-type]


@given(st.lists(st.dates(min_value=DAY_MIN), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_every_day_reads_back(tmp_path_factory: pytest.TempPathFactory, days: list[date]) -> None:
    rows = [posting("1001", 0, 0, effective_on=day) for day in days]
    book = written(tmp_path_factory.mktemp("days"), report(rows))
    read = [book["序时账"][f"A{number}"].value.date() for number in range(3, 3 + len(days))]
    assert read == days


def test_a_day_before_spreadsheets_agree_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCell, match="1900-02-28"):
        written(tmp_path, report([posting("1001", 0, 0, effective_on=date(1900, 2, 28))]))
