"""Report shapes of the pages that people turn: trial balance, journal, one account, one order.

Each is of a span of the book: a month, perhaps only up to a day of it, perhaps only as known at an entry.
Amounts are fen; a balance is signed, debit positive; in red a debit or credit is below zero.
"""

from dataclasses import dataclass
from datetime import date

from ledger.reports import JournalRow, RefundedRow, TrialBalanceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a page shows: a month (empty for a book without entries), until a day of it, known at an entry."""

    book: str
    period: str
    as_of: date | None = None
    known_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One line of an account or of an order, with the balance that it leaves."""

    seq: int
    voucher: str
    effective_on: date
    narration: str
    account: str
    account_zh: str
    debit_fen: int
    credit_fen: int
    balance_fen: int
    order_no: str | None
    claim_no: str | None
    reverses: int | None
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalancePage:
    """Every account of the span that has a figure; openings and closings sum to zero."""

    span: Span
    rows: tuple[TrialBalanceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage:
    """Every line of the span in the order of the entries (序时账)."""

    span: Span
    rows: tuple[JournalRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One account, or all below one (三栏式明细账), in the order of the days; `year_` is since January (本年累计)."""

    span: Span
    account: str
    name_zh: str
    name_en: str
    opening_fen: int
    lines: tuple[PageLine, ...]
    debit_fen: int
    credit_fen: int
    closing_fen: int
    year_debit_fen: int
    year_credit_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAccount:
    """What one account holds of one order."""

    account: str
    name_zh: str
    name_en: str
    balance_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """All that the book has about one order, each line with what its account then holds of the order."""

    span: Span
    order_no: str
    lines: tuple[PageLine, ...]
    accounts: tuple[OrderAccount, ...]
    left: tuple[RefundedRow, ...]
