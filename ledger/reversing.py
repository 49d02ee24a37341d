"""Reversing: which entries can be taken back, and what an entry was when it was given."""

from datetime import date

from ledger.errors import BadEntry, NotReversible
from ledger.journal import JournalEntry, Posting
from ledger.reports import EntryReport


def check_reversible(stored: EntryReport, effective_on: date, reason: str) -> None:
    """`NotReversible` for what was taken back or takes back; `BadEntry` for an earlier day or no reason."""
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


def as_given(stored: EntryReport) -> JournalEntry:
    """A stored entry as it was posted."""
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
