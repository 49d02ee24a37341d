"""Closing a month: what the period end needs is posted, the period sealed and anchored, the workbook written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from calculators.rulebook import Rulebook
from cli.anchoring import anchor_head, check_anchors
from cli.approving import pending
from cli.progress import watched_lines
from exports.workbook import write_workbook
from ledger import periods, queries
from ledger.book import Book
from ledger.month_reports import period_report
from ledger.orders import finishing_entries
from ledger.recordings import Closed
from ledger.reports import ChainHead, TrialBalanceRow
from ledger.reports_of_reopening import CloseDelta


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """What closing a month did: the period event, the orders it finished, the figures and the head.

    `delta` stands after a reopening; `waiting` is how many claims up to the month still wait for a second person.
    """

    closed: Closed
    finished: int
    trial_balance: tuple[TrialBalanceRow, ...]
    head: ChainHead
    delta: CloseDelta | None
    waiting: int


def close_month(
    book: Book, period: str, rulebook: Rulebook, who: tuple[str, datetime], anchors: Path | None = None
) -> MonthEnd:
    """Post 交易成功 of the month's confirmed orders and close the period, in one turn; then anchor the head.

    A book that an anchor in the file does not fit is not closed.
    """
    actor, now = who
    check_anchors(book, anchors)
    with book.writing(actor=actor, now=now) as desk:
        event = periods.last_event(desk.reader, period)
        closed_before = event is not None and event["action"] == "close"
        entries = [] if closed_before else finishing_entries(desk.reader, period, rulebook)
        posted = desk.post_many(entries)
        closed = desk.close(period)
    anchor_head(book, anchors, now)
    with book.reading() as reader:
        return MonthEnd(
            closed=closed,
            finished=len(posted),
            trial_balance=queries.trial_balance(reader, period),
            head=queries.head(reader),
            delta=periods.close_delta(reader, period),
            waiting=sum(one.is_claim and one.month <= period for one in pending(reader)),
        )


def write_month(book: Book, period: str, to: Path, *, overwrite: bool) -> None:
    """The workbook of a period: as of its close, or as the book stands now where the period is open."""
    with book.reading() as reader:
        write_workbook(period_report(reader, period), to, overwrite=overwrite, watch=watched_lines)
