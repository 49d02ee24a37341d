"""The chain: appends sealed entries and operations, one after the other, for the length of one writing turn.

It knows the head, the last operation, the last closed month and the next voucher of each month, read once
under the write lock and carried along. Rows wait until they are flushed, so that many entries cost few
statements. A write that fails voids the turn: nothing of it can be committed any more.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from calculators.days import period_of
from ledger import inserting, periods, queries
from ledger import tables as t
from ledger.canonical import GENESIS
from ledger.connections import forget_plans
from ledger.errors import PeriodClosed
from ledger.journal import CURRENCY, JournalEntry
from ledger.reading import Reader, voucher
from ledger.recordings import Posted, Recording
from ledger.sealed_rows import EntryRow, PostingRow, SettlementRow, StepRow
from ledger.sealing import entry_hash, moment_text, operation_hash

_LOG = logging.getLogger("settle.ledger")
_ORDER = (t.journal_entry, t.posting, t.settlement, t.refund_step, t.entry_seal)
_MANY = 100
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One entry ready to be appended, with all that its seal will cover."""

    entry: JournalEntry
    command: str
    key: str
    request_digest: str
    source: str | None = None
    recording: Recording | None = None
    steps: tuple[Row, ...] = ()


class Chain:
    """The growing end of one book's chain, for one actor at one moment."""

    def __init__(self, reader: Reader, actor: str, now: datetime) -> None:
        self.reader = reader
        self.actor = actor
        self.void = False
        self.has_erased = False
        head = queries.head(reader)
        self.seq, self.hash = head.seq, head.hash
        self.op_no, self.op_hash = _last_operation(reader)
        self.recorded_at = _recorded_at(reader, moment_text(now))
        self.closed = periods.last_closed(reader)
        self._vouchers: dict[str, int] = {}
        self._waiting: dict[str, list[Row]] = {table.name: [] for table in _ORDER}

    def append(self, draft: Draft) -> Posted:
        """Seal an entry behind the head; `PeriodClosed` where its month no longer takes postings."""
        entry = self._entry_row(draft)
        postings = self._posting_rows(draft.entry)
        settlement = self._settlement_row(draft)
        steps = [{**step, "book": self.reader.book, "seq": entry["seq"]} for step in draft.steps]
        seal = {"book": self.reader.book, "seq": entry["seq"], "prev_hash": self.hash}
        seal["hash"] = entry_hash(
            (self.hash, self.op_hash),
            EntryRow(**entry),
            [PostingRow(**row) for row in postings],
            SettlementRow(**settlement) if settlement else None,
            [StepRow(**step) for step in steps],
        )
        for table, rows in zip(
            _ORDER, ([entry], postings, [settlement] if settlement else [], steps, [seal]), strict=True
        ):
            self._waiting[table.name] += rows
        self.seq, self.hash = seal["seq"], seal["hash"]
        if entry["voucher_no"]:
            self._vouchers[entry["period"]] = entry["voucher_no"]
        return Posted(seq=self.seq, hash=self.hash, voucher=voucher(entry["voucher_no"]))

    def flush(self) -> None:
        """Write what waits, entries first and seals last."""
        if len(self._waiting[t.journal_entry.name]) >= _MANY:
            forget_plans(self.reader.connection)
        for table in _ORDER:
            rows = self._waiting[table.name]
            if rows:
                self._waiting[table.name] = []
                self.insert(table, rows)

    def insert(self, table: sa.Table, rows: list[Row]) -> None:
        """Insert rows; a failure voids the whole turn."""
        try:
            inserting.insert(self.reader.connection, table, rows)
        except BaseException:
            self.void = True
            raise

    def erase(self, table: sa.Table, *which: sa.ColumnElement[bool]) -> bool:
        """Delete rows of the one table that may be erased; false where there are none."""
        self.flush()
        self.has_erased = True
        try:
            return self.reader.connection.execute(sa.delete(table).where(*which)).rowcount > 0
        except BaseException:
            self.void = True
            raise

    def seal_operation(self, command: str, subject: str, content: str) -> None:
        """Seal what was just stored without an entry under number `op_no + 1`; `content` is its digest."""
        self.flush()
        row: Row = {
            "book": self.reader.book,
            "op_no": self.op_no + 1,
            "command": command,
            "subject": subject,
            "digest": content,
            "head_seq": self.seq,
            "head_hash": self.hash,
            "actor": self.actor,
            "recorded_at": self.recorded_at,
            "prev_hash": self.op_hash,
        }
        row["hash"] = operation_hash(row)
        self.insert(t.operation, [row])
        self.op_no, self.op_hash = row["op_no"], row["hash"]

    def open_month(self, effective_on: date) -> str:
        """The month of a day; `PeriodClosed` where it no longer takes postings."""
        period = period_of(effective_on)
        if period <= self.closed:
            raise PeriodClosed(period, periods.next_period(self.closed))
        return period

    def _entry_row(self, draft: Draft) -> Row:
        entry = draft.entry
        period = self.open_month(entry.effective_on)
        return {
            "book": self.reader.book,
            "seq": self.seq + 1,
            "kind": entry.kind,
            "effective_on": entry.effective_on.isoformat(),
            "period": period,
            "voucher_no": self._last_voucher(period) + 1 if entry.postings else None,
            "narration": entry.narration,
            "order_no": entry.order_no,
            "claim_no": entry.claim_no,
            "reverses": entry.reverses,
            "command": draft.command,
            "key": draft.key,
            "request_digest": draft.request_digest,
            "source": draft.source,
            "actor": self.actor,
            "recorded_at": self.recorded_at,
            "op_no": self.op_no,
        }

    def _posting_rows(self, entry: JournalEntry) -> list[Row]:
        return [
            {
                "book": self.reader.book,
                "seq": self.seq + 1,
                "line": line,
                "account": posting.account,
                "currency": CURRENCY,
                "amount_fen": posting.amount_fen,
                "narration": posting.narration,
            }
            for line, posting in enumerate(entry.postings, start=1)
        ]

    def _settlement_row(self, draft: Draft) -> Row | None:
        recording = draft.recording
        if recording is None:
            return None
        return {
            "book": self.reader.book,
            "seq": self.seq + 1,
            "claim_no": recording.claim_no,
            "subject": recording.subject,
            "kind": recording.kind,
            "case_json": recording.case_json,
            "answer_json": recording.answer_json,
            "answer_digest": recording.answer_digest,
            "rulebook_digest": recording.rulebook_digest,
            "request_digest": draft.request_digest,
        }

    def _last_voucher(self, period: str) -> int:
        if period not in self._vouchers:
            c = t.journal_entry.c
            select = sa.select(sa.func.max(c.voucher_no))
            select = select.where(c.book == self.reader.book, c.period == period)
            self._vouchers[period] = self.reader.number(select)
        return self._vouchers[period]


def _last_operation(reader: Reader) -> tuple[int, str]:
    c = t.operation.c
    row = reader.first(
        sa.select(c.op_no, c.hash).where(c.book == reader.book).order_by(c.op_no.desc()).limit(1)
    )
    return (row["op_no"], row["hash"]) if row else (0, GENESIS)


def _recorded_at(reader: Reader, now: str) -> str:
    """The moment of the turn: never before the last one in the book, whatever the clock says."""
    last = max(_last_moment(reader, t.journal_entry.c.seq), _last_moment(reader, t.operation.c.op_no))
    if last > now:
        _LOG.warning("the clock says %s, but the book was last written at %s", now, last)
    return max(last, now)


def _last_moment(reader: Reader, number: sa.Column[int]) -> str:
    c = number.table.c
    select = sa.select(c.recorded_at).where(c.book == reader.book).order_by(number.desc()).limit(1)
    return reader.connection.execute(select).scalar() or ""
