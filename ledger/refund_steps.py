"""Refund steps: the links of the chains that say how far each bucket of a subject has been given back.

A settlement's steps start where the book stands and never end above what was paid; a reversal takes back those
of its entry, whatever came after them.
"""

import sqlalchemy as sa

from ledger import tables as t
from ledger.chain import Row
from ledger.errors import BadEntry, OverRefund, StaleQuote
from ledger.reading import Reader
from ledger.recordings import Recording, RefundStep


def checked_steps(reader: Reader, recording: Recording) -> tuple[Row, ...]:
    """The rows of a settlement's steps; `StaleQuote` or `OverRefund` where the book does not bear them."""
    last = last_steps(reader, recording.subject)
    for step in recording.steps:
        _check_step(step, last.get(step.bucket), recording.claim_no)
    in_order = sorted(recording.steps, key=lambda step: step.bucket)
    return tuple(_step_row(recording.subject, step, last.get(step.bucket)) for step in in_order)


def raised(reader: Reader, subject: str, bucket: str, sums: tuple[int, int]) -> Row:
    """The row of a step that raises a subject's bucket; `sums` are what it may come to at most and by how much."""
    paid_fen, fen = sums
    last = last_steps(reader, subject).get(bucket)
    before_fen = last["after_fen"] if last else 0
    step = RefundStep(bucket=bucket, paid_fen=paid_fen, before_fen=before_fen, after_fen=before_fen + fen)
    return _step_row(subject, step, last)


def steps_back(reader: Reader, seq: int) -> tuple[Row, ...]:
    """The rows of the steps that take back all those of entry `seq`."""
    c = t.refund_step.c
    select = sa.select(*c).where(c.book == reader.book, c.seq == seq).order_by(c.subject, c.bucket)
    return tuple(_step_back(reader, row) for row in list(reader.rows(select)))


def last_steps(reader: Reader, subject: str) -> dict[str, sa.RowMapping]:
    """The last refund step of each bucket of an order."""
    c = t.refund_step.c
    select = sa.select(*c).where(c.book == reader.book, c.subject == subject).order_by(c.step)
    return {row["bucket"]: row for row in reader.rows(select)}


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


def _step_back(reader: Reader, taken: sa.RowMapping) -> Row:
    last = last_steps(reader, taken["subject"])[taken["bucket"]]
    back = RefundStep(
        bucket=taken["bucket"],
        paid_fen=last["paid_fen"],
        before_fen=last["after_fen"],
        after_fen=last["after_fen"] - (taken["after_fen"] - taken["before_fen"]),
    )
    return _step_row(taken["subject"], back, last)
