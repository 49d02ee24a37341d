"""The schema: what a database must hold, compared with what it does hold, and brought up to date.

The registry is `tables` and `guards`. Migrations carry their own frozen copy of the statements, and a test
proves that both lead to the same database.
"""

import contextlib
import importlib.resources
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

from ledger import guards_postgresql, guards_sqlite
from ledger.canonical import digest
from ledger.conditions import Guard
from ledger.errors import GuardBroken, NoBook, SchemaMismatch
from ledger.tables import METADATA

REVISION = "0004"
EARLIER = ("0001", "0002", "0003")


def statements(dialect: sa.Dialect) -> tuple[str, ...]:
    """Every statement that makes an empty database of the registry, in order."""
    made = [*(text for _, text in _structure(dialect))]
    for guard in guards(dialect.name):
        made += guard.statements
    if dialect.name == "postgresql":
        made.append(guards_postgresql.FIXED_PATH)
    return tuple(made)


def guards(dialect_name: str) -> tuple[Guard, ...]:
    """The triggers of the registry in that dialect."""
    return guards_sqlite.guards() if dialect_name == "sqlite" else guards_postgresql.guards()


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Bring an empty or older database up to this program's tables, or those of an earlier revision."""
    from alembic import command  # noqa: PLC0415 - Alembic is slow to import, and only this needs it.

    with _alembic(connection) as settings:
        command.upgrade(settings, to)


def downgrade(connection: sa.Connection, to: str) -> None:
    """Take the tables back to an earlier revision; `SchemaMismatch` where they hold what it cannot."""
    from alembic import command  # noqa: PLC0415 - as above.

    with _alembic(connection) as settings:
        try:
            command.downgrade(settings, to)
        except RuntimeError as refused:
            raise SchemaMismatch(str(refused)) from refused


def revision(connection: sa.Connection) -> str | None:
    """Which revision the tables are of; nothing for an empty database and for tables that are not ours."""
    if "alembic_version" not in sa.inspect(connection).get_table_names():
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def is_older(revision: str | None) -> bool:
    """Whether that revision is one that this program can bring up to its own."""
    return revision is not None and revision in EARLIER


def is_empty(connection: sa.Connection) -> bool:
    """Whether the database has no table at all."""
    return not sa.inspect(connection).get_table_names()


def check(connection: sa.Connection) -> None:
    """`NoBook` for an empty database, `SchemaMismatch` for other tables, `GuardBroken` for altered guards."""
    names = sa.inspect(connection).get_table_names()
    if not names:
        raise NoBook("the database is empty. Make a book with `settle init`.")
    if "alembic_version" not in names:
        raise SchemaMismatch("the database was not made by Settle. Name another file.")
    standing = revision(connection)
    if is_older(standing):
        raise SchemaMismatch(
            f"the database has tables of version {standing}, this program needs {REVISION}. "
            "Copy the file, or dump the server's, then bring it up to date with `settle init`."
        )
    if standing != REVISION:
        raise SchemaMismatch(
            f"the database has tables of version {standing}, this program knows none later than {REVISION}. "
            "Use the program that wrote it."
        )
    broken = differences(connection)
    if broken:
        raise GuardBroken(broken)


def differences(connection: sa.Connection) -> tuple[str, ...]:
    """Each trigger, table or index that is missing, altered or not ours, in words; empty when all is well."""
    expected = {name: _folded(text) for name, text in _expected(connection).items()}
    there = {name: _folded(text) for name, text in found(connection).items()}
    there.pop("alembic_version", None)
    missing = [f"{name} is missing" for name in expected if name not in there]
    altered = [f"{name} is altered" for name in expected if name in there and there[name] != expected[name]]
    strange = [f"{name} is not ours" for name in there if name not in expected]
    return tuple(missing + altered + strange)


def fingerprint(connection: sa.Connection) -> str:
    """What the tables and guards are now: engine, version, and a digest of all their statements."""
    there = sorted(found(connection).items())
    return f"{connection.dialect.name} {REVISION} {digest(tuple(there))}"


@contextlib.contextmanager
def _alembic(connection: sa.Connection) -> Iterator[Any]:
    """Alembic's settings for our migrations on that connection."""
    from alembic.config import Config  # noqa: PLC0415 - as above.

    with importlib.resources.as_file(importlib.resources.files("migrations")) as folder:
        settings = Config()
        settings.set_main_option("script_location", str(folder).replace("%", "%%"))
        settings.attributes["connection"] = connection
        yield settings


def found(connection: sa.Connection) -> dict[str, str]:
    """What the database has now, by name: tables, constraints, indexes and guards with their statements."""
    is_sqlite = connection.dialect.name == "sqlite"
    return guards_sqlite.found(connection) if is_sqlite else guards_postgresql.found(connection)


def _structure(dialect: sa.Dialect) -> list[tuple[str, str]]:
    made: list[tuple[str, str]] = []
    for table in METADATA.sorted_tables:
        made.append((table.name, str(CreateTable(table).compile(dialect=dialect)).strip()))
        made += [
            (str(index.name), str(CreateIndex(index).compile(dialect=dialect))) for index in _indexes(table)
        ]
    if dialect.supports_alter:
        made += [
            (str(late.name), str(AddConstraint(late, isolate_from_table=False).compile(dialect=dialect)))
            for table in METADATA.sorted_tables
            for late in table.foreign_key_constraints
            if late.use_alter
        ]
    return made


def _indexes(table: sa.Table) -> list[sa.Index]:
    return sorted(table.indexes, key=lambda index: str(index.name))


def _expected(connection: sa.Connection) -> dict[str, str]:
    dialect = connection.dialect
    if dialect.name == "postgresql":
        roles = guards_postgresql.has_roles(connection)
        return guards_postgresql.expected(guards_postgresql.schema_of(connection), roles=roles)
    made = dict(_structure(dialect))
    return made | {guard.name: guard.statements[0] for guard in guards(dialect.name)}


def _folded(text: str) -> str:
    return " ".join(text.split())
