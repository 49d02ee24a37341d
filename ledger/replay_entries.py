"""Replaying entries: reads them with all that their seals cover, and checks each by the rules of posting."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from ledger import tables as t
from ledger.corrections import colour, ink_of
from ledger.differences import Place, expect
from ledger.journal import POSTINGS_MIN
from ledger.reading import E, P, Reader
from ledger.replay_payments import pays
from ledger.running import Running
from ledger.sealed_rows import EntryRow, PostingRow, SealRow, SettlementRow, StepRow
from ledger.sealing import row_request

STEP_ORDER = (t.refund_step.c.subject, t.refund_step.c.bucket, t.refund_step.c.step)
_BATCH = 1_000
_Row = TypeVar("_Row", EntryRow, PostingRow, SealRow, SettlementRow, StepRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """One entry with its postings, its settlement, its refund steps and its seal, as they are stored."""

    place: Place
    entry: EntryRow
    postings: list[PostingRow]
    settlement: SettlementRow | None
    steps: list[StepRow]
    seal: SealRow | None
    reversed_lines: list[tuple[str, int]] | None
    reversed_on: str | None

    @property
    def colour(self) -> str:
        """`red` or `blue` where the entry takes another back, else empty."""
        return ink_of(self.entry.narration, self.entry.reverses)


def sealed_entries(reader: Reader) -> Iterator[SealedEntry]:
    """Every entry in the order of its number, read in batches."""
    last: int | None = None
    while batch := _entries_after(reader, last):
        yield from _assembled(reader, batch)
        last = batch[-1].seq


def check_entry(sealed: SealedEntry, running: Running) -> None:
    """Raise `Differs` where an entry breaks a rule that held when it was posted."""
    entry, place = sealed.entry, sealed.place
    expect(place, "journal_entry.seq", entry.seq, running.seq + 1)
    expect(place, "journal_entry.period", entry.period, entry.effective_on[:7])
    expect(place, "journal_entry.voucher_no", entry.voucher_no, _voucher_no(entry, running))
    if entry.period <= running.closed():
        expect(place, "journal_entry.period", entry.period, f"a month after {running.closed()}")
    later = max(entry.recorded_at, running.recorded_at)
    expect(place, "journal_entry.recorded_at", entry.recorded_at, later)
    _check_lines(place, sealed)
    _check_request(place, sealed)
    if sealed.reversed_lines is not None:
        lines = [(row.account, row.amount_fen) for row in sealed.postings]
        expect(place, "posting.reversal", lines, sealed.reversed_lines)
    if sealed.colour and sealed.reversed_on:
        due = colour(entry.effective_on, sealed.reversed_on)
        expect(place, "journal_entry.narration in ink", sealed.colour, due)


def _voucher_no(entry: EntryRow, running: Running) -> int | None:
    return None if entry.kind == "memorandum" else running.vouchers[entry.period] + 1


def _check_lines(place: Place, sealed: SealedEntry) -> None:
    lines, kind = sealed.postings, sealed.entry.kind
    expect(place, "posting.line", [row.line for row in lines], list(range(1, len(lines) + 1)))
    expect(place, "posting.sum of amount_fen", sum([row.amount_fen for row in lines]), 0)
    if kind == "memorandum":
        expect(place, "posting.count", len(lines), 0)
    elif len(lines) < POSTINGS_MIN:
        expect(place, "posting.count", len(lines), f"{POSTINGS_MIN} or more")
    asked = kind == "memorandum" and sealed.entry.reverses is None and not pays(sealed.steps)
    booked = kind == "settlement" or asked
    expect(place, "settlement.count", 1 if sealed.settlement else 0, 1 if booked else 0)


def _check_request(place: Place, sealed: SealedEntry) -> None:
    if sealed.settlement is None:
        request = row_request(sealed.entry, sealed.postings)
        expect(place, "journal_entry.request_digest", sealed.entry.request_digest, request)


def _entries_after(reader: Reader, last: int | None) -> list[EntryRow]:
    after = [] if last is None else [E.seq > last]
    select = _select(reader, t.journal_entry, EntryRow).where(*after).order_by(E.seq).limit(_BATCH)
    return reader.swept(select, EntryRow)


def _assembled(reader: Reader, batch: list[EntryRow]) -> Iterator[SealedEntry]:
    span = (batch[0].seq, batch[-1].seq)
    postings = _by_seq(reader, t.posting, PostingRow, span, P.line)
    settlements = _by_seq(reader, t.settlement, SettlementRow, span)
    steps = _by_seq(reader, t.refund_step, StepRow, span, *STEP_ORDER)
    seals = _by_seq(reader, t.entry_seal, SealRow, span)
    for entry in batch:
        seq = entry.seq
        yield SealedEntry(
            place=Place(seq=seq),
            entry=entry,
            postings=postings[seq],
            settlement=next(iter(settlements[seq]), None),
            steps=steps[seq],
            seal=next(iter(seals[seq]), None),
            reversed_lines=_reversed_lines(reader, entry.reverses),
            reversed_on=_reversed_on(reader, entry.reverses),
        )


def _by_seq(
    reader: Reader, table: sa.Table, row: type[_Row], span: tuple[int, int], *order: sa.ColumnElement[Any]
) -> dict[int, list[_Row]]:
    c, rows = table.c, defaultdict[int, list[_Row]](list)
    select = _select(reader, table, row).where(c.seq.between(*span)).order_by(c.seq, *order)
    for one in reader.swept(select, row):
        rows[one.seq].append(one)
    return rows


def _select(reader: Reader, table: sa.Table, row: type[_Row]) -> sa.Select[Any]:
    """The book's rows of a table, each as the values of a row's fields in their order."""
    return sa.select(*(table.c[name] for name in row._fields)).where(table.c.book == reader.book)


def _reversed_lines(reader: Reader, seq: int | None) -> list[tuple[str, int]] | None:
    if seq is None:
        return None
    select = sa.select(P.account, P.amount_fen).where(P.book == reader.book, P.seq == seq).order_by(P.line)
    return [(row["account"], -row["amount_fen"]) for row in reader.rows(select)]


def _reversed_on(reader: Reader, seq: int | None) -> str | None:
    if seq is None:
        return None
    row = reader.first(sa.select(E.effective_on).where(E.book == reader.book, E.seq == seq))
    return row["effective_on"] if row else None
