"""One book beside its model: every act is foretold, done and compared, and the rows are added up anew.

A refusal, and an act that was done before, must not have changed one row. Books are kept in memory: what disks do
to them is tried by the groups of faults.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger import approving, periods, queries
from ledger.book import Book
from ledger.connections import open_store
from ledger.desk import Desk
from ledger.errors import LedgerError
from ledger.payables import payables
from ledger.paying import Paid
from ledger.reading import Reader
from ledger.recordings import Closed, Posted
from ledger.replay import replay
from ledger.sealing import moment_text
from ledger.verify import verify_reader
from tests.ledger.model import PAYABLE, Answer, Model
from tests.ledger.samples import NOW, handed_to


class _ThrownAway(Exception):
    """What ends a turn of which nothing is to be kept."""


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the book has shown so far: the log as it stood, its hashes, the digests of its closes, its last moment."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    moment: str = moment_text(NOW)

    def kept(self) -> "Seen":
        """The same, which what is seen later leaves alone."""
        return Seen(
            rows=copy(self.rows), hashes=copy(self.hashes), digests=copy(self.digests), moment=self.moment
        )


class BlankBook:
    """A book that is on no disk and can be made empty again, which is cheaper than another one."""

    def __init__(self, template: Path) -> None:
        self._template = template
        self.book = Book(open_store("sqlite://", read_only=False), "main")

    def emptied(self) -> Book:
        """The book as it was made."""
        with (
            closing(sqlite3.connect(self._template)) as source,
            self.book.store.engine.connect() as connection,
        ):
            raw: Any = connection.connection.driver_connection
            source.backup(raw)
        return self.book


class Foretold:
    """A book, its model, and the turn that is open."""

    def __init__(self, book: Book) -> None:
        self.book, self.model, self.seen = book, Model(), Seen()
        self.begin("wang", 0)

    def begin(self, actor: str, seconds: int) -> None:
        """Open a writing turn for an actor whose clock is so far off."""
        self.model.actor, self.model.void = actor, False
        self._before = self.model.kept(), self.seen.kept()
        now = NOW + timedelta(seconds=seconds)
        self.moment = max(self.seen.moment, moment_text(now))
        self._turn = self.book.writing(actor=actor, now=now)
        self.desk: Desk = self._turn.__enter__()
        self._raw: Any = self.desk.reader.connection.connection.driver_connection

    def commit(self) -> None:
        """Keep the turn."""
        self._turn.__exit__(None, None, None)

    def throw_away(self) -> None:
        """Keep nothing of the turn, neither here nor there; one that is void cannot be kept."""
        if self.model.void:
            with pytest.raises(RuntimeError, match="nothing of it"):
                self.commit()
        else:
            self.break_off()
        self.model, self.seen = self._before

    def act(self, act: Callable[[], Any], foretold: Callable[[], Answer]) -> Any:
        """Do it and compare: what the model said, whether anything was written, and what the rows add up to."""
        changes, expected = self._raw.total_changes, foretold()
        answer = _tried(act)
        said = _said(answer, expected)
        assert said == expected, f"the book: {said}, the model: {expected}"
        if self.model.void:
            self.throw_away()
            self.begin(self.model.actor, 0)
        else:
            wrote = self._raw.total_changes != changes
            assert wrote == (not isinstance(expected, type) and not expected[1]), f"{said} wrote: {wrote}"
            if wrote:
                self.seen.moment = self.moment
                self._compare_rows()
        return answer

    def break_off(self) -> None:
        """Leave the turn as a failure does."""
        with suppress(_ThrownAway):
            self._turn.__exit__(_ThrownAway, _ThrownAway(), None)

    def finish(self) -> None:
        """Keep the last turn and ask everything once more, by the questions that people ask."""
        self.commit()
        with self.book.reading() as reader:
            _ask_all(reader, self.model, self.seen)

    @contextmanager
    def handed_over(self) -> Iterator[None]:
        """The desk in the other person's hands for one act, as if they had a turn of their own."""
        before = self.model.actor
        self.model.actor = {"wang": "li", "li": "wang"}[before]
        with handed_to(self.desk, self.model.actor):
            yield
        self.model.actor = before

    def _compare_rows(self) -> None:
        """The log only grew, by what the model says; every sum is what adding up all its rows gives."""
        hashes = [one for (one,) in self._fetch("SELECT hash FROM entry_seal ORDER BY seq")]
        assert hashes[: len(self.seen.hashes)] == self.seen.hashes
        assert len(hashes) == len(set(hashes)) == len(self.model.log)
        self.seen.rows += [self._new_row(seq) for seq in range(len(self.seen.hashes) + 1, len(hashes) + 1)]
        self.seen.hashes = hashes
        balances = dict(self._fetch("SELECT account, SUM(amount_fen) FROM posting GROUP BY account"))
        assert balances == self.model.balances
        assert sum(balances.values()) == 0
        self._compare_refunds()

    def _compare_refunds(self) -> None:
        steps = self._fetch(
            "SELECT subject, bucket, MAX(paid_fen), SUM(after_fen - before_fen), MIN(after_fen), MAX(after_fen)"
            " FROM refund_step WHERE subject GLOB 'O*' GROUP BY subject, bucket"
        )
        assert {(row[0], row[1]): (row[2], row[3]) for row in steps} == self.model.buckets
        assert all(0 <= lowest <= highest <= paid for _, _, paid, _, lowest, highest in steps)
        moved = self._fetch(
            "SELECT order_no, SUM(amount_fen) FROM journal_entry JOIN posting USING (book, seq)"
            " WHERE account = '5001.02' GROUP BY order_no"
        )
        given: Counter[str] = Counter()
        for subject, bucket, _, fen, _, _ in steps:
            given[subject] += fen if bucket.startswith("line") else 0
        assert dict(moved) == given

    def _new_row(self, seq: int) -> tuple[Any, ...]:
        """An entry as its rows say it, all of which the model has foretold."""
        kept = self.model.log[seq - 1]
        rows = _rows(self._raw, seq)
        (entry,) = self._fetch(
            "SELECT effective_on, order_no, claim_no, reverses, actor, recorded_at FROM journal_entry"
            f" WHERE seq = {seq}"
        )
        expected = (kept.on.isoformat(), kept.order_no, kept.claim_no, kept.reverses)
        assert entry == (*expected, self.model.actor, self.moment)
        lines = self._fetch(f"SELECT line, account, amount_fen FROM posting WHERE seq = {seq} ORDER BY line")
        assert lines == [(number, *line) for number, line in enumerate(kept.lines, start=1)]
        return rows

    def _fetch(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._raw.execute(query).fetchall()
        return found


def _tried(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except LedgerError as refused:
        return type(refused)


def _said(answer: Any, expected: Answer) -> Any:
    """An answer in the model's words."""
    if isinstance(answer, Posted):
        return answer.seq, answer.again
    if isinstance(answer, Paid):
        return answer.transfer.seq, answer.again
    if isinstance(answer, Closed):
        return answer.version, answer.again
    if isinstance(answer, type) or isinstance(expected, type):
        return answer
    return 0, expected[
        1
    ]  # a word's version, or a digest: whether it was there before is seen by what was written


def _rows(raw: Any, seq: int) -> tuple[Any, ...]:
    tables = ("journal_entry", "posting", "settlement", "refund_step", "entry_seal")
    return tuple(
        raw.execute(f"SELECT * FROM {table} WHERE seq = {seq} ORDER BY 1, 2, 3, 4").fetchall()
        for table in tables
    )


def _ask_all(reader: Reader, model: Model, seen: Seen) -> None:
    raw: Any = reader.connection.connection.driver_connection
    assert [_rows(raw, seq) for seq in range(1, len(model.log) + 1)] == seen.rows
    assert verify_reader(reader).findings == ()
    replayed = replay(reader)
    assert (replayed.first_difference, replayed.entries) == (None, len(model.log))
    assert queries.head(reader).hash == (seen.hashes[-1] if seen.hashes else queries.head(reader).hash)
    _ask_months(reader, model)
    _ask_payables(reader, model)
    waiting = {(one.matter, one.subject) for one in approving.waiting(reader)}
    assert waiting == {
        where
        for where, word in model.words.items()
        if word.action == "ask" and not (where[0] == "claim" and where[1] in model.claims)
    }


def _ask_months(reader: Reader, model: Model) -> None:
    """Each month opens with what the one before closed with, and closes with what its entries add to that."""
    assert periods.last_closed(reader) == model.closed
    running: Counter[str] = Counter()
    for month in sorted({one.on.isoformat()[:7] for one in model.log}):
        rows = queries.trial_balance(reader, month)
        assert {row.account: row.opening_fen for row in rows if row.opening_fen} == _standing(running)
        for entry in model.log:
            if entry.on.isoformat()[:7] == month:
                for account, fen in entry.lines:
                    running[account] += fen
        assert {row.account: row.closing_fen for row in rows if row.closing_fen} == _standing(running)
        sides = (
            periods.entry_count(reader, month),
            *(sum(getattr(row, side) for row in rows) for side in ("debit_fen", "credit_fen")),
        )
        assert sides == model.figures(month)


def _standing(balances: Counter[str]) -> dict[str, int]:
    return {account: fen for account, fen in balances.items() if fen}


def _ask_payables(reader: Reader, model: Model) -> None:
    """What is open by entry, which adds up to the account."""
    rows = {row.seq: row.open_fen for row in payables(reader)}
    assert rows == {seq: fen for seq in range(1, len(model.log) + 1) if (fen := model.unsettled_fen(seq))}
    assert sum(rows.values()) == -model.balances[PAYABLE]
