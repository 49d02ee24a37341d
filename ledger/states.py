"""States: the whole book at a day or at an entry, derived by replay and by nothing else.

At an entry, the walk stops there: what was posted or stored afterwards is not looked at, so that the state at an
entry never changes. By a day, every entry is walked and those are counted that take effect until then, as the
book knows them now. Neither says when or where it was asked, so the same book gives the same state anywhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from calculators.days import period_of
from ledger import queries
from ledger import tables as t
from ledger.canonical import GENESIS
from ledger.corrections import sides
from ledger.differences import Differs
from ledger.reading import E, Reader
from ledger.replay import Recompute, Replayed, Walk, check_steps
from ledger.replay_entries import SealedEntry
from ledger.replay_reports import State, StateBalance, StatePeriod, StateRefund
from ledger.reports import ChainHead

_STEP = t.refund_step.c
_SPAN = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Where a replay is cut: after entry number `entry`, or by the end of a day; nothing for the whole book."""

    day: date | None = None
    entry: int | None = None

    def counts(self, seq: int, effective_on: str) -> bool:
        """Whether the entry of that number and day is before the cut."""
        if self.entry is not None:
            return seq <= self.entry
        return self.day is None or effective_on <= self.day.isoformat()

    def is_reached(self, seq: int) -> bool:
        """Whether nothing after the entry of that number can be before the cut."""
        return self.entry is not None and seq >= self.entry

    @property
    def said(self) -> str | int | None:
        """The cut as people write it: a day, a number, or nothing."""
        return self.day.isoformat() if self.day else self.entry


def state_of(
    reader: Reader, until: Until, recompute: Recompute | None = None
) -> tuple[Replayed, State | None]:
    """Replay up to the cut and answer what stands there; no state where the book differs, `UnknownEntry` beyond it."""
    if until.entry is not None:
        queries.entry(reader, until.entry)
    walk, counted = Walk(reader, recompute), Counted(until)
    try:
        for sealed in walk.entries():
            counted.take(sealed, walk.operations.hash)
            if until.is_reached(sealed.entry.seq):
                check_steps(reader, sealed.entry.seq)
                break
        else:
            walk.finish()
    except Differs as found:
        return walk.replayed(found.difference), None
    return walk.replayed(None), counted.state(walk)


class Counted:
    """What the entries before a cut add up to, taken in one by one."""

    def __init__(self, until: Until) -> None:
        self.until = until
        self.entries, self.postings, self.settlements = 0, 0, 0
        self.head = ChainHead(seq=0, hash=GENESIS)
        self.operation = ChainHead(seq=0, hash=GENESIS)
        self._sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self._months: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def take(self, sealed: SealedEntry, operation_hash: str) -> bool:
        """Count an entry if it is before the cut; answers whether it is."""
        entry, seal = sealed.entry, sealed.seal
        if seal is None or not self.until.counts(entry.seq, entry.effective_on):
            return False
        self.entries += 1
        self.postings += len(sealed.postings)
        self.settlements += 1 if sealed.settlement else 0
        self.head = ChainHead(seq=entry.seq, hash=seal.hash)
        self.operation = ChainHead(seq=entry.op_no, hash=operation_hash)
        month = self._months[entry.period]
        month[0] += 1
        month[1] += 1 if entry.voucher_no else 0
        for line in sealed.postings:
            debit, credit = sides(line.amount_fen, sealed.colour)
            for sums, first in ((self._sums[line.account], 0), (month, 2)):
                sums[first] += debit
                sums[first + 1] += credit
        return True

    def balances(self) -> tuple[StateBalance, ...]:
        """Every account that was posted to, in the order of the codes."""
        return tuple(
            StateBalance(account=code, debit_fen=debit, credit_fen=credit, balance_fen=debit - credit)
            for code, (debit, credit) in sorted(self._sums.items())
        )

    def state(self, walk: Walk) -> State:
        """All of it, with the months' standing as the walk knows it and the refunds still to be read."""
        return State(
            book=walk.reader.book,
            until=self.until.said,
            entries=self.entries,
            postings=self.postings,
            settlements=self.settlements,
            head=self.head,
            operation=self.operation,
            balances=self.balances(),
            periods=self._periods(walk),
            refunds=_refunds(walk.reader, self.until, walk.running.seq),
        )

    def _periods(self, walk: Walk) -> tuple[StatePeriod, ...]:
        events, closed = walk.running.events, walk.running.closed()
        last = period_of(self.until.day) if self.until.day else "9999-99"
        months = sorted(month for month in self._months.keys() | events.keys() if month <= last)
        return tuple(
            StatePeriod(
                period=month,
                closed=month <= closed,
                version=events.get(month, (0, ""))[0],
                **dict(
                    zip(("entries", "vouchers", "debit_fen", "credit_fen"), self._months[month], strict=True)
                ),
            )
            for month in months
        )


def _refunds(reader: Reader, until: Until, last: int) -> Iterator[StateRefund]:
    """By spans of entries, so that no more than one span's refunds are ever in memory."""
    for first in range(1, last + 1, _SPAN):
        span = (first, min(first + _SPAN - 1, last))
        rows = sorted(
            reader.rows(_refunds_begun(reader, until, span)), key=lambda row: (row["begun"], row["bucket"])
        )
        for row in rows:
            yield StateRefund(
                subject=row["subject"],
                bucket=row["bucket"],
                paid_fen=int(row["paid_fen"]),
                refunded_fen=int(row["refunded_fen"]),
                steps=int(row["steps"]),
            )


def _refunds_begun(reader: Reader, until: Until, span: tuple[int, int]) -> sa.Select[Any]:
    """The buckets whose first step was taken in a span of entries, with the sums of all their counted steps."""
    begun = t.refund_step.alias("begun").c
    same = (begun.book == _STEP.book) & (begun.subject == _STEP.subject) & (begun.bucket == _STEP.bucket)
    joined = begun.step.table.join(t.refund_step, same).join(
        t.journal_entry, (E.book == _STEP.book) & (E.seq == _STEP.seq)
    )
    cut = [_STEP.seq <= until.entry] if until.entry is not None else []
    cut += [E.effective_on <= until.day.isoformat()] if until.day else []
    return (
        sa.select(
            begun.seq.label("begun"),
            _STEP.subject,
            _STEP.bucket,
            sa.func.max(_STEP.paid_fen).label("paid_fen"),
            sa.func.sum(_STEP.after_fen - _STEP.before_fen).label("refunded_fen"),
            sa.func.count().label("steps"),
        )
        .select_from(joined)
        .where(begun.book == reader.book, begun.step == 1, begun.seq.between(*span), *cut)
        .group_by(begun.seq, _STEP.subject, _STEP.bucket)
    )
