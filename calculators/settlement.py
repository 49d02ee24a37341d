"""The settlement: what a calculator answers, as a tree that a person and a machine can each read.

Items are signed from the buyer's side. Movements are the shop's own side of it, which the buyer never sees
and which `ledger.posting_rules` books.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from calculators.terms import Used
from calculators.wording import Text

BESIDE_THE_BUYER = frozenset(
    {
        "courier_claim",
        "staff_fine",
        "staff_reward",
        "part_cost",
        "gift_cost",
        "extra_freight",
        "invoice_postage",
        "card_fee",
        "platform_commission",
        "inventory_loss",
        "sale_kept",
        "coupon_breakage",
        "coupon_used",
        "violation_points",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One named amount: its clause, channel, formula, the facts and parameters in it, exact and rounded."""

    item: str
    rule: str
    amount_fen: int
    channel: str
    formula: str
    exact: Fraction
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Used, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplied:
    """An item that was looked at and not given, and the clause and reason why."""

    item: str
    rule: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """A warning: a conflict of the manuals, a tier's boundary or a platform rule."""

    id: str
    rule: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A fact that must happen, or a person who must agree, before anything is paid."""

    what: str
    rule: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """How much of something was paid, and how much of it has been given back before and after."""

    what: str
    paid_fen: int
    before_fen: int
    after_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One thing that happens on the shop's own side, such as a courier's bill or the end of an order."""

    what: str
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBuyer:
    """What the buyer gets through each channel; points and 集分宝 in units, the rest in fen.

    赔付红包 is a channel of the platform's own rules: None where no platform pack is active.
    """

    order_fen: int = 0
    alipay_fen: int = 0
    points: int = 0
    jifenbao: int = 0
    coupon_fen: int = 0
    statement_fen: int = 0
    red_packet_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The whole answer to one case. `state` is `open` or `closed` for a claim, else the kind of question."""

    decision: str
    kind: str
    state: str
    to_buyer: ToBuyer = ToBuyer()
    in_kind_fen: int = 0
    from_buyer_fen: int = 0
    items: tuple[Item, ...] = ()
    not_applied: tuple[NotApplied, ...] = ()
    awaits: tuple[Awaited, ...] = ()
    approvals: tuple[Awaited, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    movements: tuple[Movement, ...] = ()

    def item_sum(self, name: str) -> int:
        """All items of a name together, in fen."""
        return sum(item.amount_fen for item in self.items if item.item == name)
