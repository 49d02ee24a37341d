"""Report shapes of a month's close: the rules it went by, what a person should look at, and what came late.

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
    `ask`, `grant` or `refuse` (a word on what is not recorded), or `passed` (a gate that the close went past). `code`
    is who had to approve, the entry that was reversed, the warning's id, the matter of the word, `claim` or `reopen`,
    or the gate.
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
    `actor` is who recorded it, of a delta who asked that the month be reopened, and `approver` who granted that.
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
    actor: str = ""
    approver: str = ""
