"""A month's postings and settled items: long lists that are read a page at a time, and may be read again.

A workbook goes through them several times and never holds them whole, so each is a question that is asked anew
whenever somebody goes through it.
"""

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from calculators.money import parse_yuan
from ledger import tables as t
from ledger.corrections import ink_of, sides
from ledger.reading import (
    ACCOUNT_ZH,
    LINES,
    NAMED,
    NARRATION,
    SEALED,
    SETTLED,
    E,
    P,
    Reader,
    S,
    dated,
    known,
    voucher,
)
from ledger.reports import JournalRow, SettledItemRow

_MANY = 500
_TAKEN_BACK = SEALED.join(t.settlement, (E.book == S.book) & (E.reverses == S.seq))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthJournal:
    """Every posting of a period, in the order of entries and lines."""

    reader: Reader
    period: str

    def __iter__(self) -> Iterator[JournalRow]:
        return map(_journal_row, self.reader.pages(_journal(self.reader, self.period)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthItems:
    """Every item of every settlement booked in a period; those taken back in it stand with the other sign."""

    reader: Reader
    period: str

    def __iter__(self) -> Iterator[SettledItemRow]:
        return self._of()

    def of_entries(self, seqs: Sequence[int]) -> Iterable[SettledItemRow]:
        """The items of those entries alone, whose ascending numbers are given, looked up some at a time."""
        for start in range(0, len(seqs), _MANY):
            yield from self._of(E.seq.in_(seqs[start : start + _MANY]))

    def _of(self, *limits: sa.ColumnElement[bool]) -> Iterator[SettledItemRow]:
        given = _items(self._answers(SETTLED, limits), 1)
        return heapq.merge(given, _items(self._answers(_TAKEN_BACK, limits), -1), key=attrgetter("seq"))

    def _answers(self, source: sa.Join, limits: Iterable[sa.ColumnElement[bool]]) -> Iterator[sa.RowMapping]:
        columns = (E.seq, E.voucher_no, E.effective_on, E.order_no, S.claim_no, S.kind, S.answer_json)
        select = sa.select(*columns).select_from(source)
        where = (E.book == self.reader.book, E.period == self.period, *limits)
        return self.reader.pages(select.where(*where).order_by(E.seq))


def vouchers_and_lines(reader: Reader, period: str) -> tuple[int, int]:
    """How many entries of a period have lines, and how many lines they have."""
    columns: tuple[Any, ...] = (
        sa.func.count(sa.distinct(E.seq)).label("vouchers"),
        sa.func.count().label("lines"),
    )
    where = (E.book == reader.book, E.period == period)
    row = next(reader.rows(sa.select(*columns).select_from(LINES).where(*where)))
    return row["vouchers"], row["lines"]


def journal(
    reader: Reader, period: str, known_at: int | None = None, as_of: date | None = None
) -> tuple[JournalRow, ...]:
    """The postings of a period that were known at an entry and take effect until a day, at once."""
    select = _journal(reader, period).where(*known(known_at), *dated(as_of))
    return tuple(map(_journal_row, reader.rows(select)))


def _journal(reader: Reader, period: str) -> sa.Select[Any]:
    of_entry = (E.seq, E.voucher_no, E.effective_on, E.kind, E.order_no, E.claim_no, E.reverses, E.actor)
    return (
        sa.select(*of_entry, P.line, P.account, P.amount_fen, NARRATION, ACCOUNT_ZH)
        .select_from(NAMED)
        .where(E.book == reader.book, E.period == period)
        .order_by(E.seq, P.line)
    )


def _journal_row(row: sa.RowMapping) -> JournalRow:
    ink = ink_of(row["narration"], row["reverses"])
    debit_fen, credit_fen = sides(row["amount_fen"], ink)
    return JournalRow(
        seq=row["seq"],
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        kind=row["kind"],
        narration=row["narration"],
        account=row["account"],
        account_zh=row["account_zh"],
        debit_fen=debit_fen,
        credit_fen=credit_fen,
        order_no=row["order_no"],
        claim_no=row["claim_no"],
        reverses=row["reverses"],
        colour=ink,
        line=row["line"],
        actor=row["actor"],
    )


def _items(answers: Iterable[sa.RowMapping], sign: int) -> Iterator[SettledItemRow]:
    for row in answers:
        for place, item in enumerate(json.loads(row["answer_json"]).get("items", ())):
            yield _item_row(row, item, sign, 0 if place else sign)


def _item_row(row: sa.RowMapping, item: dict[str, Any], sign: int, claims: int) -> SettledItemRow:
    used = item.get("parameters", {})
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
        taken_back=sign < 0,
        claims=claims,
        inputs=item.get("inputs", {}),
        parameters={name: one["value"] for name, one in used.items()},
    )
