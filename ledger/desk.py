"""The desk: one writing turn at a book, and every way of writing into it.

There is post and reverse, no update; close and reopen are events of their own. Each command answers a key it
has seen before with what it stored then, and refuses the key for anything else. The turn is committed as a
whole when it ends, or not at all.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from ledger import approving, closing, keys, paying, persons, queries, statement_transfers, storing
from ledger.canonical import request_digest
from ledger.chain import Chain, Draft
from ledger.errors import BadEntry, KeyConflict, NotApproved
from ledger.journal import JournalEntry, check_key, check_text, reversal
from ledger.late_lines import on_open_days
from ledger.payment_matching import Transfer
from ledger.periods import landing_day
from ledger.persons import Buyer
from ledger.reading import Reader
from ledger.recordings import (
    Approval,
    Closed,
    KeyedEntry,
    Match,
    OrderFacts,
    Posted,
    RecordedSettlement,
    Recording,
    Statement,
)
from ledger.refund_steps import checked_steps, steps_back
from ledger.reversing import as_given, check_reversible
from ledger.sealing import entry_request
from ledger.transfers import refuse_paid

_BATCH = 1000


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
        with self._whole():
            for batch in _batches(entries):
                posted += self._post_batch(batch, command)
        return posted

    def record(self, recording: Recording, *, source: str | None = None) -> Posted:
        """Record a settlement once under its claim number, with its entry and its refund steps.

        `KeyConflict` for a number that stands for another case, `NotApproved` where its answer needs a grant
        that is not the last word on it, `StaleQuote` where the steps do not start
        from the book's own figures, `OverRefund` where one ends above what was paid.
        """
        digest = request_digest(recording.case_json, recording.rulebook_digest)
        stored = queries.settlement(self.reader, recording.claim_no)
        if stored:
            return _again(recording.claim_no, stored, digest)
        _check_source(source)
        self._check_granted(recording)
        steps = checked_steps(self.reader, recording)
        self._chain.open_month(recording.entry.effective_on)
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
        """Take an entry back in the first open month from `effective_on`; `NotReversible` twice.

        Within the entry's own year that is in red, after it in blue.
        """
        stored = queries.entry(self.reader, seq)
        check_text("reason", reason)
        check_reversible(stored, effective_on, reason)
        refuse_paid(self.reader, seq)
        day = landing_day(effective_on, self._chain.closed)
        entry = reversal(as_given(stored), seq, stored.voucher, day, reason)
        draft = Draft(
            entry=entry,
            command="reverse",
            key=str(seq),
            request_digest=entry_request(entry),
            steps=steps_back(self.reader, seq),
        )
        return self._append(draft)

    def pay(self, payment: paying.Payment) -> paying.Paid:
        """Book a transfer and what it pays, or only what it pays where it is booked; see `paying.pay`."""
        with self._whole():
            return paying.pay(self._chain, payment)

    def post_statement(self, lines: Sequence[KeyedEntry | Transfer]) -> statement_transfers.Matched:
        """Post a statement's lines in their order; its new transfers are assigned where one payable fits."""
        transfers = [line for line in lines if isinstance(line, Transfer)]
        planned = statement_transfers.plan(self.reader, transfers, kind="statement")
        entries = statement_transfers.in_order(lines, planned)
        with self._whole():
            posted = self.post_many(on_open_days(self.reader, entries))
            fresh = sum(not one.again for one in posted)
            return statement_transfers.assign_planned(self._chain, planned, fresh)

    def match_transfers(self, transfers: Sequence[Transfer]) -> statement_transfers.Matched:
        """Assign a statement's transfers where one payable fits, booked or not; what is not booked is posted."""
        planned = statement_transfers.plan(self.reader, transfers, kind="payment", booked_too=True)
        with self._whole():
            posted = self.post_many(on_open_days(self.reader, planned.entries.values()))
            return statement_transfers.assign_planned(self._chain, planned, len(posted))

    def store_facts(self, facts: OrderFacts) -> bool:
        """Keep what is known of an order as its next version; false where the same is known already."""
        return storing.store_facts(self._chain, facts)

    def store_statement(self, statement: Statement) -> bool:
        """Keep an imported file with all its lines; false where a file of that digest is known already."""
        return storing.store_statement(self._chain, statement)

    def store_approval(self, approval: Approval) -> int:
        """Keep one word on a matter that needs a second person; `NotApproved` where it may not be said."""
        return approving.store_approval(self._chain, approval)

    def ask(self, recording: Recording) -> int:
        """Ask that a settlement be approved by a second person, under its digest; see `approving.ask_claim`."""
        return approving.ask_claim(self._chain, recording)

    def approve(self, recording: Recording) -> Posted:
        """Grant what another person asked and record it, both or neither; `NotApproved` where nobody asked so."""
        grant = Approval(
            matter="claim", subject=recording.claim_no, action="grant", digest=recording.answer_digest
        )
        self.store_approval(grant)
        try:
            return self.record(recording)
        except BaseException:
            self._chain.void = True
            raise

    def store_match(self, match: Match) -> int:
        """Keep a person's word on a line of a stored file; `BadEntry` where it lacks what it needs."""
        return storing.store_match(self._chain, match)

    def note_buyers(self, named: Mapping[str, Buyer], salts: Iterator[str]) -> dict[str, str]:
        """Note who bought each order beside the chain; answers the keys by which the chain may know them."""
        return persons.note_buyers(self._chain, named, salts)

    def note_payee(self, order_no: str, payee: str, salt: str) -> None:
        """Note beside the chain the account that an order's buyer asked to be paid by."""
        persons.note_payee(self._chain, order_no, payee, salt)

    def note_remark(self, words: str, salt: str) -> str:
        """Keep words beside the chain; answers how the chain may refer to them."""
        return persons.note_remark(self._chain, words, salt)

    def erase_person(self, person_key: str, reason: str = "asked") -> bool:
        """Erase what is known of a person, and log it; false where nothing is known under the key."""
        return storing.erase_person(self._chain, person_key, reason)

    def close(self, period: str, reason: str = "") -> Closed:
        """Close a month with its figures; `PeriodOrder` where an earlier month is still open."""
        return closing.close(self._chain, period, reason)

    def ask_reopening(self, period: str, reason: str) -> str:
        """Ask to open the last closed month again, and answer the digest that a second person grants."""
        return closing.ask_reopening(self._chain, period, reason)

    def reopen(self, period: str, digest: str) -> Closed:
        """Grant what another asked under the digest and open the month; `NotApproved`, `PeriodOrder` else."""
        return closing.reopen(self._chain, period, digest)

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
        if self._chain.has_erased:
            persons.write_anew(self.reader)

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        """Several entries that stand or fall together: where one is refused, the turn may not be committed."""
        before = self._chain.seq
        try:
            yield
        except BaseException:
            self._chain.void = self._chain.void or self._chain.seq > before
            raise

    def _check_granted(self, recording: Recording) -> None:
        needed = json.loads(recording.answer_json).get("decision") != "pay"
        if needed and not approving.is_granted(
            self.reader, "claim", recording.claim_no, recording.answer_digest
        ):
            raise NotApproved(
                f"claim {recording.claim_no} has to be asked by one person and granted by another. "
                "`settle approve` lists what waits."
            )

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
