"""Report shapes of a month's reconciliation: what each line of a statement, and each thing awaited, came to.

Amounts are fen as the account sees them, positive into it. A row's difference is what the statement says beyond
what the ledger booked or expects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from calculators.wording import Text


class State(StrEnum):
    """What became of a line, or of what the ledger awaits; `zh` is the trade's own word for it."""

    zh: str

    MATCHED = "matched", "已核销"
    BOOKED = "booked", "已入账"
    LATE = "late", "跨期"
    FORCED = "forced", "强制核销"
    EXPLAINED = "explained", "已说明"
    NOT_ARRIVED = "not_arrived", "未到账期"
    PARKED = "parked", "挂账待查"
    DIFFERENCE = "difference", "差额"
    DOUBLED = "doubled", "重复付款"
    ONLY_STATEMENT = "only_statement", "账外流水"

    def __new__(cls, word: str, zh: str) -> "State":
        """A state by its word, with the Chinese one beside it."""
        state = str.__new__(cls, word)
        state._value_ = word
        state.zh = zh
        return state


# A person has to look: record, reverse, match, explain or park it.
OPEN = frozenset({State.DIFFERENCE, State.DOUBLED, State.ONLY_STATEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationRow:
    """One line of a statement, or lines that belong together, beside what the ledger booked or expects of it.

    `serial`, `file` and `row_no` name the first of its lines and are empty where the statement has none; `seq`
    is the entry that stands against it. `overdue` marks what should have arrived by the statement's last day;
    `settled_on` is the day on which a later statement or entry settled what this month left open.
    """

    state: State
    order_no: str | None
    serial: str | None
    file: str | None
    row_no: int | None
    on: date
    meaning: str
    statement_fen: int
    ledger_fen: int
    seq: int | None
    explanation: Text
    owner: str | None = None
    overdue: bool = False
    settled_on: date | None = None

    @property
    def difference_fen(self) -> int:
        """What the statement says beyond the ledger."""
        return self.statement_fen - self.ledger_fen

    @property
    def is_open(self) -> bool:
        """Whether a person still has to look at it before the month can be called reconciled."""
        return (self.state in OPEN or self.overdue) and self.settled_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSum:
    """All rows of one state together."""

    state: State
    rows: int
    statement_fen: int
    ledger_fen: int
    difference_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A month of the Alipay account, statement against ledger, the largest difference first.

    `opening_fen` and `closing_fen` are the statement's balances, None where no line of it is known yet;
    `ledger_closing_fen` is the account's. `gap_fen` is what moved between two files of the month without a line
    in either. `unposted_fen` is what the close of the month will still post to the account.
    """

    period: str
    rows: tuple[ReconciliationRow, ...]
    opening_fen: int | None
    closing_fen: int | None
    ledger_opening_fen: int
    ledger_closing_fen: int
    gap_fen: int
    unposted_fen: int

    @property
    def open_rows(self) -> tuple[ReconciliationRow, ...]:
        """What a person still has to look at."""
        return tuple(row for row in self.rows if row.is_open)

    @property
    def off_fen(self) -> int:
        """What the statement's closing balance is beyond the ledger's, once the close has posted its part."""
        if self.closing_fen is None:
            return 0
        return self.closing_fen - self.ledger_closing_fen - self.unposted_fen

    @property
    def sums(self) -> tuple[StateSum, ...]:
        """The sum of every state that has rows, in the order of the states."""
        return tuple(_sum(state, rows) for state in State if (rows := self.of(state)))

    def of(self, state: State) -> tuple[ReconciliationRow, ...]:
        """The rows of one state."""
        return tuple(row for row in self.rows if row.state is state)


def _sum(state: State, rows: Sequence[ReconciliationRow]) -> StateSum:
    return StateSum(
        state=state,
        rows=len(rows),
        statement_fen=sum(row.statement_fen for row in rows),
        ledger_fen=sum(row.ledger_fen for row in rows),
        difference_fen=sum(row.difference_fen for row in rows),
    )
