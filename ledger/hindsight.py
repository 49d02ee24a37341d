"""Hindsight: any question to the book, asked as it would have been answered at an earlier entry and operation.

Nothing that a book keeps is ever changed, so the book of then is the book of now without what came later. Each
table in a question is replaced by its rows up to then; no question has to know of it. People are outside the
chain and have no past.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from ledger import tables as t


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How far somebody looks: up to this entry and this operation, both included."""

    entries: int
    operations: int


def as_then(select: sa.Select[Any], up_to: Known) -> sa.Select[Any]:
    """The same question, of the rows alone that were there by then."""
    then: Any = visitors.replacement_traverse(select, {}, _replacement(up_to))
    return cast("sa.Select[Any]", then)


@lru_cache(maxsize=16)
def _replacement(up_to: Known) -> Callable[..., Any]:
    """What stands for each table, alias and column of a question; nothing for what has no past."""
    rows_then: dict[sa.FromClause, sa.FromClause] = {}

    def then(rows: sa.FromClause) -> sa.FromClause | None:
        table = rows.element if isinstance(rows, sa.Alias) else rows
        if not isinstance(table, sa.Table) or table.metadata is not t.METADATA:
            return None
        limit = _limit(table, up_to)
        if limit is None:
            return None
        if rows not in rows_then:
            name = rows.name if isinstance(rows, sa.Alias) else table.name
            rows_then[rows] = sa.select(table).where(limit).subquery(name)
        return rows_then[rows]

    def replace(element: Any, **_: Any) -> Any:
        if isinstance(element, sa.FromClause):
            return then(element)
        rows = then(element.table) if isinstance(getattr(element, "table", None), sa.FromClause) else None
        return None if rows is None else rows.c[element.key]

    return replace


def _limit(table: sa.Table, up_to: Known) -> sa.ColumnElement[bool] | None:
    """The condition that hides what came later: entries go by their number, all else by its operation.

    Adding nothing keeps SQLite from looking rows up by this condition, which most of them meet, instead of by
    the one that finds the few that are wanted.
    """
    if "seq" in table.c:
        return table.c.seq + 0 <= up_to.entries
    return table.c.op_no + 0 <= up_to.operations if "op_no" in table.c else None
