"""Replay: the book computed once more from what it recorded, stopping at the first difference.

Entries and operations are walked in the order they were sealed. Each settlement is recomputed from its case
and its rulebook, each hash from its rows, each closing from the entries before it; at the end every balance
and row count is held against the walk. Nothing is written, and memory does not grow with the book.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from calculators.errors import CalculatorError
from ledger import queries
from ledger import tables as t
from ledger.canonical import request_digest
from ledger.differences import Difference, Differs, Place, expect, expect_json
from ledger.journal import Posting
from ledger.reading import Reader
from ledger.recordings import RefundStep
from ledger.replay_entries import SealedEntry, check_entry, sealed_entries
from ledger.replay_operations import Operations
from ledger.replay_payments import check_payment
from ledger.reports import ChainHead
from ledger.running import Running
from ledger.sealed_rows import SettlementRow, StepRow
from ledger.sealing import entry_hash

_STEP = t.refund_step
_COLLECTED_AFTER = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What the calculators and the posting rules say today about a recorded case."""

    answer_digest: str
    answer_json: str
    postings: tuple[Posting, ...]
    steps: tuple[RefundStep, ...]


Recompute = Callable[[str, str], Recomputed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """How far a replay came, and the first difference it met, if any."""

    entries: int
    settlements: int
    operations: int
    head: ChainHead
    first_difference: Difference | None


def replay(reader: Reader, recompute: Recompute | None = None) -> Replayed:
    """Recompute the whole book; `recompute` takes a case's JSON and a rulebook's text.

    Without it the settlements are taken as they stand and only what seals and sums them is recomputed.
    """
    walk = Walk(reader, recompute)
    try:
        with _rarely_collected():
            for _ in walk.entries():
                pass
        walk.finish()
    except Differs as found:
        return walk.replayed(found.difference)
    return walk.replayed(None)


@contextmanager
def _rarely_collected() -> Iterator[None]:
    # A walk makes millions of rows that live shortly and in no cycle; to look for cycles among them costs a tenth.
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Walk:
    """One pass over a book, with what it has counted so far."""

    def __init__(self, reader: Reader, recompute: Recompute | None = None) -> None:
        self.reader = reader
        self.recompute = recompute
        self.running = Running()
        self.operations = Operations(reader, self.running)
        self.rows: dict[str, int] = defaultdict(int)

    def replayed(self, difference: Difference | None) -> Replayed:
        """How far the walk has come, and what it met there."""
        return Replayed(
            entries=self.rows["journal_entry"],
            settlements=self.rows["settlement"],
            operations=self.operations.op_no,
            head=ChainHead(seq=self.running.seq, hash=self.running.hash),
            first_difference=difference,
        )

    def entries(self) -> Iterator[SealedEntry]:
        """Every entry in the order of its number, each once it agrees; raises `Differs` at the first that does not."""
        for sealed in sealed_entries(self.reader):
            self.operations.walk_to(sealed.entry.op_no)
            check_entry(sealed, self.running)
            self._check_settlement(sealed)
            if sealed.entry.reverses is None:
                check_payment(self.reader, sealed.entry, sealed.postings, sealed.steps)
            self._check_seal(sealed)
            self._count(sealed)
            yield sealed

    def finish(self) -> None:
        """Hold the whole book against the walk: the last operations, all counts, steps and balances; or `Differs`."""
        self.operations.walk_to(None)
        self._check_counts()
        check_steps(self.reader)
        self._check_balances()

    def _check_settlement(self, sealed: SealedEntry) -> None:
        row = sealed.settlement
        if row is None:
            return
        place = Place(seq=sealed.entry.seq, claim_no=row.claim_no)
        digest = request_digest(row.case_json, row.rulebook_digest)
        expect(place, "settlement.request_digest", row.request_digest, digest)
        expect(place, "journal_entry.request_digest", sealed.entry.request_digest, digest)
        self.operations.approvals.check_settlement(place, row, sealed.entry.source)
        text = self.operations.rulebooks.get(row.rulebook_digest)
        expect(
            place,
            "settlement.rulebook_digest",
            row.rulebook_digest if text else None,
            row.rulebook_digest,
        )
        if self.recompute and text:
            _check_recomputed(place, sealed, _recomputed(self.recompute, place, row, text))

    def _check_seal(self, sealed: SealedEntry) -> None:
        place, seal = sealed.place, sealed.seal
        expect(place, "entry_seal.hash", "sealed" if seal else None, "sealed")
        if seal is None:
            return
        links = (self.running.hash, self.operations.hash)
        expect(place, "entry_seal.prev_hash", seal.prev_hash, links[0])
        found = entry_hash(links, sealed.entry, sealed.postings, sealed.settlement, sealed.steps)
        expect(place, "entry_seal.hash", seal.hash, found)
        self.running.seal(sealed.entry, sealed.postings, seal.hash, sealed.colour)

    def _count(self, sealed: SealedEntry) -> None:
        self.rows["journal_entry"] += 1
        self.rows["entry_seal"] += 1
        self.rows["posting"] += len(sealed.postings)
        self.rows["settlement"] += 1 if sealed.settlement else 0
        self.rows["refund_step"] += len(sealed.steps)

    def _check_counts(self) -> None:
        walked = {**self.operations.rows, **self.rows}
        for table in t.SEALED_TABLES:
            select = sa.select(sa.func.count()).select_from(table).where(table.c.book == self.reader.book)
            expect(Place(), f"{table.name}.count", self.reader.number(select), walked.get(table.name, 0))

    def _check_balances(self) -> None:
        # The last month's openings sum all months before it, so one trial balance holds every posting.
        for period in self.running.months()[-1:]:
            shown = {
                row.account: [row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen]
                for row in queries.trial_balance(self.reader, period)
            }
            expect(Place(), f"trial_balance.{period}", shown, self.running.figures(period))


def _recomputed(recompute: Recompute, place: Place, row: SettlementRow, text: str) -> Recomputed:
    try:
        return recompute(row.case_json, text)
    except CalculatorError as refused:
        expect(place, "settlement.answer_json", row.answer_json, f"refused: {refused}")
        raise


def _check_recomputed(place: Place, sealed: SealedEntry, again: Recomputed) -> None:
    row = sealed.settlement
    if row is None:
        return
    expect_json(place, "settlement.answer_json", row.answer_json, again.answer_json)
    expect(place, "settlement.answer_digest", row.answer_digest, again.answer_digest)
    expect(place, "posting.count", len(sealed.postings), len(again.postings))
    for stored, line in zip(sealed.postings, again.postings, strict=True):
        expect(place, f"posting.account of line {stored.line}", stored.account, line.account)
        expect(place, f"posting.amount_fen of line {stored.line}", stored.amount_fen, line.amount_fen)
        expect(place, f"posting.narration of line {stored.line}", stored.narration, line.narration)
    _check_same_steps(place, sealed.steps, again.steps)


def _check_same_steps(place: Place, stored: Iterable[StepRow], again: Iterable[RefundStep]) -> None:
    old = {row.bucket: (row.paid_fen, row.before_fen, row.after_fen) for row in stored}
    new = {step.bucket: (step.paid_fen, step.before_fen, step.after_fen) for step in again}
    for bucket in sorted(old.keys() | new.keys()):
        expect(place, f"refund_step.{bucket}", old.get(bucket), new.get(bucket))


def check_steps(reader: Reader, last: int | None = None) -> None:
    """Each refund step, of entries up to `last`, starts where the one before it ended; raises `Differs`."""
    for row in _broken_steps(reader, last):
        expect(
            Place(seq=row["seq"]),
            f"refund_step.before_fen of {row['subject']}, {row['bucket']}, step {row['step']}",
            (row["before_fen"], row["paid_fen"]),
            (row["ended_fen"] or 0, row["earlier_fen"]),
        )


def _broken_steps(reader: Reader, last: int | None) -> Iterator[sa.RowMapping]:
    now, earlier = _STEP.c, _STEP.alias("earlier").c
    same = (now.book == earlier.book) & (now.subject == earlier.subject) & (now.bucket == earlier.bucket)
    joined = _STEP.outerjoin(earlier.step.table, same & (now.step == earlier.step + 1))
    first = (now.step == 1) & (now.before_fen == 0)
    follows = (now.before_fen == earlier.after_fen) & (now.paid_fen == earlier.paid_fen)
    within = [] if last is None else [now.seq <= last]
    select: sa.Select[Any] = (
        sa.select(*now, earlier.after_fen.label("ended_fen"), earlier.paid_fen.label("earlier_fen"))
        .select_from(joined)
        .where(now.book == reader.book, ~sa.func.coalesce(first | follows, sa.false()), *within)
        .order_by(now.seq)
        .limit(1)
    )
    return reader.rows(select)
