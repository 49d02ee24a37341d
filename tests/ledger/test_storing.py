"""Storing facts, files and rulebooks: added once, never changed."""

import pytest

from ledger import queries
from ledger.book import Book
from ledger.errors import BadEntry
from ledger.recordings import OrderFacts, Statement, StatementLine
from ledger.replay import replay
from tests.ledger.samples import NOW, an_entry, dump

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
