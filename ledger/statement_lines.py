"""The lines of the imported Alipay statements, each once, with what people decided of them.

A line is known by its serial: of two files that overlap, the one imported first has it. A file that came after
its month had been closed brings late lines.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ledger import tables as t
from ledger.periods import last_standing
from ledger.reading import Reader

LAYOUT = "alipay_statement"
_LINE, _FILE, _EVENT = t.statement_line.c, t.statement.c, t.period_event.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a statement: what moved on the account, and where it stands. `at` is the moment in Shanghai.

    `place` puts the lines of one second into the order of their file; `late` says that its month was closed
    before the line was known.
    """

    op_no: int
    row_no: int
    file: str
    serial: str
    at: str
    on: date
    place: int
    meaning: str
    order_no: str | None
    fen: int
    balance_fen: int
    remark: str
    late: bool

    @property
    def period(self) -> str:
        """The month that the line belongs to."""
        return self.at[:7]


def statement_lines(reader: Reader) -> list[Line]:
    """Every line of every Alipay statement in the book, once, oldest first."""
    closes = Closes(reader)
    lines: dict[str, Line] = {}
    for rows in _files(reader):
        every = [(row, json.loads(row["line_json"])) for row in rows]
        said = [(row, values) for row, values in every if "serial" in values]
        if not said:
            continue
        step = 1 if said[0][1]["at"] <= said[-1][1]["at"] else -1
        closed = closes.before(rows[0]["op_no"])
        for row, values in said:
            lines.setdefault(values["serial"], _line(row, values, step, closed))
    return sorted(lines.values(), key=lambda line: (line.at, line.op_no, line.place))


class Closes:
    """Which month was the last closed one when an operation of the book was written."""

    def __init__(self, reader: Reader) -> None:
        select = sa.select(_EVENT.op_no, _EVENT.period, _EVENT.action).where(_EVENT.book == reader.book)
        self._numbers, self._closed = [], [""]
        standing: dict[str, str] = {}
        for row in reader.rows(select.order_by(_EVENT.op_no)):
            standing[row["period"]] = row["action"]
            self._numbers.append(row["op_no"])
            self._closed.append(last_standing(standing.items()))

    def before(self, op_no: int) -> str:
        """The last month that stood closed before that operation; an empty text for none."""
        return self._closed[bisect_right(self._numbers, op_no)]


def _files(reader: Reader) -> Iterator[list[sa.RowMapping]]:
    """The lines of one file after the other, in the order of import."""
    joined = t.statement_line.join(t.statement, (_LINE.book == _FILE.book) & (_LINE.op_no == _FILE.op_no))
    select = sa.select(_LINE.op_no, _LINE.row_no, _LINE.line_json, _FILE.name).select_from(joined)
    select = select.where(_LINE.book == reader.book, _FILE.layout == LAYOUT)
    rows: list[sa.RowMapping] = []
    for row in reader.rows(select.order_by(_LINE.op_no, _LINE.row_no)):
        if rows and rows[0]["op_no"] != row["op_no"]:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _line(row: sa.RowMapping, said: Mapping[str, Any], step: int, closed: str) -> Line:
    at = said["at"]
    return Line(
        op_no=row["op_no"],
        row_no=row["row_no"],
        file=row["name"],
        serial=said["serial"],
        at=at,
        on=date.fromisoformat(at[:10]),
        place=step * row["row_no"],
        meaning=said["meaning"],
        order_no=said["order_no"],
        fen=said["in_fen"] + said["out_fen"],
        balance_fen=said["balance_fen"],
        remark=said.get("remark") or "",
        late=at[:7] <= closed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """What the statement says of a month: its balances, and what moved without a line."""

    opening_fen: int | None
    closing_fen: int | None
    gap_fen: int


def balances(lines: Sequence[Line], period: str) -> Balances:
    """The balances of a month from its own lines; without any, the last balance known before it."""
    month = [line for line in lines if line.period == period]
    if not month:
        before = [line.balance_fen for line in lines if line.period < period]
        last = before[-1] if before else None
        return Balances(opening_fen=last, closing_fen=last, gap_fen=0)
    opening, closing = month[0].balance_fen - month[0].fen, month[-1].balance_fen
    moved = sum(line.fen for line in month)
    return Balances(opening_fen=opening, closing_fen=closing, gap_fen=closing - opening - moved)
