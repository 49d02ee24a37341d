"""Closing a month: its gates are looked at, what the period end needs is posted, the period sealed and anchored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from calculators.rulebook import Rulebook
from cli.anchoring import anchor_head, check_anchors
from cli.approving import pending
from cli.errors import ClosedOnly
from cli.gates import Exports, GatesOpen, look_at
from cli.progress import watched_lines
from cli.refusals import exit_code, sentence
from cli.remarks import kept_reason
from exports.errors import ExportError
from exports.workbook import write_workbook
from ledger import approving, periods, queries
from ledger.book import Book
from ledger.desk import Desk
from ledger.errors import LedgerError
from ledger.gates import gates_to_close
from ledger.month_reports import period_report
from ledger.orders import finishing_entries
from ledger.reading import Reader
from ledger.recordings import Closed
from ledger.reports import ChainHead, TrialBalanceRow
from ledger.reports_of_gates import MonthGates, Passed, despite
from ledger.reports_of_reopening import CloseDelta, Reopening


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Who closes and when: `on` is the day it is for the gates, `despite` why to go past those that are open.

    `anchors` is the file that the head is anchored in, `exports` the month's files as somebody has them.
    """

    actor: str
    now: datetime
    on: date
    anchors: Path | None = None
    exports: Exports = field(default_factory=Exports)
    despite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """What closing a month did: the period event, the orders it finished, the figures and the head.

    `delta` and `reopenings` stand after a reopening; `passed` are the gates it went past; `waiting` is how many
    claims up to the month still wait for a second person.
    """

    closed: Closed
    finished: int
    trial_balance: tuple[TrialBalanceRow, ...]
    head: ChainHead
    delta: CloseDelta | None
    reopenings: tuple[Reopening, ...]
    passed: Passed | None
    waiting: int


def close_month(book: Book, period: str, rulebook: Rulebook, by: Closing) -> MonthEnd:
    """Post 交易成功 of the month's confirmed orders and close the period, in one turn; then anchor the head.

    `GatesOpen` while a gate is open that stops the close, or that nobody gave a reason to go past. A book that
    an anchor in the file does not fit is not closed. `ClosedOnly` where it is, but its anchor cannot be written or its
    figures cannot be read.
    """
    check_anchors(book, by.anchors)
    with book.writing(actor=by.actor, now=by.now) as desk:
        event = periods.last_event(desk.reader, period)
        if event is not None and event["action"] == "close":
            posted, closed = [], desk.close(period)
        else:
            look = look_at(desk.reader, period, rulebook, by.on, by.exports)
            reason = _reason(desk, gates_to_close(desk.reader, look), by.despite)
            posted = desk.post_many(finishing_entries(desk.reader, period, rulebook))
            closed = desk.close(period, reason)
    with _after_the_close(period):
        anchor_head(book, by.anchors, by.now)
        with book.reading() as reader:
            return _month_end(reader, period, closed, len(posted))


@contextmanager
def _after_the_close(period: str) -> Iterator[None]:
    """Whatever fails from now on, the month stands closed, and whoever closed it is to be told so."""
    try:
        yield
    except (ExportError, LedgerError, OSError) as fault:
        code = exit_code(fault)
        if code is None:  # nobody reads the output any more, which is no failure of what was to be written
            raise
        why = sentence(fault, "zh"), sentence(fault, "en")
        raise ClosedOnly(period, why, type(fault).__name__, code) from fault


def _reason(desk: Desk, gates: MonthGates, why: str | None) -> str:
    """What the close keeps of the gates it goes past; `GatesOpen` where it may not."""
    if gates.stopping or (gates.open and why is None):
        raise GatesOpen(gates)
    return despite(gates.open, kept_reason(desk, why or "")) if gates.open else ""


def _month_end(reader: Reader, period: str, closed: Closed, finished: int) -> MonthEnd:
    return MonthEnd(
        closed=closed,
        finished=finished,
        trial_balance=queries.trial_balance(reader, period),
        head=queries.head(reader),
        delta=periods.close_delta(reader, period),
        reopenings=approving.reopenings(reader, period),
        passed=periods.passed_gates(reader, period),
        waiting=sum(one.is_claim and one.month <= period for one in pending(reader)),
    )


def write_closed(book: Book, period: str, to: Path, *, overwrite: bool) -> None:
    """The workbook of a period that stands closed; `ClosedOnly` where it cannot be written."""
    with _after_the_close(period):
        write_month(book, period, to, overwrite=overwrite)


def write_month(book: Book, period: str, to: Path, *, overwrite: bool) -> None:
    """The workbook of a period: as of its close, or as the book stands now where the period is open."""
    with book.reading() as reader:
        write_workbook(period_report(reader, period), to, overwrite=overwrite, watch=watched_lines)
