"""Seals: which columns a hash covers, and in what order.

Every column of an entry, its postings, its settlement and its refund steps goes into the entry's hash, with
the hash of the entry before and of the last operation; so one hash at the head answers for all that is below.
The columns of those rows stand in sealed_rows.py, all others here. Both are part of the hash and never change; tests
hold them against the tables and by a hash.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from operator import attrgetter, itemgetter
from typing import Any

from ledger.canonical import Encodable, digest
from ledger.journal import JournalEntry, Posting
from ledger.sealed_rows import EntryRow, PostingRow, SettlementRow, StepRow

Row = Mapping[Any, Any]

# Why somebody is erased: they asked for it, the time to keep them is over, they were noted by mistake.
ERASURES = ("asked", "expired", "mistaken")

BOOK = ("book", "currency", "created_at")
ACCOUNT = ("book", "code", "name_zh", "name_en", "normal", "op_no")
RULEBOOK = ("book", "digest", "text", "op_no")
ORDER_FACTS = ("book", "order_no", "version", "facts_json", "source", "op_no")
STATEMENT = ("book", "op_no", "name", "layout", "sha256", "line_count")
STATEMENT_LINE = ("book", "op_no", "row_no", "reference", "line_json")
PERIOD_EVENT = (
    "book",
    "period",
    "version",
    "action",
    "entries",
    "debit_fen",
    "credit_fen",
    "figures_json",
    "reason",
    "op_no",
)
APPROVAL = (
    "book",
    "matter",
    "subject",
    "version",
    "action",
    "digest",
    "content_json",
    "reason",
    "op_no",
)
LINE_MATCH = (
    "book",
    "line_op_no",
    "row_no",
    "version",
    "action",
    "against_seq",
    "order_no",
    "reason",
    "owner",
    "op_no",
)
OPERATION = (
    "book",
    "op_no",
    "command",
    "subject",
    "digest",
    "head_seq",
    "head_hash",
    "actor",
    "recorded_at",
    "prev_hash",
)
_operation = itemgetter(*OPERATION)
_entry_asked = attrgetter("kind", "effective_on", "narration", "order_no", "claim_no", "reverses")
_line_asked = attrgetter("account", "amount_fen", "narration")


def entry_hash(
    links: tuple[str, str],
    entry: EntryRow,
    postings: Iterable[PostingRow],
    settlement: SettlementRow | None,
    steps: Iterable[StepRow],
) -> str:
    """The hash that seals an entry; `links` are the hashes of the entry and of the operation before it."""
    return digest(("settle entry 1", links, entry, tuple(postings), settlement, tuple(steps)))


def operation_hash(operation: Row) -> str:
    """The hash that seals an operation; the link to the one before is among its columns."""
    return digest(("settle operation 1", _operation(operation)))


def content_digest(names: tuple[str, ...], rows: Iterable[Row]) -> str:
    """What an operation says it stored: all columns of all rows, in their order."""
    values = itemgetter(*names)
    return digest((names, *map(values, rows)))


def statement_digest(statement: Row, lines: Iterable[Row]) -> str:
    """What a stored file says: its own row and all its lines."""
    return digest((content_digest(STATEMENT, [statement]), content_digest(STATEMENT_LINE, lines)))


def erasure_digest(book: str, person_key: str, reason: str) -> str:
    """What erasing a person says: of which book, under which key, why, and nothing of the person."""
    return digest(("settle erase 1", book, person_key, reason))


def erasure_reason(erased: Row) -> str | None:
    """Which of the few reasons the digest of an erasure was taken with; None where it was none of them."""
    return next(
        (
            reason
            for reason in ERASURES
            if erased["digest"] == erasure_digest(erased["book"], erased["subject"], reason)
        ),
        None,
    )


def opening_digest(book: Row, accounts: Iterable[Row]) -> str:
    """What opening a book stored: the book and its chart."""
    return digest((content_digest(BOOK, [book]), content_digest(ACCOUNT, accounts)))


def moment_text(moment: datetime) -> str:
    """An aware moment as the tables keep it: UTC to the microsecond, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset cannot be recorded")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def entry_request(entry: JournalEntry) -> str:
    """What a key stands for: the entry as it was given, whoever gave it and from whichever file."""
    day = entry.effective_on.isoformat()
    asked = (entry.kind, day, entry.narration, entry.order_no, entry.claim_no, entry.reverses)
    return _request(asked, entry.postings)


def row_request(entry: EntryRow, postings: Iterable[PostingRow]) -> str:
    """The same digest from an entry's stored row and its lines."""
    return _request(_entry_asked(entry), postings)


def _request(asked: tuple[Encodable, ...], lines: Iterable[Posting | PostingRow]) -> str:
    return digest(("settle request 1", asked, tuple(map(_line_asked, lines))))
