"""Report shapes: what a question to the ledger answers, and all that a renderer may know.

Amounts are fen. A debit and a credit are both positive; a balance is signed, debit positive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from ledger.reports_of_closes import ClauseRow, LateRow, NoticeRow, ParameterRow
from ledger.reports_of_gates import Passed
from ledger.reports_of_months import Reconciliation
from ledger.reports_of_payables import DistributorRow, PayableRow


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
    """One posting of one sealed entry, as the journal (序时账) prints it; `line` is its place in the entry.

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
    line: int = 1
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledItemRow:
    """One item of one recorded settlement, with the clause that gave it and the entry that booked it.

    `taken_back` says that a reversal stands here, with the other sign. `claims` counts settlements: 1 on the
    first item of each, -1 where it is taken back, else 0. `inputs` and `parameters` are those of the formula.
    """

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
    taken_back: bool = False
    claims: int = 0
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)


class ItemRows(Protocol):
    """The items of a month, which may be gone through again and again while the book is being read."""

    def __iter__(self) -> Iterator[SettledItemRow]: ...

    def of_entries(self, seqs: Sequence[int]) -> Iterable[SettledItemRow]:
        """The items of those entries alone, whose ascending numbers are given, in the same order."""
        ...


class NoticeRows(Protocol):
    """The notices of a month, which may be gone through again and again while the book is being read."""

    def __iter__(self) -> Iterator[NoticeRow]: ...

    def briefly(self) -> Iterable[NoticeRow]:
        """The same rows in the words they were recorded in, which is quicker."""
        ...


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


class FewNotices(tuple[NoticeRow, ...]):
    """Notices that are held in memory, or none at all."""

    __slots__ = ()

    def briefly(self) -> Iterable[NoticeRow]:
        """The same rows."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """How far the chain reaches: the last sealed entry and its hash; `seq` 0 for an empty book."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReport:
    """Everything the workbook of one period shows, as the book stood at one head.

    `journal`, `items` and `notices` may be long: they are gone through, again and again, while the book is being
    read, and are never held whole. `operations` and `anchor_line` say with the head how far the report looks;
    `passed` are the gates that the close went past.
    """

    book: str
    period: str
    closed_at: datetime | None
    head: ChainHead
    rulebook_digest: str
    trial_balance: tuple[TrialBalanceRow, ...]
    journal: Iterable[JournalRow]
    items: ItemRows
    operations: int = 0
    anchor_line: str = ""
    recorded_at: datetime | None = None
    clauses: tuple[ClauseRow, ...] = ()
    parameters: tuple[ParameterRow, ...] = ()
    notices: NoticeRows = field(default_factory=FewNotices)
    late: tuple[LateRow, ...] = ()
    payables: tuple[PayableRow, ...] = ()
    distributors: tuple[DistributorRow, ...] = ()
    reconciliation: Reconciliation | None = None
    passed: Passed | None = None


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
