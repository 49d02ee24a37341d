"""The shape of what the log says was done to a book."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the operation log: an entry, or an operation that stored something without one.

    `deed` is the command that did it and `kind` the kind of entry; `subject` is its key, order, file or month, and
    `words` the narration, the name of the file or the reason.
    """

    recorded_at: datetime
    actor: str
    deed: str
    kind: str
    seq: int | None
    op_no: int | None
    voucher: str
    subject: str
    order_no: str | None
    claim_no: str | None
    words: str
    source: str | None
