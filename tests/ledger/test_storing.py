"""Storing facts, files, rulebooks and words on lines: added once, never changed; and people, who may be erased."""

from pathlib import Path
from typing import Any

import pytest

from ledger import queries, storing
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.errors import BadEntry
from ledger.moving import move
from ledger.recordings import Match, OrderFacts, Statement, StatementLine
from ledger.replay import replay
from tests.ledger.samples import NOW, an_entry, dump, note_person, url_of

FILE = Statement(
    name="账单.csv",
    layout="alipay",
    sha256="b" * 64,
    lines=tuple(StatementLine(row_no=n, reference=None, line_json=f'{{"n":{n}}}') for n in (3, 1, 2)),
)


def test_the_same_facts_are_kept_once_and_changed_ones_as_a_new_version(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        assert desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
        assert not desk.store_facts(OrderFacts(order_no="O1", facts_json="{}", source="elsewhere"))
        assert desk.store_facts(OrderFacts(order_no="O1", facts_json='{"a":1}'))
        assert desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
        assert desk.facts("O1") == OrderFacts(order_no="O1", facts_json="{}")


def test_a_file_is_known_by_its_digest_and_imported_once(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        assert desk.store_statement(FILE)
    before = dump(book)
    with book.writing(actor="wang", now=NOW) as desk:
        assert not desk.store_statement(FILE)
        assert queries.statements(desk.reader)[0].line_count == 3
    assert dump(book) == before


def test_a_file_without_lines_may_be_kept(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        assert desk.store_statement(Statement(name="a", layout="b", sha256="c" * 64, lines=()))
    with book.reading() as reader:
        assert replay(reader).first_difference is None


@pytest.mark.parametrize(
    "facts",
    [OrderFacts(order_no="", facts_json="{}"), OrderFacts(order_no="O", facts_json="\0")],
)
def test_facts_that_cannot_be_kept_are_refused(book: Book, facts: OrderFacts) -> None:
    with pytest.raises(BadEntry), book.writing(actor="wang", now=NOW) as desk:
        desk.store_facts(facts)


def test_what_is_stored_between_entries_is_linked_into_the_chain(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="a")
        desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
        desk.store_statement(FILE)
        desk.post(an_entry(), key="b")
        desk.close("2026-10")
    with book.reading() as reader:
        replayed = replay(reader)
    assert replayed.first_difference is None
    assert (replayed.entries, replayed.operations) == (2, 4)


def _said(row_no: int = 1, **changes: Any) -> Match:
    given: dict[str, Any] = {"action": "match", "against_seq": 1, "reason": "到账"}
    return Match(line_op_no=2, row_no=row_no, **{**given, **changes})


def test_each_word_on_a_line_is_its_next_version(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="a")
        desk.store_statement(FILE)
        parked = _said(action="park", against_seq=None, owner="li", reason="问平台")
        undone = _said(action="undo", against_seq=None, reason="看错")
        assert [desk.store_match(word) for word in (parked, _said(), undone, _said(order_no="O1"))] == [
            1,
            2,
            3,
            4,
        ]
        assert desk.store_match(_said(2, action="explain", against_seq=None)) == 1
        last = storing.last_match(desk.reader, 2, 1)
        assert last is not None
        assert (last["version"], last["action"], last["order_no"]) == (4, "match", "O1")
        assert storing.last_match(desk.reader, 2, 3) is None
    with book.reading() as reader:
        assert replay(reader).first_difference is None


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (_said(9), "has no row 9"),
        (_said(reason=" "), "a match needs a reason"),
        (_said(against_seq=None), "names the entry or the order"),
        (_said(action="park", against_seq=None), "needs an owner"),
        (_said(action="park", against_seq=None, owner=" "), "needs an owner"),
        (_said(action="undo", against_seq=None), "no match that could be undone"),
        (_said(reason="\0"), "not a text that can be kept"),
    ],
)
def test_a_word_that_lacks_what_it_needs_is_refused(book: Book, word: Match, said: str) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="a")
        desk.store_statement(FILE)
    before = dump(book)
    with pytest.raises(BadEntry, match=said), book.writing(actor="wang", now=NOW) as desk:
        desk.store_match(word)
    assert dump(book) == before


def test_a_person_is_erased_and_the_chain_says_only_that(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        note_person(desk.reader)
        assert not desk.erase_person("somebody else")
        assert desk.erase_person("buyer")
        assert not desk.erase_person("buyer")
        rows = desk.reader.connection.exec_driver_sql("SELECT COUNT(*) FROM person")
        assert rows.scalar() == 0
        replayed = replay(desk.reader)
    assert (replayed.first_difference, replayed.operations) == (None, 2)
    assert "张三丰" not in dump(book)


def test_people_move_with_their_book_and_their_erasing_too(book: Book, tmp_path: Path) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        note_person(desk.reader)
        desk.erase_person("buyer")
        note_person(desk.reader)
        note_person(desk.reader, "other")
    to = sqlite_url(tmp_path / "new.db")
    move(url_of(book), to)
    with open_book(to) as moved, moved.reading() as reader:
        rows = reader.connection.exec_driver_sql("SELECT person_key, nick FROM person ORDER BY 1").all()
    assert [tuple(row) for row in rows] == [("buyer", "张三丰"), ("other", "张三丰")]
