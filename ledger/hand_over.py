"""Handing over: a month with its chart, balances and entries, for the programs that take it from here.

An accountant's software wants vouchers whole, not a journal's single lines, so the lines are gathered under
their entries. Memoranda have none and are left out.
"""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from ledger import periods, queries
from ledger import tables as t
from ledger.corrections import ink_of
from ledger.reading import (
    NAMED,
    REVERSED_BY,
    SEALED,
    E,
    P,
    Reader,
    moment,
    voucher,
)
from ledger.reports import AccountRow, EntryReport, PostingRow
from ledger.reports_of_handing import HandOver

_KEPT = ("seq", "kind", "narration", "order_no", "claim_no", "reverses", "source", "actor", "key")
_LINE = ("line", "account", "account_zh", "amount_fen", "narration")


def hand_over(reader: Reader, period: str) -> HandOver:
    """Everything that a month's vouchers and journals show; an open month as it stands."""
    event = periods.last_event(reader, period)
    closed = event is not None and event["action"] == "close"
    return HandOver(
        book=reader.book,
        period=period,
        closed_at=moment(event["recorded_at"]) if event is not None and closed else None,
        head=queries.head(reader),
        accounts=accounts(reader),
        trial_balance=queries.trial_balance(reader, period),
        entries=_entries(reader, period),
    )


def accounts(reader: Reader) -> tuple[AccountRow, ...]:
    """The book's own chart, in the order of the codes."""
    c = t.account.c
    select = sa.select(c.code, c.name_zh, c.name_en, c.normal).where(c.book == reader.book)
    return tuple(AccountRow(**row) for row in reader.rows(select.order_by(c.code)))


def _entries(reader: Reader, period: str) -> tuple[EntryReport, ...]:
    """The month's entries with their lines, in two questions however many there are."""
    lines = _lines(reader, period)
    columns = [E[name] for name in (*_KEPT, "voucher_no", "effective_on", "recorded_at")]
    extra = (t.entry_seal.c.hash, REVERSED_BY)
    select = sa.select(*columns, *extra).select_from(SEALED)
    rows = reader.rows(select.where(E.book == reader.book, E.period == period).order_by(E.seq))
    return tuple(_entry(row, lines[row["seq"]]) for row in rows if row["seq"] in lines)


def _lines(reader: Reader, period: str) -> dict[int, list[PostingRow]]:
    columns = (E.seq, P.line, P.account, P.amount_fen, P.narration, t.account.c.name_zh.label("account_zh"))
    select = sa.select(*columns).select_from(NAMED).where(E.book == reader.book, E.period == period)
    lines: dict[int, list[PostingRow]] = defaultdict(list)
    for row in reader.rows(select.order_by(E.seq, P.line)):
        lines[row["seq"]].append(PostingRow(**{name: row[name] for name in _LINE}))
    return lines


def _entry(row: Any, lines: list[PostingRow]) -> EntryReport:
    return EntryReport(
        **{name: row[name] for name in (*_KEPT, "reversed_by", "hash")},
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        recorded_at=moment(row["recorded_at"]),
        postings=tuple(lines),
        colour=ink_of(row["narration"], row["reverses"]),
    )
