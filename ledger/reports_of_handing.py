"""The shapes that leave the house: what other programs import, and what an auditor takes along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledger.reports import (
    AccountRow,
    ChainHead,
    EntryReport,
    TrialBalanceRow,
)


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
