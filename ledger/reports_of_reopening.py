"""The shapes of a reopening: who wanted it and why, and what it came to, the first close beside the one that stands."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """One reopening of a month: why it was asked, by whom, who granted it and when."""

    period: str
    reason: str
    asked_by: str
    granted_by: str
    at: datetime


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
