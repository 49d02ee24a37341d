"""What goes into the book beside plain entries, and what the book answers.

Texts named `_json` are kept exactly as given: whoever makes them sees to it that the same facts give the same
text. Free text about people has been removed before it comes here.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ledger.errors import BadEntry
from ledger.journal import JournalEntry, check_key, check_text

DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundStep:
    """What one settlement gives back out of one bucket (a line, the postage, a tender) of its subject."""

    bucket: str
    paid_fen: int
    before_fen: int
    after_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One settlement to be recorded, with the one entry that books it; `BadEntry` where the two disagree."""

    claim_no: str
    subject: str
    kind: str
    case_json: str
    answer_json: str
    answer_digest: str
    rulebook_digest: str
    rulebook_text: str
    entry: JournalEntry
    steps: tuple[RefundStep, ...] = ()

    def __post_init__(self) -> None:
        check_key("claim_no", self.claim_no)
        check_key("subject", self.subject)
        for name in ("kind", "case_json", "answer_json", "answer_digest", "rulebook_digest", "rulebook_text"):
            check_text(name, getattr(self, name))
        if self.entry.kind not in ("settlement", "memorandum") or self.entry.reverses is not None:
            raise BadEntry(f"an entry of kind {self.entry.kind} does not book a settlement")
        if self.entry.claim_no != self.claim_no:
            raise BadEntry(f"the entry is for claim {self.entry.claim_no!r}, the case for {self.claim_no!r}")
        if len({step.bucket for step in self.steps}) < len(self.steps):
            raise BadEntry(f"claim {self.claim_no}: a bucket stands twice among its steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedEntry:
    """One entry of many to be posted, with the key it is posted once under and the source it comes from."""

    entry: JournalEntry
    key: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """What is known of an order, in the form of the case file's `order`."""

    order_no: str
    facts_json: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One word on a matter that needs a second person: `ask`, `grant` or `refuse`, of exactly one digest.

    `matter` is `claim` with its claim number as `subject`, or `reopen` with a period; `content_json` is what is
    asked for, and empty for an answer.
    """

    matter: str
    subject: str
    action: str
    digest: str
    content_json: str = "{}"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person's word on one line of a stored file: `match`, `explain`, `park` or `undo`, never without a reason.

    The line is row `row_no` of the file stored by operation `line_op_no`.
    """

    line_op_no: int
    row_no: int
    action: str
    reason: str
    against_seq: int | None = None
    order_no: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One row of an imported file: its number there, the order it is about, and what it says."""

    row_no: int
    reference: str | None
    line_json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One imported file: its name, the layout it was read with, the SHA-256 of its bytes, and its rows."""

    name: str
    layout: str
    sha256: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where an entry stands. `again` says that it stood there before; `voucher` is empty for a memorandum."""

    seq: int
    hash: str
    voucher: str
    again: bool = False
    reversed_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """One period event: the close or reopening of a period, with its figures; `again` if it stood before."""

    period: str
    version: int
    action: str
    entries: int
    debit_fen: int
    credit_fen: int
    head_seq: int
    recorded_at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSettlement:
    """One settlement as the book keeps it; `reversed_by` is the entry that took it back, if any."""

    seq: int
    voucher: str
    effective_on: date
    recorded_at: datetime
    claim_no: str
    subject: str
    kind: str
    case_json: str
    answer_json: str
    answer_digest: str
    rulebook_digest: str
    request_digest: str
    hash: str
    reversed_by: int | None
