"""How cells look: a handful of named styles, so that a reader can restyle a whole workbook in one place."""

from enum import StrEnum

from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.workbook import Workbook

_TEXT_FORMAT = "@"
_AMOUNT_FORMAT = "#,##0.00"
_VERDICT_FORMAT = '"不符";"不符";"通过"'


class Style(StrEnum):
    """The named styles of a workbook."""

    TEXT = "settle_text"
    PROSE = "settle_prose"
    HEADING = "settle_heading"
    DAY = "settle_day"
    NUMBER = "settle_number"
    AMOUNT = "settle_amount"
    TOTAL = "settle_total"
    TOTAL_TEXT = "settle_total_text"
    VERDICT = "settle_verdict"


_FORMATS = {
    Style.TEXT: _TEXT_FORMAT,
    Style.PROSE: _TEXT_FORMAT,
    Style.HEADING: _TEXT_FORMAT,
    Style.DAY: "yyyy-mm-dd",
    Style.NUMBER: "0",
    Style.AMOUNT: _AMOUNT_FORMAT,
    Style.TOTAL: _AMOUNT_FORMAT,
    Style.TOTAL_TEXT: _TEXT_FORMAT,
    Style.VERDICT: _VERDICT_FORMAT,
}
_BOLD = {Style.HEADING, Style.TOTAL, Style.TOTAL_TEXT, Style.VERDICT}
_WRAPPED = {Style.PROSE, Style.HEADING}


def add_styles(book: Workbook) -> None:
    """Make every named style known to `book`; once a book."""
    for style, number_format in _FORMATS.items():
        book.add_named_style(_named(style, number_format))


def _named(style: Style, number_format: str) -> NamedStyle:
    named = NamedStyle(name=style.value, number_format=number_format)
    named.font = Font(bold=style in _BOLD)
    named.alignment = Alignment(wrap_text=style in _WRAPPED, vertical="top")
    if style is Style.HEADING:
        named.fill = PatternFill("solid", fgColor="DDE6F0")
    return named
