"""The desk: one writing turn at a book, and every way of writing into it.

There is post and reverse, no update; close and reopen are events of their own. Each command answers a key it
has seen before with what it stored then, and refuses the key for anything else. The turn is committed as a
whole when it ends, or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import sqlalchemy as sa

from ledger import closing, keys, queries, storing
from ledger import tables as t
from ledger.canonical import request_digest
from ledger.chain import Chain, Draft, Row
from ledger.errors import BadEntry, KeyConflict, NotReversible, OverRefund, StaleQuote
from ledger.journal import JournalEntry, Posting, check_key, check_text, reversal
from ledger.periods import landing_day
from ledger.reading import Reader
from ledger.recordings import (
    Closed,
    KeyedEntry,
    OrderFacts,
    Posted,
    RecordedSettlement,
    Recording,
    RefundStep,
    Statement,
)
from ledger.reports import EntryReport
from ledger.sealing import entry_request

_BATCH = 500


class Desk:
    """One writing turn at one book."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self.reader: Reader = chain.reader

    def post(
        self, entry: JournalEntry, *, key: str, source: str | None = None, command: str = "post"
    ) -> Posted:
        """Post an entry once under its key; `KeyConflict`, `PeriodClosed` or `BadEntry` else."""
        return self.post_many([KeyedEntry(entry=entry, key=key, source=source)], command=command)[0]

    def post_many(self, entries: Iterable[KeyedEntry], *, command: str = "post") -> list[Posted]:
        """Post entries in their order, each once under its key; one refusal voids the whole turn."""
        posted: list[Posted] = []
        before = self._chain.seq
        try:
            for batch in _batches(entries):
                posted += self._post_batch(batch, command)
        except BaseException:
            self._chain.void = self._chain.void or self._chain.seq > before
            raise
        return posted

    def record(self, recording: Recording, *, source: str | None = None) -> Posted:
        """Record a settlement once under its claim number, with its entry and its refund steps.

        `KeyConflict` for a number that stands for another case, `StaleQuote` where the steps do not start
        from the book's own figures, `OverRefund` where one ends above what was paid.
        """
        digest = request_digest(recording.case_json, recording.rulebook_digest)
        stored = queries.settlement(self.reader, recording.claim_no)
        if stored:
            return _again(recording.claim_no, stored, digest)
        _check_source(source)
        steps = self._checked_steps(recording)
        storing.store_rulebook(self._chain, recording.rulebook_digest, recording.rulebook_text)
        draft = Draft(
            entry=recording.entry,
            command="record",
            key=recording.claim_no,
            request_digest=digest,
            source=source,
            recording=recording,
            steps=steps,
        )
        return self._append(draft)

    def reverse(self, seq: int, effective_on: date, reason: str) -> Posted:
        """Take an entry back in red, in the first open month from `effective_on`; `NotReversible` twice."""
        stored = queries.entry(self.reader, seq)
        check_text("reason", reason)
        _check_reversible(stored, effective_on, reason)
        day = landing_day(effective_on, self._chain.closed)
        entry = reversal(_as_given(stored), seq, day, reason)
        draft = Draft(
            entry=entry,
            command="reverse",
            key=str(seq),
            request_digest=entry_request(entry),
            steps=self._steps_back(seq),
        )
        return self._append(draft)

    def store_facts(self, facts: OrderFacts) -> bool:
        """Keep what is known of an order as its next version; false where the same is known already."""
        return storing.store_facts(self._chain, facts)

    def store_statement(self, statement: Statement) -> bool:
        """Keep an imported file with all its lines; false where a file of that digest is known already."""
        return storing.store_statement(self._chain, statement)

    def close(self, period: str, reason: str = "") -> Closed:
        """Close a month with its figures; `PeriodOrder` where an earlier month is still open."""
        return closing.close(self._chain, period, reason)

    def reopen(self, period: str, reason: str) -> Closed:
        """Open the last closed month again, for a reason; `PeriodOrder` for any other month."""
        return closing.reopen(self._chain, period, reason)

    def history(self, order_no: str, before_claim: str | None = None) -> tuple[RecordedSettlement, ...]:
        """The settlements recorded for an order, oldest first; see `queries.history`."""
        return queries.history(self.reader, order_no, before_claim)

    def facts(self, order_no: str) -> OrderFacts | None:
        """What is known of an order now."""
        return queries.facts(self.reader, order_no)

    def finish(self) -> None:
        """Write what still waits; `RuntimeError` where an earlier write of the turn failed."""
        if self._chain.void:
            raise RuntimeError("a write of this turn failed, so nothing of it may be committed")
        self._chain.flush()

    def _append(self, draft: Draft) -> Posted:
        posted = self._chain.append(draft)
        self._chain.flush()
        return posted

    def _post_batch(self, batch: Sequence[KeyedEntry], command: str) -> list[Posted]:
        check_key("command", command)
        for keyed in batch:
            check_key("key", keyed.key)
            _check_source(keyed.source)
            _check_plain(keyed.entry)
        known = keys.known(self.reader, command, [keyed.key for keyed in batch])
        posted = [self._post_once(keyed, command, known) for keyed in batch]
        self._chain.flush()
        return posted

    def _post_once(self, keyed: KeyedEntry, command: str, known: dict[str, tuple[str, Posted]]) -> Posted:
        digest = entry_request(keyed.entry)
        if keyed.key in known:
            stored, posted = known[keyed.key]
            if stored != digest:
                raise KeyConflict(keyed.key, stored, digest)
            return posted
        draft = Draft(
            entry=keyed.entry, command=command, key=keyed.key, request_digest=digest, source=keyed.source
        )
        fresh = self._chain.append(draft)
        known[keyed.key] = (digest, Posted(seq=fresh.seq, hash=fresh.hash, voucher=fresh.voucher, again=True))
        return fresh

    def _checked_steps(self, recording: Recording) -> tuple[Row, ...]:
        last = queries.last_steps(self.reader, recording.subject)
        for step in recording.steps:
            _check_step(step, last.get(step.bucket), recording.claim_no)
        in_order = sorted(recording.steps, key=lambda step: step.bucket)
        return tuple(_step_row(recording.subject, step, last.get(step.bucket)) for step in in_order)

    def _steps_back(self, seq: int) -> tuple[Row, ...]:
        c = t.refund_step.c
        select = sa.select(c.subject).where(c.book == self.reader.book, c.seq == seq).limit(1)
        row = self.reader.first(select)
        if row is None:
            return ()
        last = queries.last_steps(self.reader, row["subject"])
        return tuple(
            _step_row(row["subject"], _lowered(step, last[step.bucket]), last[step.bucket])
            for step in queries.steps_of(self.reader, seq)
        )


