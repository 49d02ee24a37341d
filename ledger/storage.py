"""Storage: whether the database can still read every byte of its own tables, and how closely that was looked at.

SQLite checks its own pages and keys. A PostgreSQL server has no such command for everybody: every table is read
from its first page to its last, long values too, so that page checksums (where the cluster has them) fire, every
key is looked up, and where the extension amcheck is there and may be used, each index is held against its table.
It belongs into a schema of its own, for whatever stands in the book's schema and is not ours is a broken guard.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from ledger import tables as t
from ledger.reading import Reader

_NOT_PERMITTED = "42501"
_AMCHECK = sa.text(
    "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
    "WHERE e.extname = 'amcheck'"
)
_INDEXES = sa.text(
    "SELECT i.indexrelid AS oid, c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND i.indrelid = CAST(:name AS regclass) ORDER BY 2"
)


def how_checked(reader: Reader) -> tuple[str, ...]:
    """What the storage check does on this database, in words for people and scripts."""
    if reader.connection.dialect.name == "sqlite":
        return ("integrity_check", "foreign_key_check")
    checksums = reader.connection.exec_driver_sql("SHOW data_checksums").scalar()
    looked = ("every table read", "every key looked up", f"page checksums {checksums}")
    return (*looked, "amcheck") if _amcheck(reader) else looked


def storage_faults(reader: Reader) -> Iterator[str]:
    """The first page, value or index that cannot be read or does not agree with itself."""
    if reader.connection.dialect.name == "sqlite":
        said = reader.connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if said != "ok":
            yield str(said)
        return
    for table in t.METADATA.sorted_tables:
        yield from _tried(reader, table.name, _all_of(table))
    schema = _amcheck(reader)
    for table in t.METADATA.sorted_tables if schema else ():
        for index in reader.connection.execute(_INDEXES, {"name": table.name}).all():
            # The schema's name comes quoted from the server.
            checked = sa.text(f"SELECT {schema}.bt_index_check({int(index.oid)}, true)")
            yield from _tried(reader, index.name, checked)


def key_faults(reader: Reader) -> Iterator[str]:
    """The first row that names a row which is not there."""
    if reader.connection.dialect.name == "sqlite":
        row = reader.connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if row is not None:
            yield f"a row of {row[0]} names a row of {row[2]} that is not there"
        return
    # An auditor's role does not see `person`, which stands outside of the chain.
    for table in t.SEALED_TABLES:
        for key in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            if reader.connection.execute(_dangling(table, key)).first() is not None:
                yield f"a row of {table.name} names a row of {key.referred_table.name} that is not there"


def _all_of(table: sa.Table) -> sa.TextClause:
    """Every value of every row, long ones too, in the order of the pages; nothing of it is sent."""
    return sa.text(f"SELECT sum(octet_length(CAST(r AS text))) FROM {table.name} r")  # noqa: S608 - our own names


def _dangling(table: sa.Table, key: sa.ForeignKeyConstraint) -> sa.Select[Any]:
    target = key.referred_table.alias("target")
    pairs = [(element.parent, target.c[element.column.name]) for element in key.elements]
    joined = table.outerjoin(target, sa.and_(*(here == there for here, there in pairs)))
    given = [here.is_not(None) for here, _ in pairs]
    return sa.select(sa.literal(1)).select_from(joined).where(*given, pairs[0][1].is_(None)).limit(1)


def _tried(reader: Reader, name: str, question: sa.TextClause) -> Iterator[str]:
    """Ask within a savepoint, so that one damaged page does not keep the next check from reading."""
    inner = reader.connection.begin_nested()
    try:
        reader.connection.execute(_UNINDEXED)
        reader.connection.execute(question)
    except DBAPIError as failed:
        inner.rollback()
        if getattr(failed.orig, "sqlstate", "") != _NOT_PERMITTED:
            yield f"{name}: {str(failed.orig).splitlines()[0]}"
    else:
        inner.rollback()


_UNINDEXED = sa.text(
    "SELECT set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true), "
    "set_config('enable_bitmapscan', 'off', true)"
)


def _amcheck(reader: Reader) -> str:
    """The schema of amcheck where it is installed and its functions may be called, else nothing."""
    schema = reader.connection.execute(_AMCHECK).scalar()
    if schema is None:
        return ""
    may = sa.text("SELECT has_function_privilege(CAST(:name AS regprocedure), 'EXECUTE')")
    name = f"{schema}.bt_index_check(regclass, boolean)"
    return str(schema) if reader.connection.execute(may, {"name": name}).scalar() else ""
