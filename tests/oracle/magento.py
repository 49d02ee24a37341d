"""Magento 2: a credit memo divides what is left of a line by the pieces left, and the last memo takes the rest.

The discount is laid over the items by `SalesRule\\Model\\Rule\\Action\\Discount\\CartFixed` with `DeltaPriceRound`.
`Sales\\Model\\Order\\Creditmemo\\Total\\Discount` and `\\Tax` take (left / available × returned), rounded by
`Creditmemo::roundPrice`: one `Framework\\Math\\Calculator` a memo carries the rounding error of each figure into
the next, discounts with the sign turned. So the parts sum, but what a piece is worth depends on the memos
before it. Magento works in doubles; exact fractions stand here, which flatters it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from calculators.money import round_half_up
from tests.oracle.shopping import Order, Return, Returns

FIRST_DELTA = Fraction(1, 10_000)  # 0.000001 of the currency, in its minor unit.


@dataclass(slots=True, kw_only=True)
class Rounder:
    """Rounds prices one after the other and carries each one's rounding error into the next."""

    delta: Fraction = Fraction(0)

    def price(self, exact: Fraction, *, negative: bool = False) -> int:
        """The rounded price, in fen; a negative one takes the error carried so far the other way round."""
        if not exact:
            return 0
        sign = -1 if negative else 1
        carried = exact + sign * self.delta
        rounded = round_half_up(carried)
        self.delta = sign * (carried - rounded)
        return rounded


@dataclass(slots=True, kw_only=True)
class OrderItem:
    """What is left of one line: its pieces, and their price, discount and tax."""

    qty: int
    row_fen: int
    discount_fen: int
    tax_fen: int = 0


def refunds(order: Order, returns: Returns) -> list[int]:
    """What each credit memo comes to, in fen."""
    shares = discount_shares(order)
    items = [
        OrderItem(qty=line.qty, row_fen=line.worth_fen, discount_fen=share)
        for line, share in zip(order.lines, shares, strict=True)
    ]
    return [_memo(items, one)[0] for one in returns]


def taxes(item: OrderItem, quantities: Sequence[int]) -> list[int]:
    """The tax of each credit memo on so many pieces of one item."""
    return [_memo([item], {0: qty})[1] for qty in quantities]


def _memo(items: list[OrderItem], one: Return) -> tuple[int, int]:
    """The grand total of a credit memo and the tax in it; what it takes leaves the items."""
    rounder = Rounder()
    chosen = [(items[place], qty) for place, qty in one.items()]
    rows = [_part(rounder, item.row_fen, item, qty) for item, qty in chosen]
    discounts = [_part(rounder, item.discount_fen, item, qty, negative=True) for item, qty in chosen]
    tax = [_part(rounder, item.tax_fen, item, qty) for item, qty in chosen]
    for place, (item, qty) in enumerate(chosen):
        item.qty -= qty
        item.row_fen -= rows[place]
        item.discount_fen -= discounts[place]
        item.tax_fen -= tax[place]
    return sum(rows) - sum(discounts) + sum(tax), sum(tax)


def _part(rounder: Rounder, left_fen: int, item: OrderItem, qty: int, *, negative: bool = False) -> int:
    if qty == item.qty:
        return left_fen
    return rounder.price(Fraction(left_fen * qty, item.qty), negative=negative)


def discount_shares(order: Order) -> list[int]:
    """Each item's share of a fixed discount on the cart; the last one takes what is left."""
    rounder, left = Rounder(delta=FIRST_DELTA), order.discount_fen
    shares = []
    for line in order.lines[:-1]:
        exact = Fraction(order.discount_fen * line.worth_fen, order.worth_fen)
        shares.append(min(line.worth_fen, rounder.price(exact)))
        left -= shares[-1]
    return [*shares, min(order.lines[-1].worth_fen, left)]


def memo_total(item_fen: int, discount_fen: int, shipping: tuple[int, int], refund_shipping_fen: int) -> int:
    """A memo of one whole item as magento2#19899 saw it; `shipping` is its price and its own discount.

    A shipping refund of 0 counts as none asked for, and the whole shipping discount is still taken off.
    """
    price_fen, own_discount_fen = shipping
    basis_fen = refund_shipping_fen or price_fen
    shipping_discount = Fraction(basis_fen * own_discount_fen, price_fen)
    return item_fen + refund_shipping_fen - discount_fen - round_half_up(shipping_discount)
