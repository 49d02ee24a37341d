"""Replaying operations: what was stored without an entry, held against the operation that sealed it."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from ledger import tables as t
from ledger.canonical import GENESIS
from ledger.differences import Place, expect, expect_json
from ledger.periods import figures_text
from ledger.reading import Reader
from ledger.replay_approvals import Approvals
from ledger.running import Running
from ledger.sealing import (
    APPROVAL,
    ERASURES,
    LINE_MATCH,
    ORDER_FACTS,
    PERIOD_EVENT,
    RULEBOOK,
    content_digest,
    erasure_digest,
    erasure_reason,
    opening_digest,
    operation_hash,
    statement_digest,
)

_BATCH = 1000
_ONE_ROW = {
    "facts": (t.order_facts, ORDER_FACTS),
    "rulebook": (t.rulebook, RULEBOOK),
    "close": (t.period_event, PERIOD_EVENT),
    "reopen": (t.period_event, PERIOD_EVENT),
    "approval": (t.approval, APPROVAL),
    "match": (t.line_match, LINE_MATCH),
}


class Operations:
    """The operations of a book, walked alongside its entries; keeps the rulebooks it has passed."""

    def __init__(self, reader: Reader, running: Running) -> None:
        self.op_no = 0
        self.hash = GENESIS
        self.rows: dict[str, int] = defaultdict(int)
        self.rulebooks: dict[str, str] = {}
        self.approvals = Approvals()
        self._reader = reader
        self._running = running
        self._waiting: list[sa.RowMapping] = []

    def walk_to(self, op_no: int | None) -> None:
        """Check every operation up to that number, or to the last; raise `Differs` at the first wrong one."""
        while op_no is None or self.op_no < op_no:
            row = self._next()
            if row is None:
                expect(
                    Place(op_no=op_no), "operation.op_no", self.op_no, self.op_no if op_no is None else op_no
                )
                return
            self._check(row)

    def _next(self) -> sa.RowMapping | None:
        if not self._waiting:
            c = t.operation.c
            select = sa.select(*c).where(c.book == self._reader.book, c.op_no > self.op_no)
            self._waiting = list(self._reader.rows(select.order_by(c.op_no).limit(_BATCH)))[::-1]
        return self._waiting.pop() if self._waiting else None

    def _check(self, row: sa.RowMapping) -> None:
        place, running = Place(op_no=row["op_no"]), self._running
        expect(place, "operation.op_no", row["op_no"], self.op_no + 1)
        expect(place, "operation.prev_hash", row["prev_hash"], self.hash)
        expect(place, "operation.head_seq", row["head_seq"], running.seq)
        expect(place, "operation.head_hash", row["head_hash"], running.hash)
        later = max(row["recorded_at"], running.recorded_at)
        expect(place, "operation.recorded_at", row["recorded_at"], later)
        expect(place, "operation.digest", row["digest"], self._content(row, place))
        expect(place, "operation.hash", row["hash"], operation_hash(row))
        self.op_no, self.hash = row["op_no"], row["hash"]
        running.recorded_at = row["recorded_at"]
        self.rows["operation"] += 1

    def _content(self, row: sa.RowMapping, place: Place) -> str:
        if row["command"] == "open":
            return self._opened(row)
        if row["command"] == "statement":
            return self._imported(row, place)
        if row["command"] == "erase":
            reason = erasure_reason(row) or ERASURES[0]
            return erasure_digest(self._reader.book, row["subject"], reason)
        expect(
            place, "operation.command", row["command"], row["command"] if row["command"] in _ONE_ROW else None
        )
        table, names = _ONE_ROW[row["command"]]
        stored = self._stored(table, row["op_no"])
        expect(place, f"{table.name}.count", len(stored), 1)
        self.rows[table.name] += 1
        self._take_in(table, stored[0], row, place)
        return content_digest(names, stored)

    def _take_in(self, table: sa.Table, stored: sa.RowMapping, row: sa.RowMapping, place: Place) -> None:
        if table is t.rulebook:
            self.rulebooks[stored["digest"]] = stored["text"]
        elif table is t.period_event:
            self._check_period(stored, place)
            self.approvals.closes[stored["period"]] = row["hash"]
        elif table is t.approval:
            self.approvals.say(place, stored, row["actor"])
        elif table is t.line_match:
            self.approvals.match(place, stored)

    def _opened(self, row: sa.RowMapping) -> str:
        c = t.book.c
        book = self._reader.first(sa.select(*c).where(c.book == self._reader.book))
        expect(Place(op_no=row["op_no"]), "book.count", 1 if book else 0, 1)
        accounts = self._stored(t.account, row["op_no"], t.account.c.code)
        self.rows["book"] += 1
        self.rows["account"] += len(accounts)
        return opening_digest(book or {}, accounts)

    def _imported(self, row: sa.RowMapping, place: Place) -> str:
        stored = self._stored(t.statement, row["op_no"])
        lines = self._stored(t.statement_line, row["op_no"], t.statement_line.c.row_no)
        expect(place, "statement.count", len(stored), 1)
        expect(place, "statement.line_count", stored[0]["line_count"], len(lines))
        self.rows["statement"] += 1
        self.rows["statement_line"] += len(lines)
        return statement_digest(stored[0], lines)

    def _check_period(self, event: sa.RowMapping, place: Place) -> None:
        running, period = self._running, event["period"]
        version, action = running.events.get(period, (0, "reopen"))
        expect(place, "period_event.version", event["version"], version + 1)
        expect(place, "period_event.action", event["action"], "reopen" if action == "close" else "close")
        if event["action"] == "reopen":
            self.approvals.check_reopening(place, period)
        figures = running.figures(period)
        expect_json(place, "period_event.figures_json", event["figures_json"], figures_text(figures))
        expect(place, "period_event.entries", event["entries"], running.entries.get(period, 0))
        expect(place, "period_event.debit_fen", event["debit_fen"], sum(row[1] for row in figures.values()))
        expect(place, "period_event.credit_fen", event["credit_fen"], sum(row[2] for row in figures.values()))
        running.events[period] = (event["version"], event["action"])

    def _stored(
        self, table: sa.Table, op_no: int, order: sa.ColumnElement[Any] | None = None
    ) -> list[sa.RowMapping]:
        c = table.c
        select = sa.select(*c).where(c.book == self._reader.book, c.op_no == op_no)
        return list(self._reader.rows(select if order is None else select.order_by(order)))
