"""Refund steps: what a settlement gives back out of each bucket, and a reversal takes back, after all before it."""

import sqlalchemy as sa

from ledger import tables as t
from ledger.chain import Row
from ledger.errors import BadEntry, OverRefund, StaleQuote
from ledger.reading import Reader
from ledger.recordings import Recording, RefundStep


def checked_steps(reader: Reader, recording: Recording) -> tuple[Row, ...]:
    """The steps of a recording, each after the last one; `StaleQuote` or `OverRefund` where one does not fit."""
    last = last_steps(reader, recording.subject)
    for step in recording.steps:
        _check_step(step, last.get(step.bucket), recording.claim_no)
    in_order = sorted(recording.steps, key=lambda step: step.bucket)
    return tuple(_step_row(recording.subject, step, last.get(step.bucket)) for step in in_order)


def steps_back(reader: Reader, seq: int) -> tuple[Row, ...]:
    """The steps that take back those of an entry."""
    c = t.refund_step.c
    select = sa.select(c.subject).where(c.book == reader.book, c.seq == seq).limit(1)
    row = reader.first(select)
    if row is None:
        return ()
    last = last_steps(reader, row["subject"])
    return tuple(
        _step_row(row["subject"], _lowered(step, last[step.bucket]), last[step.bucket])
        for step in steps_of(reader, seq)
    )


def last_steps(reader: Reader, subject: str) -> dict[str, sa.RowMapping]:
    """The last refund step of each bucket of an order."""
    c = t.refund_step.c
    select = sa.select(*c).where(c.book == reader.book, c.subject == subject).order_by(c.step)
    return {row["bucket"]: row for row in reader.rows(select)}


def steps_of(reader: Reader, seq: int) -> tuple[RefundStep, ...]:
    """The refund steps that entry `seq` took, in the order of their buckets."""
    c = t.refund_step.c
    select = sa.select(c.bucket, c.paid_fen, c.before_fen, c.after_fen)
    rows = reader.rows(select.where(c.book == reader.book, c.seq == seq).order_by(c.bucket))
    return tuple(RefundStep(**row) for row in rows)


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
