from pathlib import Path

from cli.known_people import shown_buyer, shown_person
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.persons import LINK, Buyer
from ledger.recordings import Statement, StatementLine
from tests.cli.conftest import STANDS_AT


def test_people_are_masked_unless_they_are_asked_for_in_full(tmp_path: Path) -> None:
    with create_book(sqlite_url(tmp_path / "x.db"), actor="wang", now=STANDS_AT) as book:
        with book.writing(actor="wang", now=STANDS_AT) as desk:
            named = {"O1": Buyer(nick="alice_1990", payee="alice@example.com"), "O2": Buyer(nick="莓子")}
            keys = desk.note_buyers(named, iter(["one", "two"]))
            words = desk.note_remark("退给张三", "three").removeprefix("附言 ")
            lines = tuple(
                StatementLine(row_no=row, reference=order_no, line_json=f'{{"{LINK}": "{keys[order_no]}"}}')
                for row, order_no in enumerate(named)
            )
            desk.store_statement(Statement(name="o.csv", layout="x", sha256="a" * 64, lines=lines))
        with book.reading() as reader:
            noted = {"noted_at": "2026-11-02T01:00:00+00:00"}
            masked = {"person_key": keys["O1"], "nick": "a***0", "payee": "a***@…", **noted}
            assert shown_buyer(reader, "O1") == shown_person(reader, keys["O1"]) == masked
            assert shown_buyer(reader, "O1", unmasked=True) == {
                **masked,
                "nick": "alice_1990",
                "payee": "alice@example.com",
            }
            assert shown_buyer(reader, "O2") == {"person_key": keys["O2"], "nick": "莓***", **noted}
            assert shown_buyer(reader, "O3") is None
            assert shown_person(reader, words) == {"person_key": words, "words": "退*", **noted}
            assert (shown_person(reader, words, unmasked=True) or {})["words"] == "退给张三"
            assert shown_person(reader, "nobody") is None
