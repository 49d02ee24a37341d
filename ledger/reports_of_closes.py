"""Report shapes of a month's close: the rules it went by, what to look at, what came late, and a second close.

Amounts are fen. They stand apart from the other shapes for room alone.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One clause that gave an item in a month: its manual and the manual's own words, empty where unknown."""

    rule: str
    document: str
    quotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """One value that a month's settlements were computed with: its layer, its first day, and how often."""

    rule: str
    name: str
    value: str
    unit: str
    layer: str
    since_on: date | None
    uses: int
    document: str
    quotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One thing to look at before a month is signed.

    `kind` is `approval` (somebody let a settlement pass), `reversal` or `advisory` (a recorded answer warned), or
    `ask`, `grant` or `refuse` (a word on what is not recorded). `code` is who had to approve, the entry that was
    reversed, the warning's id, or the matter of the word: `claim` or `reopen`.
    """

    kind: str
    seq: int | None = None
    voucher: str = ""
    effective_on: date
    recorded_at: datetime
    order_no: str | None = None
    claim_no: str | None = None
    code: str
    rule: str = ""
    text: str
    amount_fen: int | None = None
    actor: str
    approver: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """One thing that reached a month from before, or after its close.

    `kind` is `added` (an entry recorded after its month had been closed), `reversal` (of an entry of an earlier
    month), `late_claim` (asked in an earlier month) or `delta` (what an account's closing balance changed by
    since the first close, and its two sides). `original` names what it goes back to, `original_on` its day.
    """

    kind: str
    seq: int | None = None
    voucher: str = ""
    effective_on: date | None = None
    recorded_at: datetime
    order_no: str | None = None
    claim_no: str | None = None
    original: str = ""
    original_on: date | None = None
    account: str = ""
    debit_fen: int | None = None
    credit_fen: int | None = None
    amount_fen: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDeltaRow:
    """One account as the first close of a month saw it and as the last one does."""

    account: str
    name_zh: str
    name_en: str
    first_debit_fen: int
    first_credit_fen: int
    first_closing_fen: int
    last_debit_fen: int
    last_credit_fen: int
    last_closing_fen: int

    @property
    def debit_fen(self) -> int:
        """How much more was debited: signed."""
        return self.last_debit_fen - self.first_debit_fen

    @property
    def credit_fen(self) -> int:
        """How much more was credited: signed."""
        return self.last_credit_fen - self.first_credit_fen

    @property
    def closing_fen(self) -> int:
        """How the balance moved: signed, debit positive."""
        return self.last_closing_fen - self.first_closing_fen

    @property
    def is_changed(self) -> bool:
        """Whether anything of the account is another figure than before."""
        return bool(self.debit_fen or self.credit_fen or self.closing_fen)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDelta:
    """What reopening a month came to: every account at the first close and at the one that stands."""

    period: str
    first_closed_at: datetime
    last_closed_at: datetime
    closes: int
    rows: tuple[CloseDeltaRow, ...]
