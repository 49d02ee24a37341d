"""Random orders and random ways of sending them back: what every formula in this folder is tried on.

An order has one discount over all of it. Its pieces come back in a random sequence, cut into random groups;
each group is one return, refunded on its own after those before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

LINES_MAX, QTY_MAX = 4, 6
CHEAP_FEN_MAX, DEAR_FEN_MAX = 400, 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """So many equal pieces at a price each."""

    unit_fen: int
    qty: int

    @property
    def worth_fen(self) -> int:
        """The price of the whole line before the order's discount."""
        return self.unit_fen * self.qty


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Lines, and what was taken off all of them together."""

    lines: tuple[Line, ...]
    discount_fen: int

    @property
    def worth_fen(self) -> int:
        """The price of all lines before the discount."""
        return sum(line.worth_fen for line in self.lines)

    @property
    def paid_fen(self) -> int:
        """What the buyer paid."""
        return self.worth_fen - self.discount_fen


# One return: how many pieces of each line, by the line's place from 0.
Return = dict[int, int]
Returns = Sequence[Return]
# A shop system's formula: what it pays for each return, in fen, made one after the other.
Refunds = Callable[[Order, Returns], list[int]]


def random_order(random: Random) -> Order:
    """One to four lines of one to six pieces, and a discount of anything up to half of it."""
    lines = tuple(_line(random) for _ in range(random.randint(1, LINES_MAX)))
    worth_fen = sum(line.worth_fen for line in lines)
    return Order(lines=lines, discount_fen=random.randint(0, worth_fen // 2))


def _line(random: Random) -> Line:
    unit_fen = random.randint(1, random.choice([CHEAP_FEN_MAX, DEAR_FEN_MAX]))
    return Line(unit_fen=unit_fen, qty=random.randint(1, QTY_MAX))


def random_returns(random: Random, order: Order) -> list[Return]:
    """Every piece of an order, in a random sequence cut at random places."""
    pieces = [place for place, line in enumerate(order.lines) for _ in range(line.qty)]
    random.shuffle(pieces)
    groups = []
    while pieces:
        size = random.randint(1, len(pieces))
        groups.append(counted(pieces[:size]))
        pieces = pieces[size:]
    return groups


def counted(places: Sequence[int]) -> Return:
    """A return from one line's place a piece."""
    return {place: places.count(place) for place in sorted(set(places))}


def at_once(returns: Returns) -> Return:
    """The same pieces sent back as one return."""
    return counted([place for one in returns for place, qty in one.items() for _ in range(qty)])
