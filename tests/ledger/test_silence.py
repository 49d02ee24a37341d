"""Nothing of a row, written or read, reaches a log at any level."""

import logging

import pytest

from ledger import queries
from ledger.book import Book
from ledger.recordings import OrderFacts
from tests.ledger.samples import NOW


def test_no_row_and_no_parameter_reaches_a_log(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    facts = OrderFacts(order_no="O1", facts_json='{"nick": "小鹿爱吃草莓"}', source="张三丰.csv")
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="sqlalchemy"):
        with book.writing(actor="wang", now=NOW) as desk:
            desk.store_facts(facts)
        with book.reading() as reader:
            assert queries.facts(reader, "O1") == facts
    assert "SELECT order_facts.order_no" in caplog.text
    assert not any(canary in caplog.text for canary in ("草莓", "张三丰", r"\u8349", "Row ("))
