"""Differences: where the stored book and the recomputed one part, said exactly.

A walk stops at its first difference, so the checks raise it, and the walk catches it.
"""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that is not what it must be: in which entry or operation, table and column."""

    table: str
    column: str
    stored: str
    recomputed: str
    seq: int | None = None
    op_no: int | None = None
    claim_no: str | None = None

    def __str__(self) -> str:
        places = (("entry", self.seq), ("operation", self.op_no), ("claim", self.claim_no))
        where = ", ".join(f"{word} {value}" for word, value in places if value is not None)
        return (
            f"{where or 'the book'}: {self.table}.{self.column} is {self.stored}, "
            f"recomputed it is {self.recomputed}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a check is looking."""

    seq: int | None = None
    op_no: int | None = None
    claim_no: str | None = None


class Differs(Exception):
    """A finding on its way to the walk that asked for it."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(str(difference))
        self.difference = difference


def expect(place: Place, column: str, stored: object, recomputed: object) -> None:
    """Raise `Differs` unless the two are equal; `column` is written `table.column`."""
    if stored == recomputed:
        return
    table, _, name = column.partition(".")
    raise Differs(
        Difference(
            table=table,
            column=name,
            stored=_shown(stored),
            recomputed=_shown(recomputed),
            seq=place.seq,
            op_no=place.op_no,
            claim_no=place.claim_no,
        )
    )


def expect_json(place: Place, column: str, stored: str, recomputed: str) -> None:
    """Raise `Differs` at the first place where two JSON texts part, or where they are spelled differently."""
    if stored == recomputed:
        return
    path, old, new = _first_parting("", _parsed(stored), _parsed(recomputed))
    if path or old != new:
        expect(place, f"{column}{path}", old, new)
    expect(place, column, stored, recomputed)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _first_parting(path: str, old: Any, new: Any) -> tuple[str, Any, Any]:
    for step, left, right in _pairs(old, new):
        if left != right:
            return _first_parting(f"{path}{step}", left, right)
    return path, old, new


def _pairs(old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*old, *(key for key in new if key not in old)]
        return [(f".{key}", old.get(key), new.get(key)) for key in keys]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [(f"[{i}]", *pair) for i, pair in enumerate(zip(old, new, strict=True))]
    return []


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "nothing" if value is None else str(value)
