"""What reached a month from before it, or after its close, and why: the figures that no sum of the month explains.

Four things can: an entry added after the month, or one before it, had been closed; a reversal of an entry of an
earlier month; a claim that was asked in one; and, where a month was reopened and closed again, what every
account came to be beside the first close.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from calculators.days import business_day, parse_moment, period_of
from ledger import tables as t
from ledger.approving import reopenings
from ledger.periods import close_delta
from ledger.reading import SEALED, SETTLED, E, P, Reader, S, moment, voucher
from ledger.reports_of_closes import LateRow

_EVENT, _OPERATION = t.period_event.c, t.operation.c
_ORIGINAL = t.journal_entry.alias("original")
_COLUMNS = (
    *(E.seq, E.voucher_no, E.effective_on, E.recorded_at, E.order_no, E.claim_no),
    *(E.narration, E.op_no, E.actor),
)
_DEBITS = (
    sa.select(sa.func.sum(sa.case((P.amount_fen > 0, P.amount_fen), else_=0)))
    .where(P.book == E.book, P.seq == E.seq)
    .scalar_subquery()
    .label("debit_fen")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """One close or reopening, as far as a late arrival is measured by it."""

    period: str
    action: str
    reason: str
    head_seq: int
    op_no: int


def late_arrivals(reader: Reader, period: str) -> tuple[LateRow, ...]:
    """Everything late in a month, in the order of its kinds and entries."""
    events = _events(reader)
    return (
        *_added(reader, period, events),
        *_reversals(reader, period),
        *_late_claims(reader, period),
        *_deltas(reader, period, events),
    )


def _events(reader: Reader) -> list[_Event]:
    joined = t.period_event.join(
        t.operation, (_EVENT.book == _OPERATION.book) & (_EVENT.op_no == _OPERATION.op_no)
    )
    columns = (_EVENT.period, _EVENT.action, _EVENT.reason, _EVENT.op_no, _OPERATION.head_seq)
    select = sa.select(*columns).select_from(joined).where(_EVENT.book == reader.book)
    return [_Event(**row) for row in reader.rows(select.order_by(_EVENT.op_no))]


def _added(reader: Reader, period: str, events: list[_Event]) -> Iterator[LateRow]:
    """Entries of the month after its own first close, and of earlier months after the one before it was closed."""
    for of_period, closed in _first_closes(period, events):
        in_month = E.period == period if of_period == period else E.period < period
        select = sa.select(*_COLUMNS, _DEBITS).select_from(SEALED)
        where = (E.book == reader.book, in_month, E.seq > closed.head_seq)
        for row in reader.rows(select.where(*where).order_by(E.seq)):
            why = _last_reopening(events, row["effective_on"][:7], row["op_no"])
            yield _entry(row, "added", original=row["effective_on"][:7], why=why or row["narration"])


def _first_closes(period: str, events: list[_Event]) -> list[tuple[str, _Event]]:
    firsts: dict[str, _Event] = {}
    for event in events:
        if event.action == "close":
            firsts.setdefault(event.period, event)
    before = max((one for one in firsts if one < period), default="")
    return [(one, firsts[one]) for one in (before, period) if one in firsts]


def _last_reopening(events: list[_Event], period: str, op_no: int) -> str:
    reasons = [
        event.reason
        for event in events
        if event.action == "reopen" and event.period == period and event.op_no <= op_no
    ]
    return reasons[-1] if reasons else ""


def _reversals(reader: Reader, period: str) -> Iterator[LateRow]:
    was = _ORIGINAL.c
    joined = SEALED.join(_ORIGINAL, (E.book == was.book) & (E.reverses == was.seq))
    original = (was.period.label("was_in"), was.voucher_no.label("was_no"), was.effective_on.label("was_on"))
    select = sa.select(*_COLUMNS, *original, _DEBITS).select_from(joined)
    where = (E.book == reader.book, E.period == period, was.period < period)
    for row in reader.rows(select.where(*where).order_by(E.seq)):
        named = f"{row['was_in']} {voucher(row['was_no'])}".strip()
        on = date.fromisoformat(row["was_on"])
        yield _entry(row, "reversal", original=named, original_on=on, why=row["narration"])


def _late_claims(reader: Reader, period: str) -> Iterator[LateRow]:
    select = sa.select(*_COLUMNS, S.case_json, _DEBITS).select_from(SETTLED)
    where = (E.book == reader.book, E.period == period, S.case_json.contains('"asked_at"'))
    for row in reader.pages(select.where(*where).order_by(E.seq)):
        asked_on = _asked_on(row["case_json"])
        if asked_on and period_of(asked_on) < period:
            month = period_of(asked_on)
            yield _entry(row, "late_claim", original=month, original_on=asked_on, why=row["narration"])


def _asked_on(case_json: str) -> date | None:
    claim = json.loads(case_json).get("claim")
    asked_at = claim.get("asked_at") if isinstance(claim, dict) else None
    return business_day(parse_moment(asked_at)) if asked_at else None


def _deltas(reader: Reader, period: str, events: list[_Event]) -> Iterator[LateRow]:
    """What every account came to be at the standing close, less what it was at the first one."""
    delta = close_delta(reader, period)
    if delta is None:
        return
    reasons = [event.reason for event in events if event.action == "reopen" and event.period == period]
    who = reopenings(reader, period)
    for row in (row for row in delta.rows if row.is_changed):
        yield LateRow(
            kind="delta",
            recorded_at=delta.last_closed_at,
            original=period,
            account=row.account,
            debit_fen=row.debit_fen,
            credit_fen=row.credit_fen,
            amount_fen=row.closing_fen,
            why="；".join(filter(None, reasons)),
            actor="、".join(dict.fromkeys(one.asked_by for one in who)),
            approver="、".join(dict.fromkeys(one.granted_by for one in who)),
        )


def _entry(row: sa.RowMapping, kind: str, **more: Any) -> LateRow:
    return LateRow(
        kind=kind,
        seq=row["seq"],
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        recorded_at=moment(row["recorded_at"]),
        order_no=row["order_no"],
        claim_no=row["claim_no"],
        amount_fen=int(row["debit_fen"] or 0),
        actor=row["actor"],
        **more,
    )
