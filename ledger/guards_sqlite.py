"""The guards as SQLite triggers, and how a SQLite database says which it has.

REPLACE deletes without firing delete triggers unless `recursive_triggers` is on, so the insert triggers
refuse a taken key themselves.
"""

import sqlalchemy as sa

from ledger.conditions import Guard, Refusal
from ledger.guards import INSERTS


def guards() -> tuple[Guard, ...]:
    """Every trigger that a SQLite book has, in the order of its tables."""
    made: list[Guard] = []
    for table, refusals in INSERTS.items():
        made += [_insert(table, refusals), _never(table, "update"), _never(table, "delete")]
    return tuple(made)


def found(connection: sa.Connection) -> dict[str, str]:
    """What the database holds now: every table, index and trigger with the statement that made it."""
    rows = connection.execute(
        sa.text("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    )
    return {row.name: row.sql for row in rows}


def _insert(table: str, refusals: tuple[Refusal, ...]) -> Guard:
    checks = "\n".join(
        f"  SELECT RAISE(ABORT, 'settle: {refusal.message}') WHERE {refusal.when};" for refusal in refusals
    )
    return _guard(table, "insert", checks)


def _never(table: str, event: str) -> Guard:
    return _guard(table, event, f"  SELECT RAISE(ABORT, 'settle: {table} is append-only');")


def _guard(table: str, event: str, body: str) -> Guard:
    name = f"{table}_{event}"
    sql = f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW BEGIN\n{body}\nEND"
    return Guard(name, table, (sql,))
