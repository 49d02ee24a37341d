"""Replaying entries: reads them with all that their seals cover, and checks each by the rules of posting."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from ledger import tables as t
from ledger.corrections import colour, ink_of
from ledger.differences import Place, expect
from ledger.journal import POSTINGS_MIN
from ledger.reading import E, P, Reader
from ledger.replay_payments import pays
from ledger.running import Running
from ledger.sealing import row_request

STEP_ORDER = (t.refund_step.c.subject, t.refund_step.c.bucket, t.refund_step.c.step)
_requested = itemgetter("account", "amount_fen", "narration")
_BATCH = 1_000
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """One entry with its postings, its settlement, its refund steps and its seal, as they are stored."""

    place: Place
    entry: _Row
    postings: list[_Row]
    settlement: _Row | None
    steps: list[_Row]
    seal: _Row | None
    reversed_lines: list[tuple[str, int]] | None
    reversed_on: str | None

    @property
    def colour(self) -> str:
        """`red` or `blue` where the entry takes another back, else empty."""
        return ink_of(self.entry["narration"], self.entry["reverses"])


def sealed_entries(reader: Reader) -> Iterator[SealedEntry]:
    """Every entry in the order of its number, read in batches."""
    last: int | None = None
    while batch := _entries_after(reader, last):
        yield from _assembled(reader, batch)
        last = batch[-1]["seq"]


def check_entry(sealed: SealedEntry, running: Running) -> None:
    """Raise `Differs` where an entry breaks a rule that held when it was posted."""
    entry, place = sealed.entry, sealed.place
    expect(place, "journal_entry.seq", entry["seq"], running.seq + 1)
    expect(place, "journal_entry.period", entry["period"], entry["effective_on"][:7])
    expect(place, "journal_entry.voucher_no", entry["voucher_no"], _voucher_no(entry, running))
    if entry["period"] <= running.closed():
        expect(place, "journal_entry.period", entry["period"], f"a month after {running.closed()}")
    later = max(entry["recorded_at"], running.recorded_at)
    expect(place, "journal_entry.recorded_at", entry["recorded_at"], later)
    _check_lines(place, sealed)
    _check_request(place, sealed)
    if sealed.reversed_lines is not None:
        lines = [(row["account"], row["amount_fen"]) for row in sealed.postings]
        expect(place, "posting.reversal", lines, sealed.reversed_lines)
    if sealed.colour and sealed.reversed_on:
        due = colour(entry["effective_on"], sealed.reversed_on)
        expect(place, "journal_entry.narration in ink", sealed.colour, due)


def _voucher_no(entry: _Row, running: Running) -> int | None:
    return None if entry["kind"] == "memorandum" else running.vouchers[entry["period"]] + 1


def _check_lines(place: Place, sealed: SealedEntry) -> None:
    lines, kind = sealed.postings, sealed.entry["kind"]
    expect(place, "posting.line", [row["line"] for row in lines], list(range(1, len(lines) + 1)))
    expect(place, "posting.sum of amount_fen", sum([row["amount_fen"] for row in lines]), 0)
    if kind == "memorandum":
        expect(place, "posting.count", len(lines), 0)
    elif len(lines) < POSTINGS_MIN:
        expect(place, "posting.count", len(lines), f"{POSTINGS_MIN} or more")
    asked = kind == "memorandum" and sealed.entry["reverses"] is None and not pays(sealed.steps)
    booked = kind == "settlement" or asked
    expect(place, "settlement.count", 1 if sealed.settlement else 0, 1 if booked else 0)


def _check_request(place: Place, sealed: SealedEntry) -> None:
    if sealed.settlement is None:
        request = row_request(sealed.entry, map(_requested, sealed.postings))
        expect(place, "journal_entry.request_digest", sealed.entry["request_digest"], request)


def _entries_after(reader: Reader, last: int | None) -> list[_Row]:
    after = [] if last is None else [E.seq > last]
    select = sa.select(*E).where(E.book == reader.book, *after).order_by(E.seq).limit(_BATCH)
    return reader.swept(select)


def _assembled(reader: Reader, batch: list[_Row]) -> Iterator[SealedEntry]:
    span = (batch[0]["seq"], batch[-1]["seq"])
    postings = _by_seq(reader, t.posting, span, (P.line,))
    settlements = _by_seq(reader, t.settlement, span)
    steps = _by_seq(reader, t.refund_step, span, STEP_ORDER)
    seals = _by_seq(reader, t.entry_seal, span)
    for entry in batch:
        seq = entry["seq"]
        yield SealedEntry(
            place=Place(seq=seq),
            entry=entry,
            postings=postings[seq],
            settlement=next(iter(settlements[seq]), None),
            steps=steps[seq],
            seal=next(iter(seals[seq]), None),
            reversed_lines=_reversed_lines(reader, entry["reverses"]),
            reversed_on=_reversed_on(reader, entry["reverses"]),
        )


def _by_seq(
    reader: Reader, table: sa.Table, span: tuple[int, int], order: tuple[sa.ColumnElement[Any], ...] = ()
) -> dict[int, list[_Row]]:
    c, rows = table.c, defaultdict[int, list[_Row]](list)
    select = sa.select(*c).where(c.book == reader.book, c.seq.between(*span)).order_by(c.seq, *order)
    for row in reader.swept(select):
        rows[row["seq"]].append(row)
    return rows


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
