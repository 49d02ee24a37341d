"""Vendure: the discount is prorated over the lines, a piece has a rounded price, and pieces are refunded at it.

`prorate` (order-calculator/prorate.ts) floors each share and hands what is missing to the largest errors, by
the lines' live quantities; `OrderLine.proratedUnitPriceWithTax` rounds the line's price less its share per
piece; the refund is that times the quantity (`calculateRefundTotal` of the dashboard, and
`calculateRefundAdjustment` of the order modifier).
"""

from fractions import Fraction

from calculators.money import round_half_up
from tests.oracle.shopping import Order, Return, Returns


def refunds(order: Order, returns: Returns) -> list[int]:
    """What is refunded for each return, in fen."""
    shares = prorate([line.worth_fen for line in order.lines], order.discount_fen)
    units = [
        round_half_up(line.unit_fen - Fraction(share, line.qty))
        for line, share in zip(order.lines, shares, strict=True)
    ]
    return [_refund(units, one) for one in returns]


def _refund(units: list[int], one: Return) -> int:
    return sum(units[place] * qty for place, qty in one.items())


def prorate(weights: list[int], amount_fen: int) -> list[int]:
    """Shares of an amount by weight: floors, then one more to the largest error, the earlier of equals."""
    whole = sum(weights)
    exact = [Fraction(amount_fen * weight, whole) for weight in weights]
    shares = [int(share) for share in exact]
    errors = [share - int(share) for share in exact]
    for _ in range(amount_fen - sum(shares)):
        largest = errors.index(max(errors))
        shares[largest] += 1
        errors[largest] -= 1
    return shares


def left_to_pay(order: Order, cancelled: set[int]) -> list[int]:
    """What each line pays after some were cancelled: their share of the discount moves to those that stay."""
    weights = [0 if place in cancelled else line.worth_fen for place, line in enumerate(order.lines)]
    shares = prorate(weights, order.discount_fen)
    return [max(weight - share, 0) for weight, share in zip(weights, shares, strict=True)]
