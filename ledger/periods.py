"""Periods: the months of a book, what stands closed, and the figures that a close seals.

A month is closed while it or a later one stands closed. Months close in order and reopen from the last
backwards, so that the opening of a month is always the closing of the one before.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from calculators.money import parse_yuan
from ledger import queries
from ledger import tables as t
from ledger.reading import SEALED, SETTLED, E, Reader, S, moment, voucher
from ledger.reports import PeriodReport, PeriodRow, SettledItemRow, TrialBalanceRow
from ledger.reports_of_closes import CloseDelta, CloseDeltaRow

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
    return date.fromisoformat(f"{next_period(closed)}-01")


def last_event(reader: Reader, period: str) -> sa.RowMapping | None:
    """The last close or reopening of a month, with the moment it was recorded."""
    return next((row for row in _last_events(reader) if row["period"] == period), None)


def first_left_open(reader: Reader, period: str) -> str:
    """The first month before this one that has entries and is open; an empty text where there is none."""
    select = sa.select(sa.func.min(E.period)).where(
        E.book == reader.book, E.period < period, E.period > last_closed(reader)
    )
    return reader.connection.execute(select).scalar() or ""


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


def settled_items(reader: Reader, period: str) -> tuple[SettledItemRow, ...]:
    """Every item of every settlement booked in a month; those taken back in it stand with the other sign."""
    taken = SEALED.join(t.settlement, (E.book == S.book) & (E.reverses == S.seq))
    rows = [*_item_rows(reader, period, SETTLED, 1), *_item_rows(reader, period, taken, -1)]
    return tuple(sorted(rows, key=lambda row: row.seq))


def period_report(reader: Reader, period: str) -> PeriodReport:
    """Everything the workbook of a month shows."""
    return PeriodReport(
        book=reader.book,
        period=period,
        closed_at=_closed_at(last_event(reader, period)),
        head=queries.head(reader),
        rulebook_digest=_rulebook_digest(reader, period),
        trial_balance=queries.trial_balance(reader, period),
        journal=queries.journal(reader, period),
        items=settled_items(reader, period),
    )


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
    select = sa.select(*_EVENT, _OPERATION.recorded_at, _OPERATION.head_seq).select_from(joined)
    select = select.where(_EVENT.book == reader.book).order_by(_EVENT.period, _EVENT.version)
    return list(reader.rows(select))


def _closed_at(event: sa.RowMapping | None) -> Any:
    return moment(event["recorded_at"]) if event and event["action"] == "close" else None


def _rulebook_digest(reader: Reader, period: str) -> str:
    select = sa.select(S.rulebook_digest).select_from(SETTLED)
    select = select.where(E.book == reader.book, E.period == period).order_by(E.seq.desc()).limit(1)
    return reader.connection.execute(select).scalar() or ""


def _item_rows(reader: Reader, period: str, source: sa.Join, sign: int) -> list[SettledItemRow]:
    columns = (E.seq, E.voucher_no, E.effective_on, E.order_no, S.claim_no, S.kind, S.answer_json)
    select = sa.select(*columns).select_from(source)
    rows = reader.rows(select.where(E.book == reader.book, E.period == period).order_by(E.seq))
    return [
        _item_row(row, item, sign) for row in rows for item in json.loads(row["answer_json"]).get("items", ())
    ]


def _item_row(row: sa.RowMapping, item: dict[str, Any], sign: int) -> SettledItemRow:
    return SettledItemRow(
        seq=row["seq"],
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        order_no=row["order_no"],
        claim_no=row["claim_no"],
        kind=row["kind"],
        item=item["item"],
        rule=item["rule"],
        formula=item.get("formula", ""),
        amount_fen=sign * parse_yuan(item["amount"]),
        channel=item.get("channel", ""),
    )
