"""Report shapes of what the shop owes: payables with what was paid of them, and distributors' months.

Amounts are fen. What is owed is positive; a transfer that pays no claim yet stands as a negative row of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

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
class OpenPayables:
    """Everything open in a book, with whom it is to be paid to where that is known.

    `doubtful` are the entries that a transfer without a claim may have paid, for it names their order, or no order
    and their very sum: whoever paid them again might pay them twice.
    """

    book: str
    rows: tuple[PayableRow, ...]
    doubtful: frozenset[int]
    payees: Mapping[int, str]

    @property
    def due(self) -> tuple[PayableRow, ...]:
        """What can be paid now: owed, and beyond doubt not paid."""
        return tuple(row for row in self.rows if row.open_fen > 0 and row.seq not in self.doubtful)

    @property
    def totals(self) -> dict[str, int]:
        """What each account owes, less what was sent and pays no claim."""
        return {
            account: sum(row.open_fen for row in self.rows if row.account == account)
            for account in sorted({row.account for row in self.rows})
        }


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One order, or one refund, of a distributor's month: fen without freight, and pieces."""

    order_no: str
    amount_fen: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What a month's rebate lost for one reason: its clause, the reason in both languages, and the fen."""

    rule: str
    zh: str
    en: str
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRow:
    """One tier in force: its bounds in fen, whether each belongs to it, and its factor; no `top_fen` for no end."""

    bottom_fen: int
    includes_bottom: bool
    top_fen: int | None
    includes_top: bool
    factor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributorRow:
    """One distributor's month as the calculators see it now, and how far the book has it.

    `net_fen` is what was bought less refunds, `rate` the return rate; the tiers are factors, before refunds and
    after. `rebate_fen` is earned for the month, `settled_fen` was booked for it and `paid_fen` transferred;
    `due_fen` is the rest to be booked, negative for a claw-back. `pending_fen` is asked back and not yet booked;
    `cost_fen` is the rebate that it would cost where it drops a tier or lifts the rate above the bound, else 0.
    `state` is `running`, `recorded`, `to_record`, `to_approve`, `to_correct` or `refused`.
    """

    distributor: str
    month: str
    orders: int
    pieces: int
    gross_fen: int
    refunds_fen: int
    net_fen: int
    rate: Fraction
    tier_before: str
    tier_after: str
    breaches: tuple[str, ...]
    rebate_fen: int
    settled_fen: int
    paid_fen: int
    due_fen: int
    pending_fen: int
    pending_tier: str
    pending_rate: Fraction
    cost_fen: int
    rules: str
    state: str
    claim_no: str
    seq: int | None
    voucher: str

    @property
    def claw_back_fen(self) -> int:
        """What the distributor is to give back of what was booked before."""
        return max(-self.due_fen, 0)

    @property
    def unpaid_fen(self) -> int:
        """What the distributor is still to be paid of the month's rebate, negative for what he was paid too much."""
        return self.rebate_fen - self.paid_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributorStatement:
    """A distributor's month with all that is sent to them: its lines, the terms in force and the deductions."""

    row: DistributorRow
    bought: tuple[MonthLine, ...]
    returned: tuple[MonthLine, ...]
    pending: tuple[MonthLine, ...]
    tiers: tuple[TierRow, ...]
    rate_max: str
    deductions: tuple[Deduction, ...]
