"""Questions about imported files: which days they cover, which of their lines are booked, which are in suspense.

A statement keeps what it says of itself as its row 0; its lines have the numbers a spreadsheet shows.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from ledger import tables as t
from ledger.chart import ALIPAY, SUSPENSE
from ledger.reading import LINES, REVERSED_BY, E, P, Reader, voucher
from ledger.recordings import StatementLine
from ledger.reports import StatementSpan, SuspenseRow
from ledger.statement_postings import line_key, serial_of

FACTS_ROW = 0
_BATCH = 500
_ORIGIN = re.compile(r"(?P<name>.*) row (?P<row>[0-9]+) sha256 (?P<sha256>[0-9a-f]{64})", re.DOTALL)
_FILE, _LINE = t.statement.c, t.statement_line.c
_FILED = t.statement.join(t.statement_line, (_FILE.book == _LINE.book) & (_FILE.op_no == _LINE.op_no))


def facts_line(facts_json: str) -> StatementLine:
    """What a statement says of itself, as the row that keeps it."""
    return StatementLine(row_no=FACTS_ROW, reference=None, line_json=facts_json)


def spans(reader: Reader) -> tuple[StatementSpan, ...]:
    """Which days of which account every imported statement covers, in the order of import."""
    columns = (_FILE.name, _FILE.layout, _FILE.sha256, _LINE.line_json)
    select = sa.select(*columns).select_from(_FILED).where(_FILE.book == reader.book)
    rows = reader.rows(select.where(_LINE.row_no == FACTS_ROW).order_by(_FILE.op_no))
    return tuple(_span(row) for row in rows)


def is_imported(reader: Reader, sha256: str) -> bool:
    """Whether the book has a file of that digest."""
    select = sa.select(_FILE.op_no).where(_FILE.book == reader.book, _FILE.sha256 == sha256)
    return reader.first(select) is not None


def has_line(reader: Reader, layout: str, *marks: str) -> bool:
    """Whether any imported file of a layout has a line that holds all of these texts."""
    select = sa.select(_FILE.op_no).select_from(_FILED)
    held = (_LINE.line_json.contains(mark, autoescape=True) for mark in marks)
    which = (_FILE.book == reader.book, _FILE.layout == layout, _LINE.row_no != FACTS_ROW, *held)
    return reader.first(select.where(*which).limit(1)) is not None


def serials_of(reader: Reader, sha256: str) -> frozenset[str]:
    """The serials of the lines of the imported statement of that digest."""
    select = sa.select(_LINE.line_json).select_from(_FILED)
    which = (_FILE.book == reader.book, _FILE.sha256 == sha256, _LINE.row_no != FACTS_ROW)
    return frozenset(json.loads(row["line_json"])["serial"] for row in reader.rows(select.where(*which)))


def booked_lines(reader: Reader, serials: Iterable[str]) -> dict[str, int]:
    """What each of the statement lines of those serials that are booked moved on the Alipay account, in fen."""
    found: dict[str, int] = {}
    for batch in _batches(serials):
        keys = {line_key(serial): serial for serial in batch}
        select = sa.select(E.key, P.amount_fen).select_from(LINES)
        which = (E.book == reader.book, E.kind == "statement", E.key.in_(keys), P.account == ALIPAY)
        found |= {keys[row["key"]]: row["amount_fen"] for row in reader.rows(select.where(*which))}
    return found


def suspense(reader: Reader) -> tuple[SuspenseRow, ...]:
    """Every statement line that stands in suspense, oldest first, with what people's explanations left of it."""
    columns = (E.key, E.seq, E.voucher_no, E.effective_on, E.narration, E.order_no, E.source, P.amount_fen)
    select = sa.select(*columns, REVERSED_BY).select_from(LINES)
    which = (E.book == reader.book, E.kind == "statement", P.account == SUSPENSE)
    rows = reader.rows(select.where(*which).order_by(E.effective_on, E.seq))
    lines: dict[str, list[sa.RowMapping]] = {}
    for row in rows:
        if row["reversed_by"] is None:
            lines.setdefault(serial_of(row["key"]) or row["key"], []).append(row)
    left = [(found[0], sum(row["amount_fen"] for row in found)) for found in lines.values()]
    return tuple(_suspense_row(reader, row, fen) for row, fen in left if fen)


def _span(row: sa.RowMapping) -> StatementSpan:
    said: dict[str, Any] = json.loads(row["line_json"])
    kept = ("account", "account_digest", "whole_months", "opening_fen", "closing_fen", "in_fen", "out_fen")
    return StatementSpan(
        name=row["name"],
        layout=row["layout"],
        sha256=row["sha256"],
        first_on=date.fromisoformat(said["first_on"]),
        last_on=date.fromisoformat(said["last_on"]),
        covered_until=datetime.fromisoformat(said["covered_until"]),
        **{name: said[name] for name in kept},
    )


def _suspense_row(reader: Reader, row: sa.RowMapping, left_fen: int) -> SuspenseRow:
    origin = _ORIGIN.fullmatch(row["source"] or "")
    file, row_no, sha256 = origin.group("name", "row", "sha256") if origin else ("", "0", "")
    return SuspenseRow(
        **{name: row[name] for name in ("seq", "narration", "order_no")},
        amount_fen=left_fen,
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        file=file,
        row_no=int(row_no),
        line_json=_line_json(reader, sha256, int(row_no)),
    )


def _line_json(reader: Reader, sha256: str, row_no: int) -> str:
    """What a line says as it is stored; an empty object where no file has it, as for an entry posted by hand."""
    select = sa.select(_LINE.line_json).select_from(_FILED)
    row = reader.first(
        select.where(_FILE.book == reader.book, _FILE.sha256 == sha256, _LINE.row_no == row_no)
    )
    return str(row["line_json"]) if row else "{}"


def _batches(serials: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(serials)
    while batch := list(islice(rest, _BATCH)):
        yield batch
