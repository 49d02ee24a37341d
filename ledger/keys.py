"""Keys: which of many keys a command has posted under already, and what it stored then.

Each key is looked up by itself: a server that has never counted a growing table would read all of it for
every batch. The keys travel as one JSON text, in the form that each engine unfolds.
"""

import json
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from ledger import queries
from ledger.reading import E, Reader, voucher
from ledger.recordings import Posted

_UNFOLD: dict[str, Callable[[str], sa.FunctionElement[str]]] = {
    "sqlite": sa.func.json_each,
    "postgresql": lambda text: sa.func.json_array_elements_text(sa.cast(sa.literal(text, sa.Text), sa.JSON)),
}


def known(reader: Reader, command: str, keys: Sequence[str]) -> dict[str, tuple[str, Posted]]:
    """By key, for those that the command has seen: the digest of what was asked, and where it stands."""
    asked = _UNFOLD[reader.connection.dialect.name](json.dumps(keys)).table_valued("value", name="asked")
    seq = (
        sa.select(E.seq)
        .where(E.book == reader.book, E.command == command, E.key == asked.c.value)
        .scalar_subquery()
    )
    found = [row["seq"] for row in reader.rows(sa.select(seq.label("seq")).select_from(asked)) if row["seq"]]
    if not found:
        return {}
    rows = reader.rows(queries.POSTED.where(E.book == reader.book, E.seq.in_(found)))
    return {row["key"]: (row["request_digest"], _posted(row)) for row in rows}


def _posted(row: sa.RowMapping) -> Posted:
    return Posted(
        seq=row["seq"],
        hash=row["hash"],
        voucher=voucher(row["voucher_no"]),
        again=True,
        reversed_by=row["reversed_by"],
    )
