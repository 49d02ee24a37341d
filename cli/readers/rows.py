"""The typed rows of the shop's reports: only what the ledger may know.

Amounts are fen and unsigned, but for a statement's expense and what a trade or an income took back, which are
negative. Moments carry the Shanghai offset. A field whose column is absent, or whose cell is blank, is None, and ""
for texts. No field reaches or quotes a buyer, and the two that name one go beside the ledger.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from cli.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One main order of the order report (订单报表); points are units, jifenbao is yuan in the file."""

    row: int
    order_no: str
    status: str
    created_at: datetime
    cash_fen: int
    paid_at: datetime | None = None
    goods_due_fen: int | None = None
    postage_fen: int | None = None
    points: int | None = None
    jifenbao_fen: int | None = None
    payment_detail: str = ""
    delivery: str = ""
    shipped_at: datetime | None = None
    confirmed_at: datetime | None = None
    title: str = ""
    pieces: int | None = None
    note: str = ""
    shop_note: str = ""
    closed_reason: str = ""
    refund_fen: int | None = None
    nick: str = field(default="", repr=False)
    payee: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One line of an order, from the item report (宝贝报表); `price_fen` is per unit."""

    row: int
    order_no: str
    title: str
    price_fen: int
    qty: int
    sub_order_no: str | None = None
    sku: str = ""
    outer_sku: str = ""
    attributes: str = ""
    status: str = ""
    goods_due_fen: int | None = None
    paid_fen: int | None = None
    refund_status: str = ""
    refund_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    """One refund application of the refund report (退款报表); `finished_at` None while it is open."""

    row: int
    refund_no: str
    order_no: str
    applied_at: datetime
    amount_fen: int
    status: str
    finished_at: datetime | None = None
    paid_fen: int | None = None
    goods_status: str = ""
    needs_return: bool | None = None
    reason: str = ""
    sku: str = ""
    goods_code: str = ""
    title: str = ""
    returned_at: datetime | None = None
    liable: str = ""
    phase: str = ""
    extent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of the Alipay statement; `meaning` is `unknown` where no rule claims it.

    `claim_no` is the claim that our own batch transfers name in their remark.
    """

    row: int
    serial: str
    at: datetime
    in_fen: int
    out_fen: int
    balance_fen: int
    kind: str
    remark: str
    description: str
    order_no: str | None
    meaning: str
    trade_no: str = ""
    fee_fen: int | None = None
    claim_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeRow:
    """One trade (交易) or refund (退款) of Alipay's trade detail; a refund's amounts are below zero."""

    row: int
    trade_no: str
    kind: str
    order_no: str | None
    created_at: datetime
    finished_at: datetime
    amount_fen: int
    received_fen: int
    title: str = ""
    packet_fen: int | None = None
    jifenbao_fen: int | None = None
    alipay_discount_fen: int | None = None
    shop_discount_fen: int | None = None
    voucher_fen: int | None = None
    shop_packet_fen: int | None = None
    card_fen: int | None = None
    batch_no: str = ""
    fee_fen: int | None = None
    split_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRow:
    """One line of the platform's goods income (货款收入); `month` is its 账期 as YYYY-MM."""

    row: int
    month: str
    order_no: str
    sub_order_no: str | None = None
    bill: str = ""
    category: str = ""
    subcategory: str = ""
    ordered_at: datetime | None = None
    confirmed_at: datetime | None = None
    goods_id: str = ""
    sku_id: str = ""
    attributes: str = ""
    title: str = ""
    qty: int | None = None
    amount_fen: int | None = None
    refund_no: str = ""
    refund_fen: int | None = None
    channel: str = ""
    serial: str = ""
    merchant_no: str = ""
    paid_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceProtectionRow:
    """One price-protection request the platform granted; `refund_fen` is None where the export shows none."""

    row: int
    order_no: str
    sub_order_no: str
    difference_fen: int
    applied_at: datetime
    status: str
    refund_fen: int | None = None
    title: str = ""
    goods_id: str = ""
    sku_id: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierRow:
    """One parcel of a courier's bill: what is charged for it, its weights in grams, where it went."""

    row: int
    waybill: str
    fee_fen: int
    at: datetime | None = None
    courier: str = ""
    province: str = ""
    weight_g: int | None = None
    actual_weight_g: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One after-sales question as agents noted it: `question` names what `body` is, `key` is booked once."""

    row: int
    key: str
    order_no: str | None
    at: str
    question: str
    body: dict[str, object]
    payee: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFacts:
    """What a statement says of itself, checked against its lines; both days are inclusive.

    `account` is masked, `account_digest` tells one account from another; balances are None where there are none.
    Lines from `covered_until` on may lack: that is the end, or the moment of an earlier export.
    """

    account: str
    account_digest: str
    first_on: date
    last_on: date
    whole_months: bool
    covered_until: datetime
    opening_fen: int | None
    closing_fen: int | None
    in_fen: int
    in_count: int
    out_fen: int
    out_count: int


Row = (
    OrderRow
    | ItemRow
    | RefundRow
    | StatementLine
    | TradeRow
    | IncomeRow
    | PriceProtectionRow
    | CourierRow
    | ClaimRow
)
NOT_READ = "not_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file read without a fault: which layout and year of it, its digest, its rows, the columns nobody reads.

    `new_columns` are headings no year of the layout has had; `told` is what a person should know and no fault is.
    A part that says nothing we need (a summary, a shipping list) has the layout `not_read` and no rows.
    """

    layout: str
    name: str
    sha256: str
    encoding: str
    rows: tuple[Row, ...]
    variant: str = ""
    width: int = 0
    statement: StatementFacts | None = None
    unread: tuple[str, ...] = ()
    new_columns: tuple[str, ...] = ()
    told: tuple[Fault, ...] = ()

    @property
    def orders(self) -> tuple[OrderRow, ...]:
        """The rows of an order report; empty for any other layout."""
        return tuple(row for row in self.rows if isinstance(row, OrderRow))

    @property
    def items(self) -> tuple[ItemRow, ...]:
        """The rows of an item report; empty for any other layout."""
        return tuple(row for row in self.rows if isinstance(row, ItemRow))

    @property
    def refunds(self) -> tuple[RefundRow, ...]:
        """The rows of a refund report; empty for any other layout."""
        return tuple(row for row in self.rows if isinstance(row, RefundRow))

    @property
    def lines(self) -> tuple[StatementLine, ...]:
        """The lines of an Alipay statement; empty for any other layout."""
        return tuple(row for row in self.rows if isinstance(row, StatementLine))

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        """The noted after-sales questions; empty for any other layout."""
        return tuple(row for row in self.rows if isinstance(row, ClaimRow))
