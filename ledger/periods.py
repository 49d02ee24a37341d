"""Periods: the months of a book, what stands closed, and the figures that a close seals.

A month is closed while it or a later one stands closed. Months close in order and reopen from the last
backwards, so that the opening of a month is always the closing of the one before.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from calculators.days import first_of
from ledger import queries
from ledger import tables as t
from ledger.reading import SEALED, E, Reader, moment
from ledger.reports import PeriodRow, TrialBalanceRow
from ledger.reports_of_gates import Passed, gates_and_reason
from ledger.reports_of_reopening import CloseDelta, CloseDeltaRow

_EVENT = t.period_event.c
_OPERATION = t.operation.c
_DECEMBER = 12
_TWICE = 2
_NOTHING = [0, 0, 0, 0]


def last_closed(reader: Reader) -> str:
    """The last month that stands closed; an empty text where none does."""
    return last_standing((row["period"], row["action"]) for row in _last_events(reader))


def last_standing(events: Iterable[tuple[str, str]]) -> str:
    """The last month whose last event, of those given, is a close; an empty text where there is none."""
    return max((period for period, action in events if action == "close"), default="")


def next_period(period: str) -> str:
    """The month after a month."""
    year, month = int(period[:4]), int(period[5:])
    return f"{year + 1:04d}-01" if month == _DECEMBER else f"{year:04d}-{month + 1:02d}"


def landing_day(effective_on: date, closed: str) -> date:
    """The day itself where its month is open, else the first day of the first open month after it."""
    if effective_on.isoformat()[:7] > closed:
        return effective_on
    return first_of(next_period(closed))


def last_event(reader: Reader, period: str) -> sa.RowMapping | None:
    """The last close or reopening of a month, with the moment it was recorded."""
    return next((row for row in _last_events(reader) if row["period"] == period), None)


def passed_gates(reader: Reader, period: str) -> Passed | None:
    """The gates that the close that stands went past; nothing where it passed none or the month is open."""
    event = last_event(reader, period)
    if event is None or event["action"] != "close":
        return None
    gates, reason = gates_and_reason(event["reason"])
    at = moment(event["recorded_at"])
    return Passed(gates=gates, reason=reason, actor=event["actor"], at=at) if gates else None


def first_left_open(reader: Reader, period: str) -> str:
    """The first month before this one that has entries and is open; an empty text where there is none."""
    select = sa.select(sa.func.min(E.period)).where(
        E.book == reader.book, E.period < period, E.period > last_closed(reader)
    )
    return reader.text(select)


def periods(reader: Reader) -> tuple[PeriodRow, ...]:
    """Every month that has entries or was ever closed or reopened, in order."""
    select = sa.select(E.period, sa.func.count().label("entries")).select_from(SEALED)
    rows = reader.rows(select.where(E.book == reader.book).group_by(E.period))
    entries = {row["period"]: row["entries"] for row in rows}
    events = {row["period"]: row for row in _last_events(reader)}
    return tuple(
        PeriodRow(period=period, entries=entries.get(period, 0), closed_at=_closed_at(events.get(period)))
        for period in sorted(entries.keys() | events.keys())
    )


def figures_json(rows: Sequence[TrialBalanceRow]) -> str:
    """The closing figures as the event keeps them: by account, opening, debit, credit, closing."""
    return figures_text(
        {row.account: [row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen] for row in rows}
    )


def figures_text(figures: dict[str, list[int]]) -> str:
    """Closing figures in the one spelling that a digest can be taken of."""
    return json.dumps(figures, sort_keys=True, separators=(",", ":"))


def entry_count(reader: Reader, period: str) -> int:
    """How many entries a month has, memoranda too."""
    select = sa.select(sa.func.count()).select_from(SEALED)
    return reader.number(select.where(E.book == reader.book, E.period == period))


def close_delta(reader: Reader, period: str) -> CloseDelta | None:
    """A month's first close against the one that stands, by account; nothing where it was closed once or is open."""
    events = [row for row in _events(reader) if row["period"] == period]
    closes = [row for row in events if row["action"] == "close"]
    if len(closes) < _TWICE or events[-1]["action"] != "close":
        return None
    first, last = (json.loads(row["figures_json"]) for row in (closes[0], closes[-1]))
    names = queries.account_names(reader)
    return CloseDelta(
        period=period,
        first_closed_at=moment(closes[0]["recorded_at"]),
        last_closed_at=moment(closes[-1]["recorded_at"]),
        closes=len(closes),
        rows=tuple(
            _delta_row(account, names[account], first.get(account, _NOTHING), last.get(account, _NOTHING))
            for account in sorted(first.keys() | last.keys())
        ),
    )


def _delta_row(account: str, names: tuple[str, str], first: list[int], last: list[int]) -> CloseDeltaRow:
    return CloseDeltaRow(
        account=account,
        name_zh=names[0],
        name_en=names[1],
        first_debit_fen=first[1],
        first_credit_fen=first[2],
        first_closing_fen=first[3],
        last_debit_fen=last[1],
        last_credit_fen=last[2],
        last_closing_fen=last[3],
    )


def _last_events(reader: Reader) -> list[sa.RowMapping]:
    return list({row["period"]: row for row in _events(reader)}.values())


def _events(reader: Reader) -> list[sa.RowMapping]:
    joined = t.period_event.join(
        t.operation, (_EVENT.book == _OPERATION.book) & (_EVENT.op_no == _OPERATION.op_no)
    )
    select = sa.select(*_EVENT, _OPERATION.recorded_at, _OPERATION.head_seq, _OPERATION.actor).select_from(
        joined
    )
    select = select.where(_EVENT.book == reader.book).order_by(_EVENT.period, _EVENT.version)
    return list(reader.rows(select))


def _closed_at(event: sa.RowMapping | None) -> Any:
    return moment(event["recorded_at"]) if event and event["action"] == "close" else None
