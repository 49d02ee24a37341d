"""What reached a month from before it, or after its close, and why: the figures that no sum of the month explains.

Four things can: an entry added after the month, or one before it, had been closed; a reversal of an entry of an
earlier month; a claim that was asked in one; and, where a month was reopened and closed again, what every
account's closing balance changed by.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from calculators.days import business_day, parse_moment
from ledger import tables as t
from ledger.reading import SEALED, SETTLED, E, P, Reader, S, moment, voucher
from ledger.reports_of_closes import LateRow

_EVENT, _OPERATION = t.period_event.c, t.operation.c
_ORIGINAL = t.journal_entry.alias("original")
_COLUMNS = (E.seq, E.voucher_no, E.effective_on, E.recorded_at, E.order_no, E.claim_no, E.narration, E.op_no)
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
    figures: dict[str, list[int]]
    head_seq: int
    op_no: int
    recorded_at: str


def late_arrivals(reader: Reader, period: str) -> tuple[LateRow, ...]:
    """Everything late in a month, in the order of its kinds and entries."""
    events = _events(reader)
    return (
        *_added(reader, period, events),
        *_reversals(reader, period),
        *_late_claims(reader, period),
        *_deltas([event for event in events if event.period == period]),
    )


def _events(reader: Reader) -> list[_Event]:
    joined = t.period_event.join(
        t.operation, (_EVENT.book == _OPERATION.book) & (_EVENT.op_no == _OPERATION.op_no)
    )
    columns = (_EVENT.period, _EVENT.action, _EVENT.reason, _EVENT.figures_json, _EVENT.op_no)
    select = sa.select(*columns, _OPERATION.head_seq, _OPERATION.recorded_at).select_from(joined)
    rows = reader.rows(select.where(_EVENT.book == reader.book).order_by(_EVENT.op_no))
    return [_Event(figures=json.loads(row["figures_json"]), **_kept(row)) for row in rows]


def _kept(row: sa.RowMapping) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "figures_json"}


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
        if asked_on and asked_on.isoformat()[:7] < period:
            month = asked_on.isoformat()[:7]
            yield _entry(row, "late_claim", original=month, original_on=asked_on, why=row["narration"])


def _asked_on(case_json: str) -> date | None:
    claim = json.loads(case_json).get("claim")
    asked_at = claim.get("asked_at") if isinstance(claim, dict) else None
    return business_day(parse_moment(asked_at)) if asked_at else None


def _deltas(events: list[_Event]) -> Iterator[LateRow]:
    """What each account's closing balance changed by from one close to the next, with the reopening's reason."""
    last: _Event | None = None
    reason = ""
    for event in events:
        if event.action == "reopen":
            reason = event.reason
        else:
            yield from _delta(last, event, reason) if last else ()
            last = event


def _delta(before: _Event, after: _Event, reason: str) -> Iterator[LateRow]:
    for account in sorted(before.figures.keys() | after.figures.keys()):
        changed = _closing(after, account) - _closing(before, account)
        if changed:
            yield LateRow(
                kind="delta",
                recorded_at=moment(after.recorded_at),
                original=after.period,
                account=account,
                amount_fen=changed,
                why=reason,
            )


def _closing(event: _Event, account: str) -> int:
    return event.figures.get(account, [0])[-1]


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
        **more,
    )
