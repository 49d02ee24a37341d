"""One value, one cell: the only place where a cell comes to be, so that none says what it was not given.

openpyxl guesses a cell's type from its text: "=1+1" becomes a formula, "#REF!" an error, 40,000 characters
silently 32,767, and a decimal passes through a float. Here the type is always forced, the digits are written
as they stand, and what cannot be held exactly is refused. The single exception is a character that XML has no
place for: it is replaced visibly.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from calculators.days import SHANGHAI
from calculators.money import format_yuan
from exports.errors import BadCell
from exports.styles import FEN, Looks, Style

AMOUNT_FEN_MAX = 10**13
TEXT_UNITS_MAX = 32_767
DAY_MIN = date(1900, 3, 1)
DAY_ZERO = date(1899, 12, 30)
SECONDS_A_DAY = 86_400
_DAY_DIGITS = 10**10

_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "'")
_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula of ours: its expression without "=", and what it shows before anyone recalculates.

    What it shows is a number's digits, or some words where `words` says so.
    """

    expression: str
    shows: str
    words: bool = False


Number = int | date | datetime | Decimal
Value = str | Number | Formula | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a sheet: the style and the value of each of its cells, from column A."""

    styles: tuple[Style, ...]
    values: tuple[Value, ...]
    height: int | None = None


def shown(text: str) -> str:
    r"""The text as a cell shows it: itself, but for characters that XML cannot carry.

    Control characters, CR among them, become their pictures and half characters U+FFFD.

    >>> shown("A\x00B")
    'A␀B'
    """
    return text if text.isprintable() else _NO_XML.sub("\ufffd", text.translate(_CONTROL_PICTURES))


def row_xml(number: int, line: Line, looks: Looks) -> str:
    """Row `number` of a sheet as the file has it; `BadCell` for a value that no cell can hold."""
    cells = zip(_letters(len(line.values)), line.styles, line.values, strict=True)
    height = f' ht="{line.height}" customHeight="1"' if line.height else ""
    written = "".join(_cell(f"{letter}{number}", style, value, looks) for letter, style, value in cells)
    return f'<row r="{number}"{height}>{written}</row>'


def digits(style: Style, value: Number) -> str:
    """A number as the file has it: yuan for fen where the style is one of money, days since 1899-12-30 for days."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return _moment_digits(value)
    if isinstance(value, date):
        return str(_days(value))
    return yuan_digits(value) if style in FEN else str(value)


def yuan_digits(fen: int) -> str:
    """The digits of a checked amount; `BadCell` beyond 10^13 fen, `TypeError` for what is not an integer."""
    if type(fen) is not int:
        raise TypeError(f"{fen!r} is not an integer of fen")
    if abs(fen) > AMOUNT_FEN_MAX:
        raise BadCell(f"{fen} fen is beyond ±{AMOUNT_FEN_MAX}; a spreadsheet would not keep all its digits")
    return format_yuan(fen)


@cache
def _letters(count: int) -> tuple[str, ...]:
    return tuple(map(get_column_letter, range(1, count + 1)))


def _cell(reference: str, style: Style, value: Value, looks: Looks) -> str:
    look = looks.plain[style]
    if value is None or value == "":
        return f'<c r="{reference}" s="{look}"/>'
    if isinstance(value, str):
        quoted = looks.quoted[style] if value.startswith(_FORMULA_LEADS) else look
        text = f'<t xml:space="preserve">{escape(_text(value))}</t>'
        return f'<c r="{reference}" s="{quoted}" t="inlineStr"><is>{text}</is></c>'
    if isinstance(value, Formula):
        kind = ' t="str"' if value.words else ""
        content = f"<f>{escape(value.expression)}</f><v>{escape(value.shows)}</v>"
        return f'<c r="{reference}" s="{look}"{kind}>{content}</c>'
    return f'<c r="{reference}" s="{look}"><v>{digits(style, value)}</v></c>'


def _text(text: str) -> str:
    """The text as the file has it; `BadCell` beyond 32,767 characters."""
    if text.isprintable() and "_x" not in text and 2 * len(text) <= TEXT_UNITS_MAX:
        return text
    written = _LOOKS_ESCAPED.sub("_x005F_", shown(text))
    if len(written.encode("utf-16-le")) // 2 > TEXT_UNITS_MAX:
        raise BadCell(
            f"a text of {len(text)} characters ({text[:20]!r}…) does not fit a cell of {TEXT_UNITS_MAX};"
            " shorten it at its source"
        )
    return written


def _days(day: date) -> int:
    """The number of a real date; `BadCell` before 1900-03-01, from where spreadsheets agree on the calendar."""
    if day < DAY_MIN:
        raise BadCell(
            f"{day.isoformat()} is before {DAY_MIN.isoformat()}, the first day a spreadsheet dates right"
        )
    return (day - DAY_ZERO).days


def _moment_digits(moment: datetime) -> str:
    """The number of a moment, in Shanghai and to the second: days and ten digits of one, without a float."""
    there = moment.astimezone(SHANGHAI)
    seconds = (there.hour * 60 + there.minute) * 60 + there.second
    part = (seconds * _DAY_DIGITS * 2 + SECONDS_A_DAY) // (2 * SECONDS_A_DAY)
    return f"{_days(there.date())}.{part:010d}"
