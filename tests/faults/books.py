"""The book that faults are injected into: small, and with something of every kind in it."""

from datetime import UTC, date, datetime
from pathlib import Path

from ledger.anchors import Anchor, anchor_of
from ledger.connections import sqlite_url
from ledger.desk import Desk
from ledger.engine import create_book, open_book
from ledger.recordings import Match, OrderFacts, Statement, StatementLine
from tests.ledger.samples import (
    DAY,
    NOW,
    a_memorandum,
    a_recording,
    an_entry,
    ask,
    grant,
    reopen,
    to_be_approved,
)

LATER = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
NOVEMBER = date(2026, 11, 2)


def make_full_book(path: Path) -> None:
    """Twelve entries and twelve operations over two months, the first closed, opened and closed again."""
    with create_book(sqlite_url(path), actor="wang", now=NOW) as book:
        with book.writing(actor="wang", now=NOW) as desk:
            _claims(desk)
        with book.writing(actor="li", now=NOW) as desk:
            desk.store_approval(grant("C2"))
            desk.record(to_be_approved("C2", before=50))
        with book.writing(actor="wang", now=NOW) as desk:
            _october(desk)
        with book.writing(actor="li", now=LATER) as desk:
            _november(desk)


def anchor_of_file(path: Path) -> Anchor:
    """The anchor of a book's file as it stands."""
    with open_book(sqlite_url(path), read_only=True) as book, book.reading() as reader:
        return anchor_of(reader, LATER)


def _claims(desk: Desk) -> None:
    desk.post(an_entry(order_no="O1"), key="a", source="orders.csv:2")
    desk.store_facts(OrderFacts(order_no="O1", facts_json="{}", source="orders.csv:2"))
    desk.record(a_recording())
    desk.record(a_memorandum())
    desk.store_approval(ask("C2"))


def _october(desk: Desk) -> None:
    lines = tuple(StatementLine(row_no=row, reference=f"O{row}", line_json="{}") for row in (1, 2))
    desk.store_statement(Statement(name="a", layout="b", sha256="c" * 64, lines=lines))
    desk.reverse(1, DAY, "错账")
    for number in range(3):
        desk.post(an_entry(700 + number), key=f"o{number}")
    desk.close("2026-10", "月结")
    desk.ask_reopening("2026-10", "漏记")
    desk.store_match(Match(line_op_no=6, row_no=1, action="match", against_seq=1, reason="到账"))


def _november(desk: Desk) -> None:
    reopen(desk, "2026-10")
    desk.post(an_entry(900), key="late")
    desk.close("2026-10", "月结")
    for number in range(3):
        desk.post(an_entry(300 + number, on=NOVEMBER), key=f"n{number}")
