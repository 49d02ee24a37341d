"""How cells look: a handful of named styles, so that a reader can restyle a whole workbook in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_FONT, _SIZE = "微软雅黑", 10
_INK, _FAINT, _LINK, _GOOD = "FF1F2A44", "FF6B7588", "FF2F5C9E", "FF1E7B4B"
_SHADE, _TOTALS, _RULE = "FFDDE6F0", "FFF3F6FA", "FFE3E8EF"
_TEXT_FORMAT = "@"
_AMOUNT_FORMAT = "#,##0.00"
_VERDICT_FORMAT = '[Red]"不符";[Red]"不符";"通过"'


class Style(StrEnum):
    """The named styles of a workbook."""

    TEXT = "settle_text"
    PROSE = "settle_prose"
    TITLE = "settle_title"
    NOTE = "settle_note"
    WORDS = "settle_words"
    LINK = "settle_link"
    HEADING = "settle_heading"
    HEADING_OF_NUMBERS = "settle_heading_of_numbers"
    DAY = "settle_day"
    MOMENT = "settle_moment"
    NUMBER = "settle_number"
    COUNT = "settle_count"
    RATE = "settle_rate"
    AMOUNT = "settle_amount"
    TOTAL = "settle_total"
    TOTAL_NUMBER = "settle_total_number"
    TOTAL_TEXT = "settle_total_text"
    LABEL = "settle_label"
    SIGNATURE = "settle_signature"
    VERDICT = "settle_verdict"


FEN = frozenset({Style.AMOUNT, Style.TOTAL, Style.VERDICT})
_FORMATS = {
    Style.DAY: "yyyy-mm-dd",
    Style.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Style.NUMBER: "#,##0",
    Style.COUNT: "#,##0",
    Style.TOTAL_NUMBER: "#,##0",
    Style.RATE: "0.0%",
    Style.AMOUNT: _AMOUNT_FORMAT,
    Style.TOTAL: _AMOUNT_FORMAT,
    Style.VERDICT: _VERDICT_FORMAT,
    Style.LINK: "General",
}
_HEADINGS = {Style.HEADING, Style.HEADING_OF_NUMBERS}
_SUMS = {Style.TOTAL, Style.TOTAL_NUMBER, Style.TOTAL_TEXT}
_LISTED = {
    *(Style.TEXT, Style.PROSE, Style.DAY, Style.MOMENT),
    *(Style.NUMBER, Style.RATE, Style.AMOUNT, Style.VERDICT),
}
_BOLD = {Style.TITLE, Style.VERDICT, *_HEADINGS, *_SUMS}
_WRAPPED = {Style.PROSE, *_HEADINGS}
_COLOURS = {Style.NOTE: _FAINT, Style.LABEL: _FAINT, Style.LINK: _LINK, Style.VERDICT: _GOOD}
_SIZES = {Style.TITLE: 14}
_TO_THE_RIGHT = {
    *(Style.NUMBER, Style.RATE, Style.AMOUNT, Style.TOTAL, Style.TOTAL_NUMBER, Style.HEADING_OF_NUMBERS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The numbers under which a workbook knows its styles; `quoted` are those of text like a formula."""

    plain: Mapping[Style, str]
    quoted: Mapping[Style, str]


def add_styles(book: Workbook) -> None:
    """Make every named style known to `book`; once a book."""
    for style in Style:
        book.add_named_style(_named(style))


def looks(sheet: Worksheet) -> Looks:
    """The style numbers of the sheet's workbook, to which the styles have been added."""
    return Looks(
        plain={style: _number(sheet, style, quoted=False) for style in Style},
        quoted={style: _number(sheet, style, quoted=True) for style in Style},
    )


def _number(sheet: Worksheet, style: Style, *, quoted: bool) -> str:
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    cell.quotePrefix = quoted
    return str(cell.style_id)


def _named(style: Style) -> NamedStyle:
    named = NamedStyle(name=style.value, number_format=_FORMATS.get(style, _TEXT_FORMAT))
    named.font = Font(
        name=_FONT,
        size=_SIZES.get(style, _SIZE),
        bold=style in _BOLD,
        color=_COLOURS.get(style, _INK),
        underline="single" if style is Style.LINK else None,
    )
    named.alignment = Alignment(
        wrap_text=style in _WRAPPED,
        vertical="center",
        horizontal="right" if style in _TO_THE_RIGHT else "left",
        indent=0 if style is Style.TITLE else 1,
    )
    named.border = _border(style)
    if style in _HEADINGS | _SUMS:
        named.fill = PatternFill("solid", fgColor=_SHADE if style in _HEADINGS else _TOTALS)
    return named


def _border(style: Style) -> Border:
    if style is Style.SIGNATURE:
        return Border(bottom=Side(style="thin", color=_INK))
    return Border(bottom=Side(style="hair", color=_RULE)) if style in _LISTED else Border()
