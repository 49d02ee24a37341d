"""From a cell to a typed value: the traps of the platforms' files, each undone in one place.

Cells come as `="3309…"`, with a leading apostrophe, a trailing TAB, a unit ("12.34元", "¥21.00"), an Excel
marker ("@4352…"), a single space, `null` or 无退款申请 for nothing, and with either comma in a status. What is
not exactly what the column says is a `BadCell`: nothing is guessed.
"""

import re
import sys
from collections.abc import Callable, Mapping
from datetime import datetime

from calculators.days import SHANGHAI
from calculators.errors import BadMoney
from calculators.money import parse_yuan
from cli.errors import BadCell

_FORMULA = re.compile(r'="([^"]*)"')
_NUMBER = re.compile(r"[0-9]{10,32}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}|[0-9]+\.0*")
_COUNT = re.compile(r"0|[1-9][0-9]{0,9}")
_WEIGHT = re.compile(r"(0|[1-9][0-9]{0,5})(?:\.([0-9]{1,3}))?(?:kg|KG|Kg|公斤)?", re.ASCII)
_WAYBILL = re.compile(r"[0-9A-Za-z]{8,32}", re.ASCII)
_MONTH = re.compile(r"(20[0-9]{2})-?(0[1-9]|1[0-2])(?:-?(?:0[1-9]|[12][0-9]|3[01]))?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|/[0-9]{1,2}/[0-9]{1,2})", re.ASCII)
_MOMENT = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2})|/([0-9]{1,2})/([0-9]{1,2})) ([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
)
# Hours to 23: later Pythons would read 24 as the next day's first.
_USUAL_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_NOTHING = frozenset({"", "null", "无退款申请"})
_YES = frozenset({"是", "需要", "需要退货", "退货退款", "换货", "补寄"})
_NO = frozenset({"否", "不需要", "不需要退货", "无需退货", "仅退款"})

Value = str | int | bool | datetime | None


def clean(cell: str) -> str:
    r"""The cell's own content: without blanks around it, the formula wrapper, the apostrophe, and `null`.

    >>> clean('="3309"\t'), clean("'138"), clean(" "), clean("null")
    ('3309', '138', '', '')
    """
    bare = cell.strip(" \t\r\n")
    # A file has millions of cells, of which hardly any is wrapped.
    wrapped = _FORMULA.fullmatch(bare) if bare.startswith("=") else None
    bare = wrapped.group(1) if wrapped else bare.removeprefix("'")
    return "" if bare in _NOTHING else bare


def read_cell(kind: str, cell: str) -> Value:
    """The typed value of a cleaned cell, None (or "" for a text) when blank; `BadCell` says what is wrong."""
    return _READERS[kind](cell)


def _text(cell: str) -> str:
    if _CONTROL.search(cell):
        raise BadCell("control_character")
    return sys.intern(cell)  # a month repeats its titles and states; each is held once


def _person(cell: str) -> str:
    """Whoever it names is not the ledger's to judge: what cannot be shown is left out, and nothing is a fault."""
    return _CONTROL.sub("", cell)


def _status(cell: str) -> str:
    return _text(cell).replace(",", "，")


def _number(cell: str) -> str | None:
    if not cell:
        return None
    if _SCIENTIFIC.fullmatch(cell):
        raise BadCell("damaged_number")
    if not _NUMBER.fullmatch(cell):
        raise BadCell("bad_number")
    return cell


def _signed(cell: str) -> int | None:
    if not cell:
        return None
    try:
        return parse_yuan(cell.removesuffix("元"))
    except BadMoney as error:
        raise BadCell("bad_money") from error


def _money(cell: str) -> int | None:
    return _of_sign(_signed(cell), +1)


def _income(cell: str) -> int:
    return _of_sign(_signed(cell), +1) or 0


def _expense(cell: str) -> int:
    return _of_sign(_signed(cell), -1) or 0


def _outgo(cell: str) -> int:
    """An expense that some years write with the minus and some without: below zero either way."""
    return -abs(_signed(cell) or 0)


def _marked_money(cell: str) -> int | None:
    """Money behind ¥; the platform's own sentence that a figure is not shown is none."""
    if "不会展示" in cell:
        return None
    return _money(cell.removeprefix("¥").removeprefix("￥"))


def _of_sign(fen: int | None, sign: int) -> int | None:
    if fen is not None and fen * sign < 0:
        raise BadCell("wrong_sign")
    return fen


def _count(cell: str) -> int | None:
    if not cell:
        return None
    if not _COUNT.fullmatch(cell):
        raise BadCell("bad_count")
    return int(cell)


def _moment(cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        if _USUAL_MOMENT.fullmatch(cell):
            return datetime.fromisoformat(cell).replace(tzinfo=SHANGHAI)
        found = _MOMENT.fullmatch(cell)
        if not found:
            raise BadCell("bad_moment")
        parts = [int(part) for part in found.groups() if part]
        year, month, day, hour, minute, second = (*parts, 0)[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError as error:
        raise BadCell("bad_moment") from error


def _day_or_moment(cell: str) -> datetime | None:
    return _moment(f"{cell} 00:00:00" if _DAY.fullmatch(cell) else cell)


def _month(cell: str) -> str | None:
    """A platform's 账期 as YYYY-MM: the month, or one day of it."""
    if not cell:
        return None
    found = _MONTH.fullmatch(cell)
    if not found:
        raise BadCell("bad_moment")
    return f"{found.group(1)}-{found.group(2)}"


def _weight(cell: str) -> int | None:
    """Kilograms, kept as grams."""
    if not cell:
        return None
    found = _WEIGHT.fullmatch(cell)
    if not found:
        raise BadCell("bad_weight")
    whole, part = found.groups()
    return int(whole) * 1000 + int((part or "").ljust(3, "0"))


def _waybill(cell: str) -> str | None:
    bare = cell.removeprefix("@")
    if not bare:
        return None
    if _SCIENTIFIC.fullmatch(bare):
        raise BadCell("damaged_number")
    if not _WAYBILL.fullmatch(bare):
        raise BadCell("bad_number")
    return bare


def _trade_kind(cell: str) -> str:
    if cell not in ("交易", "退款"):
        raise BadCell("bad_choice")
    return cell


def _yes_no(cell: str) -> bool | None:
    if not cell:
        return None
    if cell not in _YES | _NO:
        raise BadCell("bad_choice")
    return cell in _YES


_READERS: Mapping[str, Callable[[str], Value]] = {
    "text": _text,
    "person": _person,
    "status": _status,
    "number": _number,
    "money": _money,
    "signed": _signed,
    "marked_money": _marked_money,
    "income": _income,
    "expense": _expense,
    "outgo": _outgo,
    "count": _count,
    "moment": _moment,
    "day_or_moment": _day_or_moment,
    "month": _month,
    "weight": _weight,
    "waybill": _waybill,
    "trade_kind": _trade_kind,
    "yes_no": _yes_no,
}
