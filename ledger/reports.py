"""Report shapes: what a question to the ledger answers, and all that a renderer may know.

Amounts are fen. A debit and a credit are both positive; a balance is signed, debit positive.
"""

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A month as another program takes it over: the chart, the balances, and every entry that has lines."""

    book: str
    period: str
    closed_at: datetime | None
    head: ChainHead
    accounts: tuple[AccountRow, ...]
    trial_balance: tuple[TrialBalanceRow, ...]
    entries: tuple[EntryReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTable:
    """One table as it is stored, a row a tuple; the rows are read once, while the book is being read."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[str | int | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditBundle:
    """The chain from its first seal to the close of a month, with everything that its hashes cover.

    An open month reaches as far as the book does. `operations` and `operation_hash` name the last operation.
    """

    book: str
    period: str
    closed_at: datetime | None
    head: ChainHead
    operations: int
    operation_hash: str
    trial_balance: tuple[TrialBalanceRow, ...]
    tables: tuple[StoredTable, ...]
