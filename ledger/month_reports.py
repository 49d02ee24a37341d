"""The report of a month, from which its workbook is made and against which a workbook is verified.

A closed month is reported as the book stood at its close, so that its workbook is the same whenever it is made.
An open one is reported as the book stands now; and any report can be made again as of the head it was made at.
"""

from datetime import datetime

import sqlalchemy as sa

from calculators.days import end_of_day, last_of
from calculators.rulebook import Rulebook
from ledger import periods, queries, schema
from ledger import tables as t
from ledger.anchors import Anchor
from ledger.canonical import GENESIS
from ledger.distributor_months import Asking, distributor_rows
from ledger.hindsight import Known
from ledger.late_arrivals import late_arrivals
from ledger.month_rows import MonthItems, MonthJournal
from ledger.notices import MonthNotices
from ledger.payables import payables
from ledger.reading import SEALED, SETTLED, E, Reader, S, moment
from ledger.reconciling import reconciliation
from ledger.reports import ChainHead, PeriodReport
from ledger.reports_of_payables import DistributorRow
from ledger.rules_in_force import rules_in_force, stored_rulebook
from ledger.sealing import moment_text

_OPERATION = t.operation.c


def period_report(reader: Reader, period: str, up_to: Known | None = None) -> PeriodReport:
    """Everything the workbook of a month shows; to be gone through while the book is being read."""
    then = reader.as_of(up_to or standing(reader, period))
    head, last = queries.head(then), _last_operation(then)
    parameters, clauses = rules_in_force(then, period)
    recorded_at = _recorded_at(then, head, last)
    last_on, digest = last_of(period), _rulebook_digest(then, period)
    rulebook = stored_rulebook(then, digest) if digest else None
    return PeriodReport(
        book=reader.book,
        period=period,
        closed_at=_closed_at(then, period),
        head=head,
        rulebook_digest=digest,
        trial_balance=queries.trial_balance(then, period),
        journal=MonthJournal(reader=then, period=period),
        items=MonthItems(reader=then, period=period),
        operations=last["op_no"] if last else 0,
        anchor_line=_anchor(then, head, last, recorded_at),
        recorded_at=recorded_at,
        clauses=clauses,
        parameters=parameters,
        notices=MonthNotices(reader=then, period=period),
        late=late_arrivals(then, period),
        payables=payables(then, last_on),
        distributors=_distributors(then, period, rulebook),
        reconciliation=reconciliation(then, period, rulebook),
        passed=periods.passed_gates(then, period),
    )


def known_by(
    reader: Reader, anchor: ChainHead, operations: int, operation_hash: str | None = None
) -> Known | None:
    """How far a report looked that was made at this head and operation; nothing where the book never stood there.

    Without the operation's hash its number is taken as it is.
    """
    known = Known(entries=anchor.seq, operations=operations)
    then = reader.as_of(known)
    last = _last_operation(then)
    if not anchor.seq or queries.head(then) != anchor or last is None or last["op_no"] != operations:
        return None
    return known if operation_hash in (None, last["hash"]) else None


def standing(reader: Reader, period: str) -> Known:
    """How far the report of a month looks: to its close where it stands closed, else to where the book stands."""
    event = periods.last_event(reader, period)
    if event is not None and event["action"] == "close":
        return Known(entries=event["head_seq"], operations=event["op_no"])
    last = _last_operation(reader)
    return Known(entries=queries.head(reader).seq, operations=last["op_no"] if last else 0)


def _distributors(reader: Reader, period: str, rulebook: Rulebook | None) -> tuple[DistributorRow, ...]:
    """The distributors' months, asked at the end of the month under the rulebook that it was recorded under."""
    if rulebook is None:
        return ()
    at = end_of_day(last_of(period))
    return distributor_rows(reader, period, Asking(rulebook=rulebook, at=at, shop=reader.book))


def _last_operation(reader: Reader) -> sa.RowMapping | None:
    columns = (_OPERATION.op_no, _OPERATION.hash, _OPERATION.recorded_at)
    select = sa.select(*columns).where(_OPERATION.book == reader.book)
    return reader.first(select.order_by(_OPERATION.op_no.desc()).limit(1))


def _closed_at(reader: Reader, period: str) -> datetime | None:
    event = periods.last_event(reader, period)
    return moment(event["recorded_at"]) if event is not None and event["action"] == "close" else None


def _recorded_at(reader: Reader, head: ChainHead, last: sa.RowMapping | None) -> datetime | None:
    """When the last of all that the report looks at was recorded: no clock of ours is in it."""
    select = sa.select(E.recorded_at).select_from(SEALED).where(E.book == reader.book, E.seq == head.seq)
    texts = (reader.text(select), last["recorded_at"] if last else "")
    return max((moment(text) for text in texts if text), default=None)


def _anchor(reader: Reader, head: ChainHead, last: sa.RowMapping | None, at: datetime | None) -> str:
    """The anchor of that head, as one line."""
    anchor = Anchor(
        book=reader.book,
        entries=head.seq,
        hash=head.hash,
        operations=last["op_no"] if last else 0,
        operation_hash=last["hash"] if last else GENESIS,
        schema=schema.fingerprint(reader.connection),
        at=moment_text(at) if at else "",
    )
    return anchor.line().rstrip()


def _rulebook_digest(reader: Reader, period: str) -> str:
    select = sa.select(S.rulebook_digest).select_from(SETTLED)
    return reader.text(
        select.where(E.book == reader.book, E.period == period).order_by(E.seq.desc()).limit(1)
    )
