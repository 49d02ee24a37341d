"""Moving: a book copied from one database to another, line by line in the order it was written.

Numbers, hashes and the head stay what they were. The target's own guards judge every entry and operation as
they did when it was new, and the copy is walked once more before it is committed, so that it arrives whole and
proven or not at all. The source is only read.

What was approved before the database asked for grants could not pass the two guards that ask for one. For a
book that holds such entries these two are put aside in the turn of the copy, and compared again at its end.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ledger import queries, schema
from ledger import tables as t
from ledger.connections import make_file, open_store
from ledger.engine import open_book
from ledger.errors import AnchorMismatch, BookExists
from ledger.reading import SETTLED, E, Reader, S
from ledger.replay import replay
from ledger.reports import ChainHead

_BATCH = 1000
_APPROVED = '"decision":"approve"'
_ASK_FOR_GRANTS = ("settlement_insert", "period_event_insert")
_OF_ENTRIES = (t.journal_entry, t.posting, t.settlement, t.refund_step, t.entry_seal)
_OF_OPERATION = {
    "open": (t.account,),
    "facts": (t.order_facts,),
    "rulebook": (t.rulebook,),
    "statement": (t.statement, t.statement_line),
    "close": (t.period_event,),
    "reopen": (t.period_event,),
    "approval": (t.approval,),
    "match": (t.line_match,),
    "erase": (),
}


def move(url: str, to: str, book: str = "main") -> ChainHead:
    """Copy a book into the database at `to`, made where there is none; answers the head both now have.

    `BookExists` where the target has it already, `AnchorMismatch` where the copy does not prove itself.
    """
    with open_book(url, book, read_only=True) as source, source.reading() as reader:
        make_file(to)
        store = open_store(to, read_only=False)
        try:
            with store.writing(book) as connection:
                return _moved(reader, Reader(connection=connection, book=book))
        finally:
            store.engine.dispose()


def _moved(source: Reader, target: Reader) -> ChainHead:
    _make_ready(target)
    try:
        with _asking_for_grants(target, aside=_has_old_approvals(source)):
            _copy_all(source, target)
    except IntegrityError as refused:
        raise AnchorMismatch(
            f"the target's guards refuse what the book holds: {str(refused.orig).splitlines()[0]}. "
            "Nothing was moved; run `settle verify` on the book."
        ) from refused
    schema.check(target.connection)
    return _proven(source, target)


def _make_ready(target: Reader) -> None:
    if schema.is_empty(target.connection):
        schema.upgrade(target.connection)
    schema.check(target.connection)
    if target.first(sa.select(t.book.c.book).where(t.book.c.book == target.book)) is not None:
        raise BookExists(f"the target has a book {target.book} already. Name another database.")


def _has_old_approvals(source: Reader) -> bool:
    """Whether the book holds a reopening or an approved settlement from before its first approval."""
    o, p = t.operation.c, t.period_event.c
    asked = sa.select(sa.func.min(o.op_no)).where(o.book == source.book, o.command == "approval")
    first = sa.func.coalesce(asked.scalar_subquery(), sa.literal(2**62))
    reopened = sa.select(p.op_no).where(p.book == source.book, p.action == "reopen", p.op_no < first)
    approved = sa.select(S.seq).select_from(SETTLED)
    approved = approved.where(E.book == source.book, E.op_no < first, S.answer_json.contains(_APPROVED))
    return any(source.first(select.limit(1)) is not None for select in (reopened, approved))


@contextlib.contextmanager
def _asking_for_grants(target: Reader, *, aside: bool) -> Iterator[None]:
    """The guards that ask for a grant, put aside for the copy where the book has entries without one."""
    connection = target.connection
    asking = [one for one in schema.guards(connection.dialect.name) if aside and one.name in _ASK_FOR_GRANTS]
    on_server = connection.dialect.name == "postgresql"
    for guard in asking:
        where = f" ON {guard.table}" if on_server else ""
        connection.exec_driver_sql(f"DROP TRIGGER {guard.name}{where}")
    yield
    if asking and on_server:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for guard in asking:
        connection.exec_driver_sql(guard.statements[-1])


def _copy_all(source: Reader, target: Reader) -> None:
    """Each operation after the entries before it, as they came into the book; people last, outside the chain."""
    seq = 0
    _insert(target, t.book, _rows(source, t.book))
    for operation in _operations(source):
        seq = _copy_entries(source, target, seq, operation["head_seq"])
        for table in _OF_OPERATION[operation["command"]]:
            _insert(target, table, _rows(source, table, table.c.op_no == operation["op_no"]))
        _insert(target, t.operation, [operation])
    _copy_entries(source, target, seq, queries.head(source).seq)
    _insert(target, t.person, _rows(source, t.person))


def _copy_entries(source: Reader, target: Reader, after: int, last: int) -> int:
    for start in range(after + 1, last + 1, _BATCH):
        end = min(start + _BATCH - 1, last)
        for table in _OF_ENTRIES:
            _insert(target, table, _rows(source, table, table.c.seq.between(start, end)))
    return max(after, last)


def _operations(source: Reader) -> Iterator[sa.RowMapping]:
    last = 0
    while batch := _rows(source, t.operation, t.operation.c.op_no > last, limit=_BATCH):
        yield from batch
        last = batch[-1]["op_no"]


def _rows(
    reader: Reader, table: sa.Table, *where: sa.ColumnElement[bool], limit: int | None = None
) -> list[sa.RowMapping]:
    order = [table.c.seq, *table.primary_key] if "seq" in table.c else [*table.primary_key]
    select: sa.Select[Any] = sa.select(*table.c).where(table.c.book == reader.book, *where)
    return list(reader.rows(select.order_by(*order).limit(limit)))


def _insert(target: Reader, table: sa.Table, rows: list[sa.RowMapping]) -> None:
    if rows:
        target.connection.execute(sa.insert(table), [dict(row) for row in rows])


def _proven(source: Reader, target: Reader) -> ChainHead:
    walked, head = replay(target), queries.head(source)
    same = walked.first_difference is None and walked.head == head and _sizes(source) == _sizes(target)
    if not same:
        raise AnchorMismatch(
            f"the copy is not the book: {walked.first_difference or 'rows outside the chain were left'}. "
            "Nothing was moved; run `settle verify` on the book."
        )
    return head


def _sizes(reader: Reader) -> list[int]:
    count = sa.func.count()
    return [
        reader.number(sa.select(count).select_from(table).where(table.c.book == reader.book))
        for table in t.METADATA.sorted_tables
    ]
