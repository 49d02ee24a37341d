"""Solidus and Spree: a piece is worth its share of the line less its share of the order's adjustments.

`Spree::Calculator::Returns::DefaultRefundAmount#compute` divides line total by quantity and weighs the order's
adjustments by it; `ReturnItem#amount` keeps four decimals; `Reimbursement#calculated_total` rounds the sum of
one reimbursement down, so that consecutive returns never pay more than was billed. They pay less instead.
`scaled_credit_lines` is the proposal of spree PR#14467, and `unit_price_fen` what solidus#1564 asks for.
"""

from fractions import Fraction

from calculators.money import round_half_up
from tests.oracle.shopping import Order, Return, Returns

DECIMALS_KEPT = 100  # Four decimals of the currency are hundredths of its minor unit.


def refunds(order: Order, returns: Returns) -> list[int]:
    """What each reimbursement comes to, in fen."""
    return [_reimbursement(order, one) for one in returns]


def _reimbursement(order: Order, one: Return) -> int:
    items = sum(_return_item(order, place) * qty for place, qty in one.items())
    return int(items)


def _return_item(order: Order, place: int) -> Fraction:
    line = order.lines[place]
    weighted = Fraction(line.worth_fen, line.qty)
    exact = weighted - order.discount_fen * weighted / order.worth_fen
    return Fraction(round_half_up(exact * DECIMALS_KEPT), DECIMALS_KEPT)


def unit_price_fen(line_fen: int, qty: int) -> Fraction:
    """The price of one piece of a line, exact."""
    return Fraction(line_fen, qty)


def scaled_credit_lines(lines_fen: list[int], amount_fen: int) -> list[int]:
    """Each credited line scaled to a capped amount and rounded by itself."""
    whole = sum(lines_fen)
    return [round_half_up(Fraction(fen * amount_fen, whole)) for fen in lines_fen]
