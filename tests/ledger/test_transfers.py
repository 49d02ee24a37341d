"""Transfers: found by their serial, whoever booked them, and told by the statements that were imported."""

import json
from pathlib import Path

import pytest

from ledger import queries
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.moving import move
from ledger.payment_matching import Transfer
from ledger.recordings import Statement, StatementLine
from ledger.transfers import booked_transfers, next_key, told_transfers
from tests.ledger.owing import DISTRIBUTORS, imported, opened, owe, pay, rows, sent, taken_back
from tests.ledger.samples import DAY, NOW, url_of


@pytest.mark.parametrize("serial", ["S1", "20261012000000001"])
def test_a_serial_that_was_taken_back_is_booked_under_its_next_key(book: Book, serial: str) -> None:
    owe(book, "C1", 1200)
    keys = []
    for _ in range(3):
        with book.reading() as reader:
            keys.append(next_key(serial, booked_transfers(reader, [serial]).get(serial)))
        paid = pay(book, "C1", serial=serial)
        taken_back(book, paid.assigned[0].seq)
        taken_back(book, paid.transfer.seq)
    assert keys == [f"alipay:{serial}", f"alipay:{serial}/2", f"alipay:{serial}/3"]


def test_transfers_are_found_by_serial_many_at_once(book: Book) -> None:
    imported(book, *(sent(f"S{number}", 100 + number, "O9") for number in range(40)))
    with book.reading() as reader:
        found = booked_transfers(reader, [f"S{number}" for number in range(60)])
    assert {serial: row.free_fen for serial, row in found.items()} == {f"S{n}": 100 + n for n in range(40)}


def test_a_book_with_payments_and_all_that_was_taken_back_moves_whole(book: Book, tmp_path: Path) -> None:
    claim = owe(book, "C1", 1200)
    paid = pay(book, "C1")
    for seq in (paid.assigned[0].seq, claim, paid.transfer.seq):
        taken_back(book, seq)
    owe(book, "d-01 2026-10", 900, None, account=DISTRIBUTORS)
    imported(book, sent("S2", 900))
    assert opened(book) == {}
    head = move(url_of(book), sqlite_url(tmp_path / "moved.db"))
    with open_book(sqlite_url(tmp_path / "moved.db"), read_only=True) as moved:
        assert rows(moved) == rows(book)
        with moved.reading() as reader:
            assert queries.head(reader) == head


def _line(row_no: int, **said: object) -> StatementLine:
    given = {
        "serial": f"S{row_no}",
        "at": "2026-10-12T10:00:00+08:00",
        "in_fen": 0,
        "out_fen": -500,
        "meaning": "buyer_transfer",
        "order_no": "O1",
        "remark": "退差价",
    }
    return StatementLine(
        row_no=row_no, reference=None, line_json=json.dumps({**given, **said}, ensure_ascii=False)
    )


def test_the_imported_statements_tell_the_transfers_of_a_month_once(book: Book) -> None:
    lines = (
        _line(1, claim_no="C1"),
        _line(2, meaning="commission", remark='"buyer_transfer"'),
        _line(3, at="2026-11-01T00:10:00+08:00"),
        _line(4, in_fen=500, out_fen=0),
        _line(5),
    )
    with book.writing(actor="li", now=NOW) as desk:
        for digest in "ab":
            desk.store_statement(
                Statement(name="s.csv", layout="alipay_statement", sha256=digest * 64, lines=lines)
            )
    source = f"s.csv row 1 sha256 {'a' * 64}"
    with book.reading() as reader:
        first, second = told_transfers(reader, "2026-10")
    assert first == Transfer(serial="S1", on=DAY, fen=500, order_no="O1", remark="申请号C1", source=source)
    assert (second.serial, second.remark) == ("S5", "退差价")
