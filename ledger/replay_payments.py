"""Replaying payments: every assignment derived again from the entries that owe and that sent.

A step in the chain of what an entry owes must be within what that entry credits to the account, a step in that
of what one sent within what it took from Alipay; both must name an entry that stood, and be equal.
"""

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from ledger import tables as t
from ledger.differences import Place, expect
from ledger.guards_of_payments import OWED, OWED_ON, SENT, SENT_FROM
from ledger.reading import E, P, Reader
from ledger.sealed_rows import EntryRow, PostingRow, StepRow

_STEP = t.refund_step.c


def pays(steps: Iterable[StepRow]) -> bool:
    """Whether an entry's steps are those of an assignment."""
    return any(step.bucket in OWED_ON for step in steps)


def check_payment(
    reader: Reader, entry: EntryRow, postings: Iterable[PostingRow], steps: Iterable[StepRow]
) -> None:
    """Raise `Differs` where an assignment says other sums than the entries that it names."""
    ours = [step for step in steps if step.bucket in OWED_ON]
    if not ours:
        return
    place = Place(seq=entry.seq, claim_no=entry.claim_no)
    signed: Counter[str] = Counter()
    for step in ours:
        _check_step(reader, place, step)
        sign = 1 if step.subject.startswith(OWED) else -1
        signed[step.bucket] += sign * (step.after_fen - step.before_fen)
    moved = Counter(dict.fromkeys(OWED_ON, 0))
    for line in postings:
        moved[line.account] += line.amount_fen
    for account in OWED_ON:
        expect(place, f"refund_step.paid on {account}", signed[account], moved[account])
    expect(place, "refund_step.paid less sent", sum(signed.values()), 0)


def _check_step(reader: Reader, place: Place, step: StepRow) -> None:
    """One step against the entry that it names."""
    subject, account = step.subject, step.bucket
    seq = _named(step)
    posted = _postings(reader, seq)
    due = {f"{OWED}{seq}": -posted.get(account, 0), f"{SENT}{seq}": posted.get(account, 0)}.get(subject, 0)
    expect(place, f"refund_step.paid_fen of {subject}, {account}", step.paid_fen, due)
    if subject.startswith(SENT):
        from_alipay = sum(posted.get(one, 0) for one in SENT_FROM)
        expect(place, f"posting.amount_fen from Alipay of entry {seq}", from_alipay, -due)
    if step.after_fen > step.before_fen:
        expect(place, f"refund_step of {subject}", _standing(reader, seq, step.seq), "standing")


def _named(step: StepRow) -> int:
    """The earlier entry that a step names; 0, which is none, where it names no such one."""
    number = step.subject.partition(":")[2]
    return int(number) if number.isdecimal() and int(number) < step.seq else 0


def _postings(reader: Reader, seq: int) -> dict[str, int]:
    """What an entry that is neither a reversal nor an assignment posts to each account."""
    assigns = sa.select(_STEP.seq).where(_STEP.book == E.book, _STEP.seq == E.seq, _STEP.bucket.in_(OWED_ON))
    select = sa.select(P.account, sa.func.sum(P.amount_fen).label("fen")).select_from(
        t.journal_entry.join(t.posting, (E.book == P.book) & (E.seq == P.seq))
    )
    which = (E.book == reader.book, E.seq == seq, E.reverses.is_(None))
    select = select.where(*which, ~assigns.correlate(t.journal_entry).exists())
    return {row["account"]: int(row["fen"]) for row in reader.rows(select.group_by(P.account))}


def _standing(reader: Reader, seq: int, before: int) -> str:
    """Whether an entry had not been reversed when entry `before` was sealed."""
    select = sa.select(E.seq).where(E.book == reader.book, E.reverses == seq, E.seq < before)
    row = reader.first(select)
    return f"reversed by entry {row['seq']}" if row else "standing"
