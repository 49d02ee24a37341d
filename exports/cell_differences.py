"""Whether one cell of a file still is what the ledger makes it: texts to the letter, figures as figures.

Programs that only save a file write its numbers and formulas in their own way: 12.3 for 12.30, fifteen digits of
a moment, a sheet's name without quotes. None of that is a difference; a fen is.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from exports.cells import DAY_ZERO, Formula, Number, Value, digits, shown
from exports.sheet_xml import FoundCell
from exports.styles import Style

NOTHING = FoundCell("", "")
_QUOTES = re.compile(r"'([^'\[\]]+)'!")
_STRINGS = re.compile(r'("[^"]*")')
_DECIMALS = re.compile(r"(?<![0-9A-Za-z_.])[0-9]+\.[0-9]+")
_BLANKS = re.compile(r"\s+")
_A_TRIFLE, _OF_A_SUM, _HALF_A_SECOND = Decimal("0.000001"), Decimal("0.001"), Decimal("0.000006")
_FIFTEEN_DIGITS = Decimal("1E-14")


class Wrong(NamedTuple):
    """What is wrong with a cell (see `Finding.what`), what it says and what it should say."""

    what: str
    found: str
    due: str


def wrong(style: Style, due: Value, found: FoundCell) -> Wrong | None:
    """What is wrong with a cell in which `due` should stand; nothing where it follows from the ledger."""
    if due is None or due == "":
        return _wrong("value", due, style, found) if found.value or found.formula else None
    if isinstance(due, Formula):
        return _wrong_formula(due, style, found)
    if isinstance(due, str):
        same = found.kind == "text" and found.formula is None and found.value == shown(due)
    else:
        same = found.kind == "number" and found.formula is None and _same_number(style, due, found.value)
    return None if same else _wrong("value", due, style, found)


def said(style: Style, value: Value) -> str:
    """A value as people would write it down."""
    if isinstance(value, Formula):
        return f"={value.expression}"
    if value is None or isinstance(value, str):
        return shown(value or "")
    return value.isoformat() if isinstance(value, date) else digits(style, value)


def plain_formula(expression: str) -> str:
    """A formula without what programs write each in their own way: quotes around names, blanks, `of:=` marks.

    >>> plain_formula("SUM('明细'!$A$4:$A$9, 1.50)") == plain_formula("SUM(明细!$A$4:$A$9,1.5)")
    True
    """
    parts = _STRINGS.split(expression)
    outside = (_DECIMALS.sub(_short, _BLANKS.sub("", _QUOTES.sub(r"\1!", part))) for part in parts[::2])
    inside = (*parts[1::2], "")
    return "".join(f"{one}{text}" for one, text in zip(outside, inside, strict=True))


def _short(number: re.Match[str]) -> str:
    return number[0].rstrip("0").rstrip(".")


def _wrong_formula(due: Formula, style: Style, found: FoundCell) -> Wrong | None:
    if found.formula is None:
        return _wrong("hardened" if found.value else "value", due, style, found)
    if plain_formula(found.formula) != plain_formula(due.expression):
        return _wrong("formula", due, style, found)
    if not found.value or _shows(due, found):
        return None
    return Wrong("shown", found.value, due.shows)


def _shows(due: Formula, found: FoundCell) -> bool:
    if due.words:
        return found.kind == "text" and found.value == due.shows
    return found.kind == "number" and _near(found.value, Decimal(due.shows), _OF_A_SUM)


def _same_number(style: Style, due: Number, found: str) -> bool:
    written = digits(style, due)
    if found == written:
        return True
    wanted = Decimal(written)
    trifle = _HALF_A_SECOND if isinstance(due, datetime) else max(_A_TRIFLE, abs(wanted) * _FIFTEEN_DIGITS)
    return _near(found, wanted, trifle)


def _near(text: str, wanted: Decimal, by: Decimal) -> bool:
    try:
        return abs(Decimal(text) - wanted) <= by
    except InvalidOperation:
        return False


def _wrong(what: str, due: Value, style: Style, found: FoundCell) -> Wrong:
    stands = f"={found.formula}" if found.formula is not None else found.value
    if type(due) is date and found.kind == "number" and found.formula is None:
        stands = _as_day(found.value)
    return Wrong(what, stands, said(style, due))


def _as_day(text: str) -> str:
    """What stands in a cell of days as the day that a reader of the file sees; the text where it is none."""
    try:
        return (DAY_ZERO + timedelta(days=int(Decimal(text)))).isoformat()
    except (InvalidOperation, OverflowError):
        return text
