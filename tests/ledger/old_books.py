"""Books with the tables of an earlier revision, and all that must be the same in them after an upgrade."""

from contextlib import closing
from typing import Any

import sqlalchemy as sa

from ledger import queries, schema, storing
from ledger import tables as t
from ledger.chain import Chain
from ledger.connections import Store, open_store
from ledger.desk import Desk
from ledger.reading import Reader
from ledger.recordings import KeyedEntry, OrderFacts, Statement, StatementLine
from tests.ledger.samples import DAY, NOW, a_recording, an_entry

OLD, NEW = "0001", schema.REVISION
OLD_TABLES = [
    table for table in t.METADATA.sorted_tables if table.name not in ("approval", "line_match", "person")
]


class opened(closing[Any]):  # noqa: N801 - reads as `with opened(url) as store`.
    """A store whose connections are given back."""

    def __init__(self, url: str) -> None:
        self.store = open_store(url, read_only=False)
        super().__init__(self)

    def close(self) -> None:
        self.store.engine.dispose()

    def __enter__(self) -> Store:
        return self.store


def fill(url: str, posted: int = 997) -> None:
    """Give an empty database the tables of revision 0001, and a book of that many entries and three more."""
    with opened(url) as store, store.upgrading() as connection:
        schema.upgrade(connection, OLD)
    with opened(url) as store, store.writing("main") as connection:
        chain = Chain(Reader(connection=connection, book="main"), "wang", NOW)
        storing.open_book(chain)
        desk = Desk(chain)
        desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
        lines = (StatementLine(row_no=1, reference="O1", line_json="{}"),)
        desk.store_statement(Statement(name="a", layout="b", sha256="c" * 64, lines=lines))
        desk.post_many(KeyedEntry(entry=an_entry(n + 1), key=str(n)) for n in range(posted))
        desk.record(a_recording())
        desk.reverse(1, DAY, "错账")
        desk.close("2026-10")
        desk.post(an_entry(on=DAY.replace(month=11)), key="later")
        desk.finish()


def read(url: str) -> tuple[object, ...]:
    """The head, how many rows each table has, every balance, and all rows."""
    with opened(url) as store, store.reading() as connection:
        reader = Reader(connection=connection, book="main")
        rows = {
            table.name: sorted(
                map(repr, connection.execute(sa.select(*table.c).where(table.c.book == "main")))
            )
            for table in OLD_TABLES
        }
        counts = {name: len(found) for name, found in rows.items()}
        return queries.head(reader), counts, queries.trial_balance(reader, "2026-11"), rows


def guards(url: str) -> dict[str, str]:
    """Every table, constraint, index and trigger, as the database says it."""
    with opened(url) as store, store.reading() as connection:
        found = schema.found(connection)
    return {name: text for name, text in found.items() if "alembic" not in name}
