"""The sheet on which one claim is worked out, line by line, before it is signed as a settlement.

Beside what any sheet gathers it knows the order, counts what goes out by each channel, and moves the order's
position on.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from calculators.days import days_between
from calculators.facts import Claim, Order
from calculators.position import Position, in_units
from calculators.settlement import Ceiling, Settlement, ToBuyer
from calculators.shares import Purse
from calculators.sheet import Sheet
from calculators.wording import say

AFTER_SALE = "after_sale_days"


@dataclass(slots=True, kw_only=True)
class Channels:
    """What goes out by each channel so far, in fen; points and 集分宝 by their worth."""

    order: int = 0
    alipay: int = 0
    points: int = 0
    jifenbao: int = 0
    coupon: int = 0
    red_packet: int = 0


@dataclass(slots=True, kw_only=True)
class Worksheet(Sheet):
    """One claim being worked out: the facts it starts from, and what has been written so far."""

    order: Order
    claim: Claim
    start: Position
    position: Position
    out: Channels = field(default_factory=Channels)
    from_buyer_fen: int = 0
    unbooked_fen: int = 0
    extra_ceilings: list[Ceiling] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Before 交易成功 and before its last piece came back: the money is still with the platform."""
        return not (self.start.ended or happened(self.order.confirmed_at, self.at))

    @property
    def is_cod(self) -> bool:
        """Cash on delivery: no escrow ever held the money."""
        return self.order.payment == "cod"

    @property
    def takes_transfers_only(self) -> bool:
        """No refund application is possible: no escrow held the cash, the order has ended, or its days are over."""
        return self.is_cod or self.start.ended or self.application_closed

    @property
    def application_closed(self) -> bool:
        """Whether the platform's days for an application after success are over, where its rules name any."""
        confirmed = self.order.confirmed_at
        if confirmed is None or not happened(confirmed, self.at) or not self.terms.governs(AFTER_SALE):
            return False
        name = "after_sale_long_days" if self.order.long_after_sale else AFTER_SALE
        return days_between(confirmed, self.claim.asked_at) > self.terms.number(name)

    @property
    def seller_fault(self) -> bool:
        """Whether the shop (or its courier) is to blame, so that the buyer bears nothing."""
        return self.claim.at_fault != "buyer"

    def units(self) -> tuple[tuple[int, int], ...]:
        """The claimed lines and pieces; without any, everything not yet returned."""
        if self.claim.lines:
            return tuple((part.line, part.qty) for part in self.claim.lines)
        left = ((number, line.value.units_left) for number, line in self.start.lines.items())
        return tuple((number, qty) for number, qty in left if qty)

    def pay_cash(self, fen: int, channel: str) -> None:
        """Pay money of the shop's own by `order`, `alipay` or `coupon`.

        An order can give back no more than the platform still holds for it; what exceeds that goes by Alipay.
        """
        if channel == "order" and self.is_open:
            by_order = min(fen, self.position.escrow_fen)
            self.position = replace(self.position, escrow_fen=self.position.escrow_fen - by_order)
            self.out.order += by_order
            self.out.alipay += fen - by_order
        else:
            setattr(self.out, channel, getattr(self.out, channel) + fen)

    def signed(self) -> tuple[Settlement, Position]:
        """The settlement as it stands, and where the order stands after it."""
        after = self.start if self.refused else self.position
        state = "open" if self.is_open else "closed"
        if self.refused:
            return self.settled(self.claim.kind, state), after
        self._say_closed()
        settlement = self.settled(
            self.claim.kind,
            state,
            to_buyer=self._to_buyer(),
            in_kind_fen=self.out.points + self.out.jifenbao - self.unbooked_fen,
            from_buyer_fen=self.from_buyer_fen,
            ceilings=ceilings(self.start, after) + tuple(self.extra_ceilings),
        )
        return settlement, after

    def _say_closed(self) -> None:
        """Why an order's money goes by Alipay: the platform takes no application on it any more."""
        if self.out.alipay and self.application_closed:
            text = say("交易成功后的售后期已过,改走支付宝", "no application on the order any more: by Alipay")
            self.advise("APPLICATION_CLOSED", self.terms.used(AFTER_SALE)[0].rule, text)

    def _to_buyer(self) -> ToBuyer:
        return ToBuyer(
            order_fen=self.out.order,
            alipay_fen=self.out.alipay,
            points=in_units(self.out.points, self.terms.number("points_per_yuan")),
            jifenbao=in_units(self.out.jifenbao, self.terms.number("jifenbao_per_yuan")),
            coupon_fen=self.out.coupon,
            red_packet_fen=self.out.red_packet if self.terms.packs else None,
        )


def happened(moment: datetime | None, by: datetime) -> bool:
    """Whether something has happened by a moment."""
    return moment is not None and moment <= by


def ceilings(before: Position, after: Position) -> tuple[Ceiling, ...]:
    """Every line, the freight and each tender: paid, given back before this claim and after it."""
    lines = tuple(
        Ceiling(
            what=f"line {number}",
            paid_fen=line.paid_fen,
            before_fen=before.lines[number].given_fen,
            after_fen=line.given_fen,
        )
        for number, line in after.lines.items()
    )
    freight = Ceiling(
        what="postage",
        paid_fen=after.postage_fen,
        before_fen=before.postage_given_fen,
        after_fen=after.postage_given_fen,
    )
    return (*lines, freight, *_tender_ceilings(before.paid, before.purse, after.purse))


def _tender_ceilings(paid: Purse, before: Purse, after: Purse) -> tuple[Ceiling, ...]:
    return tuple(
        Ceiling(
            what=tender.removesuffix("_fen"),
            paid_fen=getattr(paid, tender),
            before_fen=getattr(paid, tender) - getattr(before, tender),
            after_fen=getattr(paid, tender) - getattr(after, tender),
        )
        for tender in ("cash_fen", "points_fen", "jifenbao_fen")
    )
