"""Saleor: the discount goes over the lines, then a line becomes a rounded unit price, which is refunded.

`propagate_order_discount_on_order_lines_prices` (order/base_calculations.py) gives each line its rounded share
and the last one the rest; the tax calculations keep `unit_price = quantize_price(total / quantity)`; a granted
refund (`OrderGrantRefundCreate.calculate_amount`) is `unit_price_gross_amount * quantity`.
"""

from fractions import Fraction

from calculators.money import round_half_up
from tests.oracle.shopping import Order, Return, Returns


def refunds(order: Order, returns: Returns) -> list[int]:
    """What is granted for each return, in fen."""
    units = [
        round_half_up(Fraction(line.worth_fen - share, line.qty))
        for line, share in zip(order.lines, discount_shares(order), strict=True)
    ]
    return [_granted(units, one) for one in returns]


def _granted(units: list[int], one: Return) -> int:
    return sum(units[place] * qty for place, qty in one.items())


def discount_shares(order: Order) -> list[int]:
    """Each line's share of the order's discount: rounded, and the last takes what is left."""
    exact = [Fraction(line.worth_fen * order.discount_fen, order.worth_fen) for line in order.lines[:-1]]
    shares = [round_half_up(share) for share in exact]
    return [*shares, order.discount_fen - sum(shares)]
