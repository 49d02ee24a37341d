"""Report shapes: what a question to the ledger answers, and all that a renderer may know.

Amounts are fen. A debit and a credit are both positive; a balance is signed, debit positive.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalanceRow:
    """One account over a period: opening, movement on either side, closing."""

    account: str
    name_zh: str
    name_en: str
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """One posting of one sealed entry, as the journal (序时账) prints it.

    `colour` is `red` or `blue` for a correction; a red amount is a negative on the side of its original.
    """

    seq: int
    voucher: str
    effective_on: date
    kind: str
    narration: str
    account: str
    account_zh: str
    debit_fen: int
    credit_fen: int
    order_no: str | None
    claim_no: str | None
    reverses: int | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledItemRow:
    """One item of one recorded settlement, with the clause that gave it and the entry that booked it."""

    seq: int
    voucher: str
    effective_on: date
    order_no: str | None
    claim_no: str
    kind: str
    item: str
    rule: str
    formula: str
    amount_fen: int
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """One word on a matter that needs a second person: who said what, when, of which digest."""

    matter: str
    subject: str
    version: int
    action: str
    digest: str
    content_json: str
    reason: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """How far the chain reaches: the last sealed entry and its hash; `seq` 0 for an empty book."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReport:
    """Everything the workbook of one period shows."""

    book: str
    period: str
    closed_at: datetime | None
    head: ChainHead
    rulebook_digest: str
    trial_balance: tuple[TrialBalanceRow, ...]
    journal: tuple[JournalRow, ...]
    items: tuple[SettledItemRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """One line of one entry: signed, debit positive."""

    line: int
    account: str
    account_zh: str
    amount_fen: int
    narration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReport:
    """One sealed entry in full; `voucher` is empty for a memorandum, `colour` for what corrects nothing."""

    seq: int
    voucher: str
    kind: str
    effective_on: date
    recorded_at: datetime
    narration: str
    order_no: str | None
    claim_no: str | None
    reverses: int | None
    reversed_by: int | None
    source: str | None
    actor: str
    key: str
    hash: str
    postings: tuple[PostingRow, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundedRow:
    """How much of one bucket of an order was paid, and how much has been given back so far."""

    bucket: str
    paid_fen: int
    refunded_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One imported file: what it is called, how it was read, and how many lines it has."""

    name: str
    layout: str
    sha256: str
    line_count: int
    recorded_at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the operation log: an entry, or an operation that stored something without one.

    `deed` is the command that did it and `kind` the kind of entry; `subject` is its key, order, file or month, and
    `words` the narration, the name of the file or the reason.
    """

    recorded_at: datetime
    actor: str
    deed: str
    kind: str
    seq: int | None
    op_no: int | None
    voucher: str
    subject: str
    order_no: str | None
    claim_no: str | None
    words: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSpan:
    """Which days of which account an imported statement covers, and its balances and sums.

    `account` is masked and `account_digest` tells accounts apart; `whole_months` says that the days are whole
    months and were over when it was exported, and lines from `covered_until` on may lack. Balances are None where
    the statement has no lines or no balances.
    """

    name: str
    layout: str
    sha256: str
    account: str
    account_digest: str
    first_on: date
    last_on: date
    whole_months: bool
    covered_until: datetime
    opening_fen: int | None
    closing_fen: int | None
    in_fen: int
    out_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspenseRow:
    """One statement line that stands in suspense: its entry, its file and row, and what the line says as stored.

    `amount_fen` is what stands on the suspense account, debit positive: money that went out.
    """

    seq: int
    voucher: str
    effective_on: date
    narration: str
    order_no: str | None
    amount_fen: int
    file: str
    row_no: int
    line_json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """One month that has entries or was closed; `closed_at` is empty while it takes postings."""

    period: str
    entries: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCounts:
    """How much a book holds."""

    entries: int
    postings: int
    settlements: int
    orders: int
    statements: int
    rulebooks: int
    operations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account of the book's chart; `normal` is `debit` or `credit`."""

    code: str
    name_zh: str
    name_en: str
    normal: str
