"""A forger who has our source: changes rows as he likes, then makes every hash and figure fit again."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ledger.canonical import GENESIS, request_digest
from ledger.corrections import ink_of
from ledger.periods import figures_text
from ledger.running import Running
from ledger.sealed_rows import EntryRow, PostingRow, SettlementRow, StepRow
from ledger.sealing import (
    APPROVAL,
    LINE_MATCH,
    ORDER_FACTS,
    PERIOD_EVENT,
    RULEBOOK,
    content_digest,
    entry_hash,
    opening_digest,
    operation_hash,
    row_request,
    statement_digest,
)

Deed = Callable[[sqlite3.Connection], None]
_ONE_ROW = {
    "facts": ("order_facts", ORDER_FACTS),
    "rulebook": ("rulebook", RULEBOOK),
    "close": ("period_event", PERIOD_EVENT),
    "reopen": ("period_event", PERIOD_EVENT),
    "approval": ("approval", APPROVAL),
    "match": ("line_match", LINE_MATCH),
}


@contextlib.contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A hand-made connection with every trigger dropped; they are put back as they were at the end."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        named = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = connection.execute(named).fetchall()
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")


def rehash(connection: sqlite3.Connection) -> None:
    """Make the whole chain, all digests and the closings' figures true of what the rows now say."""
    running, operation_link = Running(), GENESIS
    for operation in _rows(connection, "operation", order="op_no"):
        seqs = _rows(connection, "journal_entry", "seq > ? AND seq <= ?", running.seq, operation["head_seq"])
        for entry in seqs:
            _seal(connection, entry, running, operation_link)
        operation_link = _seal_operation(connection, operation, running, operation_link)
    for entry in _rows(connection, "journal_entry", "seq > ?", running.seq):
        _seal(connection, entry, running, operation_link)


def _seal(connection: sqlite3.Connection, entry: dict[str, Any], running: Running, link: str) -> None:
    seq = entry["seq"]
    lines = [PostingRow(**row) for row in _rows(connection, "posting", "seq = ?", seq, order="line")]
    settlement = next(iter(_rows(connection, "settlement", "seq = ?", seq)), None)
    steps = _rows(connection, "refund_step", "seq = ?", seq, order="bucket, step")
    if settlement:
        digest = request_digest(settlement["case_json"], settlement["rulebook_digest"])
        settlement["request_digest"] = digest
        connection.execute("UPDATE settlement SET request_digest = ? WHERE seq = ?", (digest, seq))
    else:
        digest = row_request(EntryRow(**entry), lines)
    entry["request_digest"] = digest
    connection.execute("UPDATE journal_entry SET request_digest = ? WHERE seq = ?", (digest, seq))
    row, booked = EntryRow(**entry), SettlementRow(**settlement) if settlement else None
    found = entry_hash((running.hash, link), row, lines, booked, [StepRow(**step) for step in steps])
    connection.execute("DELETE FROM entry_seal WHERE seq = ?", (seq,))
    connection.execute("INSERT INTO entry_seal VALUES ('main', ?, ?, ?)", (seq, running.hash, found))
    running.seal(row, lines, found, ink_of(row.narration, row.reverses))


def _seal_operation(
    connection: sqlite3.Connection, operation: dict[str, Any], running: Running, link: str
) -> str:
    if operation["command"] in ("close", "reopen"):
        _refigure(connection, operation["op_no"], running)
    operation |= {
        "digest": _content(connection, operation),
        "head_hash": running.hash,
        "prev_hash": link,
    }
    found = operation_hash(operation)
    # A reopening is asked and granted under the hash of the operation that closed its month.
    connection.execute("UPDATE approval SET digest = ? WHERE digest = ?", (found, operation["hash"]))
    connection.execute(
        "UPDATE operation SET digest = ?, head_hash = ?, prev_hash = ?, hash = ? WHERE op_no = ?",
        (operation["digest"], operation["head_hash"], link, found, operation["op_no"]),
    )
    return found


def _refigure(connection: sqlite3.Connection, op_no: int, running: Running) -> None:
    event = _rows(connection, "period_event", "op_no = ?", op_no)[0]
    figures = running.figures(event["period"])
    debit = sum(row[1] for row in figures.values())
    connection.execute(
        "UPDATE period_event SET figures_json = ?, entries = ?, debit_fen = ?, credit_fen = ? WHERE op_no = ?",
        (figures_text(figures), running.entries.get(event["period"], 0), debit, debit, op_no),
    )


def _content(connection: sqlite3.Connection, operation: dict[str, Any]) -> str:
    op_no, command = operation["op_no"], operation["command"]
    if command == "open":
        book = _rows(connection, "book")[0]
        return opening_digest(book, _rows(connection, "account", "op_no = ?", op_no, order="code"))
    if command == "statement":
        statement = _rows(connection, "statement", "op_no = ?", op_no)[0]
        return statement_digest(
            statement, _rows(connection, "statement_line", "op_no = ?", op_no, order="row_no")
        )
    table, names = _ONE_ROW[command]
    return content_digest(names, _rows(connection, table, "op_no = ?", op_no))


def _rows(
    connection: sqlite3.Connection, table: str, where: str = "1", *given: int, order: str = ""
) -> list[dict[str, Any]]:
    order = order or ("seq" if table == "journal_entry" else "1")
    found = connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", given)
    return [dict(row) for row in found]
