"""The facts of one case, as frozen records: everything a calculator may know.

`case_reader` makes them from the JSON of a case file. Money is integer fen, moments are aware, days are
Shanghai days, and a missing value is what the case format says it means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from calculators.further_questions import FurtherQuestion

SELLER_CAUSES = frozenset({"quality", "wrong_item", "mismatch", "micro_flaw", "late", "out_of_stock"})
COURIER_CAUSES = frozenset({"lost", "missing"})
BUYER_CAUSES = frozenset({"size", "style", "colour", "no_reason"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an order: `price_fen` a unit after item promotions, `paid_fen` the platform's allocation.

    `presale_form` is `full` or `deposit`; `custom` goods are made to order.
    """

    line: int
    qty: int
    price_fen: int
    sku: str = ""
    special_price: bool = False
    presale: bool = False
    presale_form: str = "full"
    custom: bool = False
    paid_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """The one coupon of an order; no `lines` means all of them."""

    amount_fen: int
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice issued for the order, and the day it came back."""

    amount_fen: int
    issued_on: date
    returned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order and its life; a moment that is missing has not happened."""

    order_no: str
    lines: tuple[Line, ...]
    platform: str = "tmall"
    activity: str = "none"
    payment: str = "online"
    paid_at: datetime | None = None
    ship_by: date | None = None
    ship_clicked_at: datetime | None = None
    picked_up_at: datetime | None = None
    signed_at: datetime | None = None
    confirmed_at: datetime | None = None
    free_shipping: bool = False
    postage_fen: int = 0
    postage_cost_fen: int = 0
    coupon: Coupon | None = None
    points: int = 0
    jifenbao: int = 0
    invoice: Invoice | None = None
    distributor: str | None = None
    courier: str | None = None
    free_shipping_from_fen: int = 0
    long_after_sale: bool = False

    def line(self, number: int) -> Line:
        """The line of that number; `KeyError` where the order has none."""
        for line in self.lines:
            if line.line == number:
                return line
        raise KeyError(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """So many pieces of one line."""

    line: int
    qty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What an exchange sends instead: its price a unit and how many lie on the rack."""

    price_fen: int
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the ledger knows to have been given for an earlier claim."""

    lines: Mapping[int, int] = field(default_factory=dict)
    postage_fen: int = 0
    cash_fen: int = 0
    points: int = 0
    jifenbao: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim on an order; which of the later fields matter depends on its `kind`."""

    kind: str
    asked_at: datetime
    claim_no: str | None = None
    cause: str | None = None
    fault: str | None = None
    lines: tuple[ClaimLine, ...] = ()
    settled: Settled | None = None
    received: bool = False
    returned: bool = False
    condition: str = "intact"
    return_postage_fen: int = 0
    reship_postage_fen: int = 0
    route: str = "order"
    disclosed: bool = False
    buyer_insists: bool = False
    replacement: Replacement | None = None
    refund_open: bool = False
    reason: str | None = None
    activity_price_fen: int = 0
    activity_day: date | None = None
    coupon_amount_fen: int = 0
    threshold_fen: int = 0
    old_price_fen: int = 0
    page_price_fen: int = 0
    factor: Fraction | None = None
    amount_fen: int = 0
    due_fen: int = 0
    upheld: bool = False
    refunded: bool = False
    notice_date: date | None = None
    original_due_at: datetime | None = None
    admitted_at: datetime | None = None
    choice: str | None = None
    cost_fen: int | None = None
    claim_received_fen: int | None = None
    warehouse_short: bool = False
    signed_by: str | None = None
    stamped_proof: bool = False
    requested_fen: int = 0
    chosen_fen: int = 0
    usual_fen: int = 0
    asked_by: str = ""
    announced: bool = False
    note: str = ""
    given_as: str = "cash"
    conditional_on_review: bool = False
    way: str = "ems"
    wrong_address: bool = False
    tracking_no: str = ""
    wrong_number: bool = False
    duplicate_number: bool = False
    traced: bool = False
    days_left: int | None = None
    reordered: bool = False
    arrived: tuple[ClaimLine, ...] = ()
    evidence: str = "open"
    address_right: bool = False
    parcel: str = ""
    card_amount_fen: int | None = None
    instalments: bool = False
    bank: str = ""
    promotion: str = "none"
    charge_buyer: bool = False
    finding: str = ""
    promise: str = ""
    promised_fen: int = 0
    given_same_day_fen: int = 0
    platform_version: bool = False
    times_before: int = 0
    gift_missing_fen: int = 0
    abuse: bool = False

    @property
    def at_fault(self) -> str:
        """Who is to blame: what the claim says, else what follows from its cause."""
        if self.fault:
            return self.fault
        if self.cause in SELLER_CAUSES:
            return "seller"
        return "courier" if self.cause in COURIER_CAUSES else "buyer"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOrder:
    """One order, or one refund, of a distributor's month: amount without freight, and pieces."""

    order_no: str
    amount_fen: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributorMonth:
    """A distributor's month: what was bought, what came back, what was broken, what was already settled."""

    distributor: str
    month: str
    orders: tuple[MonthOrder, ...]
    refunds: tuple[MonthOrder, ...] = ()
    breaches: tuple[str, ...] = ()
    granted_factor: Fraction | None = None
    settled_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """So many pieces of a bulk batch at one unit price."""

    qty: int
    price_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """A one-off batch of workwear over its orders."""

    lines: tuple[BulkLine, ...]
    granted_factor: Fraction | None = None
    all_confirmed: bool = False
    returned_qty: int = 0
    courier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """A basket before payment, measured against a threshold."""

    subtotal_fen: int
    threshold_fen: int
    reduction_fen: int
    postage_fen: int = 0
    customer_asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A fine or a reward of an employee."""

    what: str
    occurrence: int = 0
    amount_fen: int = 0
    errors: int = 0
    ideas: int = 0
    staff_noted: bool = False


Question = DistributorMonth | Bulk | Checkout | Staff | FurtherQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question: a claim on an order with its history, or one of the other questions."""

    at: datetime
    name: str = ""
    shop: str = "main"
    policy: Mapping[str, object] = field(default_factory=dict)
    order: Order | None = None
    history: tuple[Claim, ...] = ()
    claim: Claim | None = None
    question: Question | None = None
