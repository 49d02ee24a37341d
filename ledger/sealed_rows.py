"""Rows that an entry's seal covers, a type a table: the fields are the columns, in the order in which they are hashed.

They are tuples, for a walk of a whole book makes millions of them: the driver's row becomes one in a tenth of the
time that a dictionary takes, and goes into the hash as it is. The fields never change, nor does their order.
"""

from typing import NamedTuple


class EntryRow(NamedTuple):
    """One row of `journal_entry`; a memorandum has no `voucher_no`."""

    book: str
    seq: int
    kind: str
    effective_on: str
    period: str
    voucher_no: int | None
    narration: str
    order_no: str | None
    claim_no: str | None
    reverses: int | None
    command: str
    key: str
    request_digest: str
    source: str | None
    actor: str
    recorded_at: str
    op_no: int


class PostingRow(NamedTuple):
    """One row of `posting`, debit positive."""

    book: str
    seq: int
    line: int
    account: str
    currency: str
    amount_fen: int
    narration: str


class SettlementRow(NamedTuple):
    """One row of `settlement`."""

    book: str
    seq: int
    claim_no: str
    subject: str
    kind: str
    case_json: str
    answer_json: str
    answer_digest: str
    rulebook_digest: str
    request_digest: str


class StepRow(NamedTuple):
    """One row of `refund_step`."""

    book: str
    subject: str
    bucket: str
    step: int
    prev_step: int | None
    seq: int
    paid_fen: int
    before_fen: int
    after_fen: int


class SealRow(NamedTuple):
    """One row of `entry_seal`: what links an entry to the one before it, and is not part of its own hash."""

    book: str
    seq: int
    prev_hash: str
    hash: str
