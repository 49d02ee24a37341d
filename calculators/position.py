"""Where an order stands: what each line, the freight and each tender are still worth after earlier claims.

The opening position follows from the order alone; each settled claim moves it on. Every ceiling, split and
once-only rule reads it, so that whatever was settled before counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from calculators.errors import BadCase
from calculators.facts import Coupon, Line, Order, Settled
from calculators.money import FEN_PER_YUAN, allocate
from calculators.shares import Mark, Purse, Share

MarkName = Literal["extra", "lowered", "kept_low", "reordered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePosition:
    """One line: what its pieces are worth, its share of the freight, and what it has already used up.

    `extra` was paid on top for dearer replacements, `lowered` given back for cheaper ones, `kept_low` for goods kept
    although they were late, `reordered` for pre-sale goods ordered again.
    """

    line: Line
    paid_fen: int
    coupon_fen: int
    value: Share
    postage: Share
    extra: Mark
    lowered: Mark
    kept_low: Mark
    reordered: Mark
    noreason_cases: int = 0
    repaired_fen: int = 0
    late_fen: int = 0
    late_units: int = 0

    @property
    def given_fen(self) -> int:
        """What has been given back for this line so far."""
        return self.paid_fen - self.value.left_fen

    def without(self, units: int) -> "LinePosition":
        """The line after its next `units` pieces have come back; what was paid on top is left to `extra`."""
        return replace(
            self,
            value=self.value.take(units)[1],
            postage=self.postage.take(units)[1],
            lowered=self.lowered.take(units)[1],
            kept_low=self.kept_low.take(units)[1],
            reordered=self.reordered.take(units)[1],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensated:
    """What was paid for one finding of the platform: on which line, for how many pieces, on which day."""

    finding: str
    line: int
    units: int
    on: date
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """An order between two claims. `escrow_fen` and `liability_fen` are what the platform and we still hold."""

    lines: Mapping[int, LinePosition]
    purse: Purse
    paid: Purse
    postage_fen: int
    escrow_fen: int
    liability_fen: int
    postage_given_fen: int = 0
    overpaid_given_fen: int = 0
    coupon_given_fen: int = 0
    commission_base_fen: int = 0
    penalty_fen: int = 0
    over_invoice_fee_fen: int = 0
    card_fee_fen: int = 0
    surcharge_fen: int = 0
    missed_coupon_given: bool = False
    ended: bool = False
    compensated: tuple[Compensated, ...] = ()
    outbound_charged_fen: int = 0

    @property
    def units_left(self) -> int:
        """Pieces that are still with the buyer, over all lines."""
        return sum(line.value.units_left for line in self.lines.values())

    @property
    def goods_paid_fen(self) -> int:
        """What was paid for the goods, points included, freight not."""
        return sum(line.paid_fen for line in self.lines.values())

    @property
    def postage_left_fen(self) -> int:
        """The freight paid by the buyer and not given back."""
        return self.postage_fen - self.postage_given_fen

    def with_line(self, number: int, line: LinePosition) -> "Position":
        """The same position with one line moved on."""
        return replace(self, lines={**self.lines, number: line})

    def marked(self, mark: MarkName, number: int, units: int, fen: int) -> "Position":
        """The same position after `fen` more (less, where negative) under a mark of a line's next `units` pieces."""
        line = self.lines[number]
        moved = {mark: getattr(line, mark).moved(units, fen)}
        return self.with_line(number, replace(line, **moved))


def opening(order: Order, points_fen: int, jifenbao_fen: int) -> Position:
    """The position of an order before any claim; `BadCase` where coupon or points exceed the order (003-1d)."""
    coupons = _coupon_shares(order)
    paid = {line.line: _paid(line, coupons[line.line]) for line in order.lines}
    total = sum(paid.values()) + order.postage_fen
    if points_fen + jifenbao_fen > total:
        path = "order.points" if points_fen > total else "order.jifenbao"
        raise BadCase(path, "is worth more than the whole order")
    cash = total - points_fen - jifenbao_fen
    collected = 0 if order.payment == "cod" else cash
    purse = Purse(cash_fen=cash, points_fen=points_fen, jifenbao_fen=jifenbao_fen)
    freight = _freight_shares(order, paid)
    return Position(
        lines={line.line: _opening_line(line, paid, coupons, freight) for line in order.lines},
        purse=purse,
        paid=purse,
        postage_fen=order.postage_fen,
        escrow_fen=collected,
        liability_fen=0 if order.payment == "cod" else total,
    )