def _batches(entries: Iterable[KeyedEntry]) -> Iterator[list[KeyedEntry]]:
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _again(claim_no: str, stored: RecordedSettlement, digest: str) -> Posted:
    if stored.request_digest != digest:
        raise KeyConflict(claim_no, stored.request_digest, digest)
    return Posted(
        seq=stored.seq,
        hash=stored.hash,
        voucher=stored.voucher,
        again=True,
        reversed_by=stored.reversed_by,
    )


def _check_source(source: str | None) -> None:
    check_text("source", source or "")


def _check_plain(entry: JournalEntry) -> None:
    if entry.kind in ("settlement", "memorandum", "reversal"):
        raise BadEntry(f"an entry of kind {entry.kind} is not posted by itself: record or reverse it")


def _check_reversible(stored: EntryReport, effective_on: date, reason: str) -> None:
    if stored.reversed_by is not None:
        raise NotReversible(f"entry {stored.seq} was already reversed by entry {stored.reversed_by}.")
    if stored.reverses is not None:
        raise NotReversible(
            f"entry {stored.seq} is itself a reversal, of entry {stored.reverses}. Post the matter anew."
        )
    if effective_on < stored.effective_on:
        raise BadEntry(f"entry {stored.seq} is of {stored.effective_on}; it cannot be reversed before that")
    if not reason.strip():
        raise BadEntry("a reversal needs a reason")


def _as_given(stored: EntryReport) -> JournalEntry:
    return JournalEntry(
        kind=stored.kind,
        effective_on=stored.effective_on,
        narration=stored.narration,
        postings=tuple(
            Posting(account=row.account, amount_fen=row.amount_fen, narration=row.narration)
            for row in stored.postings
        ),
        order_no=stored.order_no,
        claim_no=stored.claim_no,
    )


def _check_step(step: RefundStep, last: sa.RowMapping | None, claim_no: str) -> None:
    before, paid = (last["after_fen"], last["paid_fen"]) if last else (0, step.paid_fen)
    if (step.before_fen, step.paid_fen) != (before, paid):
        raise StaleQuote(
            f"claim {claim_no} takes {step.bucket} to be refunded {step.before_fen} of {step.paid_fen} fen, "
            f"the book says {before} of {paid}. Quote it again."
        )
    if step.after_fen > step.paid_fen:
        raise OverRefund(
            f"claim {claim_no} would refund {step.after_fen} fen of {step.bucket}, for which "
            f"{step.paid_fen} were paid."
        )
    if step.after_fen < step.before_fen:
        raise BadEntry(f"claim {claim_no} lowers what {step.bucket} was refunded; reverse the entry instead")


def _step_row(subject: str, step: RefundStep, last: sa.RowMapping | None) -> Row:
    return {
        "subject": subject,
        "bucket": step.bucket,
        "step": last["step"] + 1 if last else 1,
        "prev_step": last["step"] if last else None,
        "paid_fen": step.paid_fen,
        "before_fen": step.before_fen,
        "after_fen": step.after_fen,
    }


def _lowered(step: RefundStep, last: sa.RowMapping) -> RefundStep:
    back_fen = step.after_fen - step.before_fen
    return RefundStep(
        bucket=step.bucket,
        paid_fen=last["paid_fen"],
        before_fen=last["after_fen"],
        after_fen=last["after_fen"] - back_fen,
    )
