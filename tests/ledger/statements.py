"""Lines and movements made by hand, and small statements for a book, for the tests of the reconciliation."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from ledger.account_moves import EXPECTING, Move
from ledger.book import Book
from ledger.late_lines import on_open_days
from ledger.recordings import KeyedEntry, Statement, StatementLine
from ledger.statement_lines import Line
from ledger.statement_postings import statement_entry
from tests.ledger.samples import NOW

_NUMBERS = count(1)
_ACCOUNTS = {meaning: account for account, meaning in EXPECTING.items()}


def a_line(meaning: str, fen: int, order_no: str | None = "33", day: int = 8, **changes: Any) -> Line:
    """A line of October; its serial is its own."""
    number = next(_NUMBERS)
    on = changes.pop("on", date(2026, 10, day))
    given: dict[str, Any] = {
        "op_no": 1,
        "row_no": number,
        "file": "a.csv",
        "serial": f"S{number}",
        "at": f"{on}T10:00:00+08:00",
        "on": on,
        "place": number,
        "meaning": meaning,
        "order_no": order_no,
        "fen": fen,
        "balance_fen": 0,
        "remark": "",
        "late": False,
    }
    return Line(**{**given, **changes})


def a_move(meaning: str, fen: int, order_no: str | None = "33", day: int = 8, **changes: Any) -> Move:
    """A movement of October, on Alipay unless its meaning is only expected there."""
    given: dict[str, Any] = {
        "seq": next(_NUMBERS),
        "on": date(2026, 10, day),
        "order_no": order_no,
        "meaning": meaning,
        "fen": fen,
        "account": _ACCOUNTS.get(meaning, "1012.01"),
    }
    return Move(**{**given, **changes})


def said(serial: str, meaning: str, fen: int, at: str, order_no: str | None = None) -> dict[str, Any]:
    """A line as the reader tells it, but for its row and balance; `at` is a moment in Shanghai."""
    return {
        "serial": serial,
        "meaning": meaning,
        "in_fen": max(fen, 0),
        "out_fen": min(fen, 0),
        "at": f"{at}+08:00",
        "order_no": order_no,
        "kind": "",
        "remark": "",
        "description": "",
    }


def file_of(name: str, lines: Sequence[dict[str, Any]], opening_fen: int = 0) -> Statement:
    """A statement file of lines, with the balance after each."""
    rows = []
    for row, line in enumerate(lines, start=6):
        opening_fen += line["in_fen"] + line["out_fen"]
        rows.append({**line, "row": row, "balance_fen": opening_fen})
    stored = tuple(
        StatementLine(row_no=row["row"], reference=row["order_no"], line_json=json.dumps(row)) for row in rows
    )
    digest = sha256((name + str(lines)).encode()).hexdigest()
    return Statement(name=name, layout="alipay_statement", sha256=digest, lines=stored)


def import_statement(book: Book, statement: Statement) -> None:
    """Store a file and book its lines, as an import does."""
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_statement(statement)
        desk.post_many(on_open_days(desk.reader, _entries(statement)))


def _entries(statement: Statement) -> list[KeyedEntry]:
    entries = []
    for line in (json.loads(line.line_json) for line in statement.lines):
        on, fen = date.fromisoformat(line["at"][:10]), line["in_fen"] + line["out_fen"]
        entries.append(statement_entry(line["serial"], line["meaning"], on, (fen, line["order_no"])))
    return [entry for entry in entries if entry is not None]
