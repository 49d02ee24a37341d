"""The report of a month, from which its workbook is made and against which a workbook is verified.

A closed month is reported as the book stood at its close, so that its workbook is the same whenever it is made.
An open one is reported as the book stands now; and any report can be made again as of the head it was made at.
"""

from datetime import datetime

import sqlalchemy as sa

from ledger import periods, queries, schema
from ledger import tables as t
from ledger.anchors import Anchor
from ledger.canonical import GENESIS
from ledger.late_arrivals import late_arrivals
from ledger.month_rows import MonthItems, MonthJournal
from ledger.notices import MonthNotices
from ledger.reading import SEALED, SETTLED, E, Known, Reader, S, known, moment
from ledger.reports import ChainHead, PeriodReport
from ledger.rules_in_force import rules_in_force
from ledger.sealing import moment_text

_OPERATION = t.operation.c


def period_report(reader: Reader, period: str, up_to: Known | None = None) -> PeriodReport:
    """Everything the workbook of a month shows; to be gone through while the book is being read."""
    up_to = up_to or standing(reader, period)
    seq = up_to.entries
    head = queries.head(reader, seq)
    parameters, clauses = rules_in_force(reader, period, seq)
    anchor, recorded_at = _anchor(reader, up_to, head)
    return PeriodReport(
        book=reader.book,
        period=period,
        closed_at=_closed_at(reader, period, up_to),
        head=head,
        rulebook_digest=_rulebook_digest(reader, period, seq),
        trial_balance=queries.trial_balance(reader, period, seq),
        journal=MonthJournal(reader=reader, period=period, known_at=seq),
        items=MonthItems(reader=reader, period=period, known_at=seq),
        operations=up_to.operations,
        anchor_line=anchor.line().rstrip(),
        recorded_at=recorded_at,
        clauses=clauses,
        parameters=parameters,
        notices=MonthNotices(reader=reader, period=period, up_to=up_to),
        late=late_arrivals(reader, period, up_to),
    )


def known_by(
    reader: Reader, anchor: ChainHead, operations: int, operation_hash: str | None = None
) -> Known | None:
    """How far a report looked that was made at this head and operation; nothing where the book never stood there.

    Without the operation's hash its number is taken as it is.
    """
    if not anchor.seq or queries.head(reader, anchor.seq) != anchor:
        return None
    where = (_OPERATION.book == reader.book, _OPERATION.op_no == operations)
    stored = reader.connection.execute(sa.select(_OPERATION.hash).where(*where)).scalar()
    if stored is None or operation_hash not in (None, stored):
        return None
    return Known(entries=anchor.seq, operations=operations)


def standing(reader: Reader, period: str) -> Known:
    """How far the report of a month looks: to its close where it stands closed, else to where the book stands."""
    event = periods.last_event(reader, period)
    if event is not None and event["action"] == "close":
        return Known(entries=event["head_seq"], operations=event["op_no"])
    last = reader.number(sa.select(sa.func.max(_OPERATION.op_no)).where(_OPERATION.book == reader.book))
    return Known(entries=queries.head(reader).seq, operations=last)


def _closed_at(reader: Reader, period: str, up_to: Known) -> datetime | None:
    event = periods.last_event(reader, period, up_to.operations)
    return moment(event["recorded_at"]) if event is not None and event["action"] == "close" else None


def _anchor(reader: Reader, up_to: Known, head: ChainHead) -> tuple[Anchor, datetime | None]:
    """The anchor of that head and when the last thing before it was recorded: no clock of ours is in it."""
    columns = (_OPERATION.op_no, _OPERATION.hash, _OPERATION.recorded_at)
    select = sa.select(*columns).where(_OPERATION.book == reader.book, _OPERATION.op_no <= up_to.operations)
    operation = reader.first(select.order_by(_OPERATION.op_no.desc()).limit(1))
    entry = reader.first(
        sa.select(E.recorded_at).select_from(SEALED).where(E.book == reader.book, E.seq == head.seq)
    )
    recorded_at = max((moment(row["recorded_at"]) for row in (operation, entry) if row), default=None)
    anchor = Anchor(
        book=reader.book,
        entries=head.seq,
        hash=head.hash,
        operations=operation["op_no"] if operation else 0,
        operation_hash=operation["hash"] if operation else GENESIS,
        schema=schema.fingerprint(reader.connection),
        at=moment_text(recorded_at) if recorded_at else "",
    )
    return anchor, recorded_at


def _rulebook_digest(reader: Reader, period: str, seq: int) -> str:
    select = sa.select(S.rulebook_digest).select_from(SETTLED)
    where = (E.book == reader.book, E.period == period, *known(seq))
    return reader.connection.execute(select.where(*where).order_by(E.seq.desc()).limit(1)).scalar() or ""
