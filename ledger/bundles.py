"""Bundles: the chain with all that its hashes cover, for an auditor who has neither the book nor our code.

A closed month's bundle ends at the close, so that it is the same whenever it is made; what was posted or
stored afterwards belongs to a later one. The rows leave as they are stored, column for column.
"""

from typing import Any

import sqlalchemy as sa

from ledger import periods, queries
from ledger import tables as t
from ledger.canonical import GENESIS
from ledger.reading import Reader, moment
from ledger.reports import ChainHead
from ledger.reports_of_handing import AuditBundle, StoredTable

_BY_OPERATION = {
    "account": (t.account.c.op_no, t.account.c.code),
    "operation": (t.operation.c.op_no,),
    "rulebook": (t.rulebook.c.op_no,),
    "order_facts": (t.order_facts.c.op_no,),
    "statement": (t.statement.c.op_no,),
    "statement_line": (t.statement_line.c.op_no, t.statement_line.c.row_no),
    "period_event": (t.period_event.c.op_no,),
    "approval": (t.approval.c.op_no,),
    "line_match": (t.line_match.c.op_no,),
}
_STEP = t.refund_step.c
_BY_ENTRY = {
    "journal_entry": (t.journal_entry.c.seq,),
    "posting": (t.posting.c.seq, t.posting.c.line),
    "settlement": (t.settlement.c.seq,),
    "refund_step": (_STEP.seq, _STEP.subject, _STEP.bucket, _STEP.step),
    "entry_seal": (t.entry_seal.c.seq,),
}


def audit_bundle(reader: Reader, period: str) -> AuditBundle:
    """The bundle of a month, up to its close where it stands closed, else up to the book's head."""
    last = _last_operation(reader, period)
    head = ChainHead(seq=last["head_seq"], hash=last["head_hash"])
    if last["command"] != "close":
        head = queries.head(reader)
    book = _stored(reader, t.book, (t.book.c.book,))
    by_operation = (_up_to(reader, name, keys, last["op_no"]) for name, keys in _BY_OPERATION.items())
    by_entry = (_up_to(reader, name, keys, head.seq) for name, keys in _BY_ENTRY.items())
    return AuditBundle(
        book=reader.book,
        period=period,
        closed_at=moment(last["recorded_at"]) if last["command"] == "close" else None,
        head=head,
        operations=last["op_no"],
        operation_hash=last["hash"],
        trial_balance=queries.trial_balance(reader, period, known_at=head.seq),
        tables=(book, *by_operation, *by_entry),
    )


def _last_operation(reader: Reader, period: str) -> dict[str, Any]:
    """The operation that closed the month, else the book's last one, told apart by its command."""
    event, c = periods.last_event(reader, period), t.operation.c
    closed = event is not None and event["action"] == "close"
    which = [c.op_no == event["op_no"]] if event is not None and closed else []
    select = sa.select(*c).where(c.book == reader.book, *which).order_by(c.op_no.desc()).limit(1)
    row = reader.first(select)
    nothing = {"op_no": 0, "hash": GENESIS, "head_seq": 0, "head_hash": GENESIS, "recorded_at": ""}
    return {**nothing, **(row or {}), "command": "close" if closed else ""}


def _up_to(reader: Reader, name: str, keys: tuple[sa.ColumnElement[Any], ...], last: int) -> StoredTable:
    table = t.METADATA.tables[name]
    return _stored(reader, table, keys, keys[0] <= last)


def _stored(
    reader: Reader, table: sa.Table, order: tuple[sa.ColumnElement[Any], ...], *which: sa.ColumnElement[bool]
) -> StoredTable:
    select = sa.select(*table.c).where(table.c.book == reader.book, *which).order_by(*order)
    return StoredTable(
        name=table.name,
        columns=tuple(column.name for column in table.c),
        rows=(tuple(row) for row in reader.connection.execute(select)),
    )