def _opening_line(
    line: Line, paid: Mapping[int, int], coupons: Mapping[int, int], freight: Mapping[int, int]
) -> LinePosition:
    untouched = Mark(share=Share(base_fen=0, units=line.qty))
    return LinePosition(
        line=line,
        paid_fen=paid[line.line],
        coupon_fen=coupons[line.line],
        value=Share(base_fen=paid[line.line], units=line.qty),
        postage=Share(base_fen=freight[line.line], units=line.qty),
        extra=untouched,
        lowered=untouched,
        kept_low=untouched,
        reordered=untouched,
    )


def _paid(line: Line, coupon_fen: int) -> int:
    return line.paid_fen if line.paid_fen is not None else line.price_fen * line.qty - coupon_fen


def _coupon_shares(order: Order) -> dict[int, int]:
    """The coupon's share of each line, by price after item promotions (003-1d)."""
    shares = dict.fromkeys((line.line for line in order.lines), 0)
    if order.coupon:
        eligible = [line for line in order.lines if covers(order.coupon, line)]
        if all(line.paid_fen is not None for line in eligible):
            return shares
        amount = order.coupon.amount_fen
        weights = [line.price_fen * line.qty for line in eligible]
        if amount > sum(weights):
            raise BadCase("order.coupon.amount", "is more than the goods it is for")
        parts = allocate(amount, weights) if amount else [0] * len(weights)
        shares.update(zip((line.line for line in eligible), parts, strict=True))
    return shares


def covers(coupon: Coupon, line: Line) -> bool:
    """Whether the coupon is for this line."""
    return not coupon.lines or line.line in coupon.lines


def _freight_shares(order: Order, paid: Mapping[int, int]) -> dict[int, int]:
    """The freight's share of each line, by what was paid for it, by pieces where nothing was (001-1.3R)."""
    weights = [paid[line.line] for line in order.lines]
    if not any(weights):
        weights = [line.qty for line in order.lines]
    parts = allocate(order.postage_fen, weights)
    return dict(zip((line.line for line in order.lines), parts, strict=True))


def in_fen(units: int, per_yuan: int) -> int:
    """The worth in fen of points or 集分宝 at so many a yuan."""
    return units * FEN_PER_YUAN // per_yuan


def in_units(fen: int, per_yuan: int) -> int:
    """How many points or 集分宝 are worth so many fen."""
    return fen * per_yuan // FEN_PER_YUAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the ledger knows to have been given for one claim: settled amounts, points and 集分宝 in fen."""

    settled: Settled
    points_fen: int
    jifenbao_fen: int
    path: str


def overruled(before: Position, after: Position, given: Given) -> Position:
    """`after` with the amounts that the ledger knows to have been given instead of those derived again.

    `BadCase` where more was given for a line or for the freight than was left of it.
    """
    settled = given.settled
    _check_settled(before, given)
    lines = {number: _as_settled(before, line, settled) for number, line in after.lines.items()}
    derived = before.purse.total_fen - after.purse.total_fen
    total = sum(settled.lines.values()) + settled.postage_fen
    in_kind = Purse(points_fen=given.points_fen, jifenbao_fen=given.jifenbao_fen)
    taken = replace(in_kind, cash_fen=max(total - in_kind.total_fen, 0))
    less = derived - total
    less_cash = before.purse.cash_fen - after.purse.cash_fen - taken.cash_fen
    return replace(
        after,
        lines=lines,
        purse=before.purse.minus(before.purse.held(taken)),
        postage_given_fen=before.postage_given_fen + settled.postage_fen,
        escrow_fen=_moved(before.escrow_fen, after.escrow_fen, less_cash),
        liability_fen=_moved(before.liability_fen, after.liability_fen, less),
    )


def _check_settled(before: Position, given: Given) -> None:
    for number, fen in given.settled.lines.items():
        if fen > before.lines[number].value.left_fen:
            raise BadCase(f"{given.path}.lines.{number}", "is more than was left of the line")
    if given.settled.postage_fen > before.postage_left_fen:
        raise BadCase(f"{given.path}.postage", "is more than was left of the freight")


def _as_settled(before: Position, line: LinePosition, settled: Settled) -> LinePosition:
    number = line.line.line
    left = before.lines[number].value.left_fen - settled.lines.get(number, 0)
    if left == line.value.left_fen:
        return line
    return replace(line, value=Share(base_fen=left, units=line.value.units_left))


def _moved(before_fen: int, after_fen: int, less_fen: int) -> int:
    """A balance that the claim moved, when `less_fen` less than derived was really given."""
    return after_fen if after_fen == before_fen else max(after_fen + less_fen, 0)
