"""The typed rows of the shop's reports: only what the ledger may know.

Amounts are fen and unsigned, but for a statement's expense, which is negative as in the file. Moments carry
the Shanghai offset. A field whose column is absent, or whose cell is blank, is None, and "" for texts. No
field reaches or quotes a buyer, and the two that name one go beside the ledger.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


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
    """One line of the Alipay statement; `meaning` is `unknown` where no rule claims it."""

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
    """What a statement says of itself, checked against its lines; both days are inclusive."""

    account: str
    first_on: date
    last_on: date
    opening_fen: int | None
    closing_fen: int | None
    in_fen: int
    in_count: int
    out_fen: int
    out_count: int


Row = OrderRow | ItemRow | RefundRow | StatementLine | ClaimRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file read without a fault: which layout, its digest, its rows, and the columns nobody reads."""

    layout: str
    name: str
    sha256: str
    encoding: str
    rows: tuple[Row, ...]
    statement: StatementFacts | None = None
    unread: tuple[str, ...] = ()

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
