"""Inserting: many rows of one table in one statement, in the form that each engine takes fastest.

SQLite runs one prepared statement over tuples. A PostgreSQL server takes the rows of a statement as one JSON
text, so that its guards look at all of them at once and a batch is one journey.
"""

import json
from functools import cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

Row = dict[str, Any]


def insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    """Insert rows that each have a value for every column of the table; the database's errors as they come."""
    if connection.dialect.name == "sqlite":
        values = itemgetter(*table.c.keys())
        connection.exec_driver_sql(_over_tuples(table), [values(row) for row in rows])
    else:
        connection.exec_driver_sql(_over_json(table), {"rows": json.dumps(rows, ensure_ascii=False)})


@cache
def _over_tuples(table: sa.Table) -> str:
    places = ", ".join("?" for _ in table.c)
    return f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({places})"  # noqa: S608 - our own names.


@cache
def _over_json(table: sa.Table) -> str:
    columns = _columns(table)
    rows = f"json_populate_recordset(NULL::{table.name}, %(rows)s)"
    return f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {rows}"  # noqa: S608 - our own names.


def _columns(table: sa.Table) -> str:
    return ", ".join(table.c.keys())
