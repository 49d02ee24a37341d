"""Money: exact yuan as integer fen, the one home of rounding and of splitting.

Amounts are stored, summed and compared as integers of fen; `Money` is what people see. A named amount is
rounded once, half up. Sums are split by two rules only: largest remainder across lines and tenders, and
cumulatively inside a line of equal units, so that parts always add up to what was paid.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from moneyed import CNY, Money

from calculators.errors import BadMoney
from calculators.masking import quoted

_YUAN = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d{1,2})?", re.ASCII)
FEN_PER_YUAN = 100
AMOUNT_FEN_MAX = 10**12


def parse_yuan(text: str) -> int:
    """The fen of a text such as "12.30"; `BadMoney` for a number, a third decimal, NaN or an exponent.

    >>> parse_yuan("12.3"), parse_yuan("-0.05"), parse_yuan("8")
    (1230, -5, 800)
    """
    if not isinstance(text, str) or not _YUAN.fullmatch(text):
        raise BadMoney(f"{quoted(text)} is not an amount of yuan with at most two decimals")
    whole, _, cents = text.partition(".")
    fen = abs(int(whole)) * FEN_PER_YUAN + int((cents + "00")[:2])
    return -fen if text.startswith("-") else fen


def format_yuan(fen: int) -> str:
    """Fen as people and files write them: yuan, two decimals, no separators.

    >>> format_yuan(-5), format_yuan(123456)
    ('-0.05', '1234.56')
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN_PER_YUAN}.{abs(fen) % FEN_PER_YUAN:02d}"


def as_money(fen: int) -> Money:
    """The same amount as a `Money` of yuan, for whoever shows or compares currencies."""
    return Money(Decimal(format_yuan(fen)), CNY)


def as_fen(money: Money) -> int:
    """The fen of a `Money` of yuan; `BadMoney` for another currency, a third decimal or NaN."""
    if money.currency != CNY:
        raise BadMoney(f"{money.currency} is not the book's currency, CNY")
    return parse_yuan(format(money.amount, "f"))


def round_half_up(exact: Fraction) -> int:
    """The nearest whole fen, halves away from zero, independent of any decimal context.

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(-5, 2)), round_half_up(Fraction(7, 3))
    (3, -3, 2)
    """
    doubled = 2 * abs(exact.numerator) + exact.denominator
    nearest = doubled // (2 * exact.denominator)
    return -nearest if exact < 0 else nearest


def allocate(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Split `total_fen` by `weights` with the largest remainder; ties go to the earlier part.

    Raises `ValueError` for a negative total, no weights, a negative weight or none above zero.

    >>> allocate(100, [1, 1, 1]), allocate(10000, [25300, 2500, 2200])
    ([34, 33, 33], [8434, 833, 733])
    """
    whole = sum(weights)
    if total_fen < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError(f"cannot split {total_fen} fen by {list(weights)}")
    parts = [total_fen * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total_fen * weights[i] % whole), i))
    for i in by_remainder[: total_fen - sum(parts)]:
        parts[i] += 1
    return parts


def cumulative_share(total_fen: int, units: int, before: int, after: int) -> int:
    """What units `before`+1 … `after` of `units` equal ones are worth: R(total·after/n) − R(total·before/n).

    It depends on how many came before, never on how they were grouped, and all units make up the total.
    Raises `ValueError` unless 0 ≤ before ≤ after ≤ units and units > 0.

    >>> [cumulative_share(10000, 3, k, k + 1) for k in range(3)]
    [3333, 3334, 3333]
    """
    if not 0 <= before <= after <= units or units <= 0:
        raise ValueError(f"units {before}..{after} of {units}")
    until_after = round_half_up(Fraction(total_fen * after, units))
    return until_after - round_half_up(Fraction(total_fen * before, units))
