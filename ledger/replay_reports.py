"""Report shapes of replay: the state of a book at a cut, and what a rehearsal under other rules found.

Amounts are fen, debit positive.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.reports import ChainHead


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBalance:
    """One account since the book began: all debits, all credits, and what they leave."""

    account: str
    debit_fen: int
    credit_fen: int
    balance_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePeriod:
    """One month: what was counted in it, whether it stands closed, and how many closes and reopenings it has had."""

    period: str
    entries: int
    vouchers: int
    debit_fen: int
    credit_fen: int
    closed: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRefund:
    """One bucket of one order: what was paid, what has been given back, in how many steps."""

    subject: str
    bucket: str
    paid_fen: int
    refunded_fen: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A book as it stood at a cut: `until` is a day, an entry's number, or nothing for all of it.

    `head` is the last entry counted, `operation` the last operation that its seal commits to. The refunds are
    read once, while the book is being read, in the order in which their buckets were first given back from.
    """

    book: str
    until: str | int | None
    entries: int
    postings: int
    settlements: int
    head: ChainHead
    operation: ChainHead
    balances: tuple[StateBalance, ...]
    periods: tuple[StatePeriod, ...]
    refunds: Iterable[StateRefund]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was booked, and what would have been under the other rules."""

    booked_fen: int
    would_be_fen: int

    @property
    def difference_fen(self) -> int:
        """What would have been more; below zero for less."""
        return self.would_be_fen - self.booked_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedClause(Compared):
    """One item under one clause, over all settlements that stand; signed from the buyer's side."""

    rule: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedOrder(Compared):
    """What the other side of one order (or of a question without one) gets of all its settlements together."""

    subject: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedAccount(Compared):
    """The balance of one account, debit positive."""

    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedClaim(Compared):
    """One settlement that would have been another: its amount, its decision or its accounts.

    `would_decide` is `pay`, `approve`, `hold`, `refuse`, or `bad_case` where the other rules cannot answer; `rule`
    and the two sentences say why it would not simply have been paid.
    """

    claim_no: str
    subject: str
    kind: str
    seq: int
    voucher: str
    effective_on: str
    decided: str
    would_decide: str
    rule: str = ""
    why_zh: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """How many settlements were decided so, and how many would have been."""

    decision: str
    booked: int
    would_be: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed(Compared):
    """A book's history under other rules: who would have got what. Only claims and orders that differ are listed.

    Clauses and accounts are listed all, each list with the largest difference first.
    """

    book: str
    until: str | int | None
    head: ChainHead
    rulebook_digest: str
    settlements: int
    taken_back: int
    decisions: tuple[Decisions, ...]
    clauses: tuple[RehearsedClause, ...]
    orders: tuple[RehearsedOrder, ...]
    accounts: tuple[RehearsedAccount, ...]
    claims: tuple[RehearsedClaim, ...]
