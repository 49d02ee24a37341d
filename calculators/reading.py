"""Small strict readers of JSON values: each takes a value and its path, and refuses with that path.

They know nothing of settlements. `case_reader` puts them together into the case format.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from calculators.days import parse_day, parse_moment, parse_month
from calculators.errors import BadCase, BadMoney
from calculators.masking import mask
from calculators.money import AMOUNT_FEN_MAX, FEN_PER_YUAN, parse_yuan

Reader = Callable[[Any, str], Any]

_RATE = re.compile(r"(0|[1-9]\d{0,3})(\.\d{1,6})?", re.ASCII)
_WORD = re.compile(r"[a-z_]{1,24}", re.ASCII)
_UNITS_MAX = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of an object: how its value is read, the record field it fills, and whether it must be there."""

    read: Reader
    field: str = ""
    required: bool = False


def text(value: Any, path: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise BadCase(path, "must be a text")
    return value


def flag(value: Any, path: str) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise BadCase(path, "must be true or false")
    return value


def yuan(value: Any, path: str) -> int:
    """Fen of a text of yuan, zero or more."""
    try:
        fen = parse_yuan(value)
    except BadMoney as problem:
        raise BadCase(path, str(problem)) from None
    if not 0 <= fen <= AMOUNT_FEN_MAX:
        raise BadCase(path, f"{mask(value)} is below zero or beyond {AMOUNT_FEN_MAX // FEN_PER_YUAN} yuan")
    return fen


def count(value: Any, path: str) -> int:
    """A whole number, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _UNITS_MAX:
        raise BadCase(path, "must be a whole number, zero or more")
    return value


def pieces(value: Any, path: str) -> int:
    """A whole number, one or more."""
    if count(value, path) == 0:
        raise BadCase(path, "must be at least one")
    return int(value)


def rate(value: Any, path: str) -> Fraction:
    """An exact rate or factor written as a decimal text."""
    if not isinstance(value, str) or not _RATE.fullmatch(value):
        raise BadCase(path, 'must be a text such as "0.85"')
    return Fraction(value)


def factor(value: Any, path: str) -> Fraction:
    """An exact factor from nothing to the whole."""
    found = rate(value, path)
    if found > 1:
        raise BadCase(path, f"{value} is more than the whole")
    return found


def day(value: Any, path: str) -> date:
    """A day YYYY-MM-DD that exists."""
    found: date = _dated(parse_day, value, path)
    return found


def moment(value: Any, path: str) -> datetime:
    """An ISO 8601 moment, Shanghai where it names no offset."""
    found: datetime = _dated(parse_moment, value, path)
    return found


def month(value: Any, path: str) -> str:
    """A month YYYY-MM."""
    return str(_dated(parse_month, value, path))


def _dated(parse: Callable[[str], Any], value: Any, path: str) -> Any:
    try:
        return parse(value)
    except ValueError as problem:
        raise BadCase(path, str(problem)) from None


def one_of(*words: str) -> Reader:
    """A reader of one of the given words."""

    def read(value: Any, path: str) -> str:
        if value not in words:
            raise BadCase(path, f"must be one of {', '.join(words)}")
        return str(value)

    return read


def many(read_one: Reader, *, least: int = 0) -> Reader:
    """A reader of a list of at least `least` values, as a tuple."""

    def read(value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) < least:
            raise BadCase(path, f"must be a list of at least {least}")
        return tuple(read_one(one, f"{path}[{place}]") for place, one in enumerate(value))

    return read


def record(make: Callable[..., Any], keys: Mapping[str, Key]) -> Reader:
    """A reader of an object into what `make` builds from its fields."""

    def read(value: Any, path: str) -> Any:
        return make(**fields(value, path, keys))

    return read


def fields(value: Any, path: str, keys: Mapping[str, Key]) -> dict[str, Any]:
    """The fields of an object; `null` is as good as missing, an unknown key is refused where it stands."""
    if not isinstance(value, dict):
        raise BadCase(path, "must be an object")
    for name in value:
        if name not in keys:
            raise BadCase(join(path, unknown(name)), "is not a key of the case format")
    found = {}
    for name, key in keys.items():
        if value.get(name) is not None:
            found[key.field or name] = key.read(value[name], join(path, name))
        elif key.required:
            raise BadCase(join(path, name), "is missing")
    return found


def unknown(name: str) -> str:
    """A key that is none, as a message may name it: whole where it is a word of small letters, else masked.

    >>> unknown("recieved_at"), unknown("13800138000"), unknown("张三")
    ('recieved_at', '138****8000', '张*')
    """
    return name if _WORD.fullmatch(name) else mask(name)


def join(path: str, name: str) -> str:
    """The path of a key inside the object at `path`."""
    return f"{path}.{name}" if path else name
