"""Random mutations: any field of any row that the chain covers, changed in a way that its type allows.

What is deliberately outside of the chain is named here with its reason; all else must be covered, a column added
tomorrow too. Whoever draws takes the targets in turn, so that each column is damaged as often as any other.
"""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from ledger.tables import METADATA

Value = str | int | bytes | None
Row = tuple[Value, ...]

# Whoever is in it has a right to be erased, so nothing of it can be sealed (docs/privacy.md, "The side table").
_ERASABLE = "a person is erasable; the chain holds the key alone"
OUTSIDE: dict[str, str] = {
    "person.book": _ERASABLE,
    "person.person_key": _ERASABLE,
    "person.salt": _ERASABLE,
    "person.nick": _ERASABLE,
    "person.payee": _ERASABLE,
    "person.noted_at": _ERASABLE,
}
ROWS = "*"  # in the place of a column: a row is deleted, or written a second time under another key
_TRIES = 200
_BIG = 2**63 - 1
_CHARACTERS = "0179abfz一 \u0301\u200b\x00'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One column of a table, or with `*` its rows."""

    table: sa.Table
    column: str

    @property
    def name(self) -> str:
        """As `OUTSIDE` names it."""
        return f"{self.table.name}.{self.column}"

    @property
    def columns(self) -> list[str]:
        """The names of the table's columns."""
        return [column.name for column in self.table.columns]

    @property
    def keys(self) -> list[str]:
        """The names of the columns that tell one row from another."""
        return [column.name for column in self.table.primary_key]


def covered() -> list[Target]:
    """Every column that the chain must answer for, and the rows of each of its tables."""
    columns = [Target(table=table, column=c.name) for table in METADATA.sorted_tables for c in table.columns]
    found = [target for target in columns if target.name not in OUTSIDE]
    tables = {target.table.name: target.table for target in found}
    return [*found, *(Target(table=table, column=ROWS) for table in tables.values())]


def mutate(connection: sqlite3.Connection, target: Target, dice: random.Random) -> str:
    """Change one field or row until the table says something else; answers what was done, or nothing."""
    before = _all(connection, target)
    for _ in range(_TRIES if before else 0):
        row = dice.choice(before)
        done = _change(connection, target, (row, before), dice)
        if _all(connection, target) != before:
            return f"{target.name} of {row[:3]}: {done}"
    return ""


def _change(
    connection: sqlite3.Connection, target: Target, rows: tuple[Row, list[Row]], dice: random.Random
) -> str:
    row, every = rows
    columns = target.columns
    is_field = target.column != ROWS
    place = columns.index(target.column if is_field else dice.choice(target.keys))
    changed = _changed(row[place], [other[place] for other in every], dice)
    where = " AND ".join(f"{name} = ?" for name in target.keys)
    key = [row[columns.index(name)] for name in target.keys]
    if not is_field and dice.random() < 1 / 2:
        connection.execute(f"DELETE FROM {target.table.name} WHERE {where}", key)
        return "deleted"
    mark = "CAST(? AS TEXT)" if isinstance(changed, bytes) else "?"
    if is_field:
        # A key that another row has already takes that row's place.
        update = f"UPDATE OR REPLACE {target.table.name} SET {target.column} = {mark} WHERE {where}"
        _try(connection, update, [changed, *key])
    else:
        marks = ", ".join(mark if at == place else "?" for at in range(len(row)))
        insert = f"INSERT OR IGNORE INTO {target.table.name} VALUES ({marks})"
        _try(connection, insert, [*row[:place], changed, *row[place + 1 :]])
    return f"{columns[place]} {row[place]!r} as {changed!r}"


def _try(connection: sqlite3.Connection, statement: str, given: list[Value]) -> None:
    """What the type refuses even a burglar (NULL in its place, a text for a number) changes nothing."""
    try:
        connection.execute(statement, given)
    except (sqlite3.IntegrityError, OverflowError):
        return


def _all(connection: sqlite3.Connection, target: Target) -> list[Row]:
    # A text may have become one that cannot be decoded.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    select = f"SELECT * FROM {target.table.name} ORDER BY {', '.join(target.keys)}"
    return [tuple(row) for row in connection.execute(select)]


def _changed(value: Value, others: list[Value], dice: random.Random) -> Value:
    """Something else for a value, or now and then the same."""
    if dice.random() < 1 / 8:
        return dice.choice([*others, None])
    if isinstance(value, int):
        return dice.choice(_OF_NUMBERS)(value, dice)
    if isinstance(value, str):
        return dice.choice(_OF_TEXTS)(value, dice)
    return dice.choice(["", "x", 0, 1])


def _swapped(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) or 1)
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _digits_swapped(number: int, dice: random.Random) -> int:
    return int(_swapped(str(abs(number)), dice)) * (-1 if number < 0 else 1)


def _another_letter(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) or 1)
    return text[:at] + dice.choice(_CHARACTERS) + text[at + 1 :]


def _one_letter_more(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(_CHARACTERS) + text[at:]


def _one_letter_less(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) or 1)
    return text[:at] + text[at + 1 :]


def _bit(text: str, dice: random.Random) -> bytes:
    raw = bytearray(text.encode("utf-8", "surrogateescape") or b"x")
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(raw)


_OF_NUMBERS: tuple[Callable[[int, random.Random], int], ...] = (
    lambda number, _: number + 1,
    lambda number, _: number - 1,
    lambda number, _: -number,
    lambda number, dice: number ^ (1 << dice.randrange(48)),
    lambda number, _: number * 100,
    lambda _, dice: dice.choice((0, 1, -1, _BIG, -_BIG - 1)),
    _digits_swapped,
)
_OF_TEXTS: tuple[Callable[[str, random.Random], str | bytes], ...] = (
    _another_letter,
    _one_letter_more,
    _one_letter_less,
    _swapped,
    _bit,
    lambda text, dice: text[: dice.randrange(len(text) + 1)],
    lambda text, _: text.swapcase(),
    lambda text, dice: dice.choice((text + " ", text + "\x00", text * 2, "")),
)
