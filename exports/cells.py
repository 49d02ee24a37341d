"""One value, one cell: the only place where a cell comes to be, so that none says what it was not given.

openpyxl guesses a cell's type from its text: "=1+1" becomes a formula, "#REF!" an error, 40,000 characters
silently 32,767, and a decimal passes through a float. Here the type is always forced, the digits are written
as they stand, and what cannot be held exactly is refused. The single exception is a character that XML has no
place for: it is replaced visibly.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from calculators.money import format_yuan
from exports.errors import BadCell
from exports.styles import Style

AMOUNT_FEN_MAX = 10**13
TEXT_UNITS_MAX = 32_767
DAY_MIN = date(1900, 3, 1)

_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "'")
_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula of ours: its expression without "=", and the number it shows before anyone recalculates."""

    expression: str
    shows: str


def shown(text: str) -> str:
    r"""The text as a cell shows it: itself, but for characters that XML cannot carry.

    Control characters, CR among them, become their pictures and half characters U+FFFD.

    >>> shown("A\x00B")
    'A␀B'
    """
    return _NO_XML.sub("\ufffd", text.translate(_CONTROL_PICTURES))


def text_cell(sheet: Worksheet, text: str | None, style: Style = Style.TEXT) -> Cell | None:
    """A cell of text, never a formula, whatever the text starts with; `BadCell` beyond 32,767 characters."""
    if text is None:
        return None
    written = _LOOKS_ESCAPED.sub("_x005F_", shown(text))
    if len(written.encode("utf-16-le")) // 2 > TEXT_UNITS_MAX:
        raise BadCell(
            f"a text of {len(text)} characters ({text[:20]!r}…) does not fit a cell of {TEXT_UNITS_MAX};"
            " shorten it at its source"
        )
    cell = _forced(sheet, written, "s", style)
    cell.quotePrefix = text.startswith(_FORMULA_LEADS)
    return cell


def amount_cell(sheet: Worksheet, fen: int, style: Style = Style.AMOUNT) -> Cell:
    """A cell of exact yuan from fen; `BadCell` beyond 10^13 fen, where spreadsheets start to lose digits."""
    return _forced(sheet, yuan_digits(fen), "n", style)


def yuan_digits(fen: int) -> str:
    """The digits of a checked amount; `BadCell` beyond 10^13 fen, `TypeError` for what is not an integer."""
    if type(fen) is not int:
        raise TypeError(f"{fen!r} is not an integer of fen")
    if abs(fen) > AMOUNT_FEN_MAX:
        raise BadCell(f"{fen} fen is beyond ±{AMOUNT_FEN_MAX}; a spreadsheet would not keep all its digits")
    return format_yuan(fen)


def number_cell(sheet: Worksheet, number: int, style: Style = Style.NUMBER) -> Cell:
    """A cell of a count or a sequence number."""
    return _forced(sheet, str(number), "n", style)


def day_cell(sheet: Worksheet, day: date, style: Style = Style.DAY) -> Cell:
    """A cell of a real date; `BadCell` before 1900-03-01, from where spreadsheets agree on the calendar."""
    if day < DAY_MIN:
        raise BadCell(
            f"{day.isoformat()} is before {DAY_MIN.isoformat()}, the first day a spreadsheet dates right"
        )
    cell = WriteOnlyCell(sheet, datetime(day.year, day.month, day.day))
    cell.style = style.value
    return cell


def formula_cell(sheet: Worksheet, formula: Formula, style: Style = Style.TOTAL) -> Cell:
    """A live formula; the only way by which a cell becomes one."""
    return _forced(sheet, f"={formula.expression}", "f", style)


def _forced(sheet: Worksheet, content: str, data_type: str, style: Style) -> Cell:
    cell = WriteOnlyCell(sheet, content)
    cell.data_type = data_type
    cell.style = style.value
    return cell
