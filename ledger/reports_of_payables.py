"""Report shapes of what the shop owes: payables with what was paid of them, and distributors' months.

Amounts are fen. What is owed is positive; a transfer that pays no claim yet stands as a negative row of its own.
"""

from dataclasses import dataclass
from datetime import date

UNMATCHED = "unmatched_transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableRow:
    """One thing owed on one account: by which entry, since when, for which items, and what is still open.

    `kind` is that of the claim, of an entry that owes without one, or `UNMATCHED` for a transfer without a claim,
    whose `open_fen` is negative and whose `serial` is Alipay's. `items` and `rules` are item names and clauses.
    """

    claim_no: str | None
    order_no: str | None
    seq: int
    voucher: str
    since_on: date
    kind: str
    items: str
    owed_fen: int
    paid_fen: int
    open_fen: int
    account: str
    rules: str = ""
    serial: str = ""

    @property
    def name(self) -> str:
        """What a payment calls it: its claim number, else `#` and its entry."""
        return self.claim_no or f"#{self.seq}"

    def days(self, as_of: date) -> int:
        """How many days it has been owed at the end of a day."""
        return (as_of - self.since_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One assignment that stands: which entry says that which transfer pays what, how much and since when."""

    seq: int
    owed_seq: int
    sent_seq: int
    claim_no: str | None
    serial: str
    on: date
    fen: int

    @property
    def name(self) -> str:
        """What a payment calls what it pays: its claim number, else `#` and its entry."""
        return self.claim_no or f"#{self.owed_seq}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """The last entry booked under one Alipay serial: what it sent to which account, and what of it pays no claim.

    `account` is empty and both sums are zero where it is no transfer to anybody whom the shop owes.
    """

    seq: int
    voucher: str
    key: str
    kind: str
    narration: str
    on: date
    reversed_by: int | None
    account: str
    sent_fen: int
    free_fen: int
