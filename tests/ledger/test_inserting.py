"""Inserting: what goes in comes out unchanged on both engines, in rows that are many or few."""

import pytest

from ledger import queries
from ledger.book import Book
from ledger.recordings import KeyedEntry
from ledger.replay import replay
from tests.ledger.samples import NOW, an_entry

WORDS = (
    "plain",
    'it\'s "quoted" and \\ slashed',
    "{a,b}[1] %s %(rows)s :key ?",
    "红字冲销 🧧\u200b",
    "line\u2028end\u00a0",
)


@pytest.mark.parametrize("word", WORDS)
def test_a_text_is_stored_as_it_stands(book: Book, word: str) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post(an_entry(narration=word), key=word)
    with book.reading() as reader:
        assert queries.entry(reader, posted.seq).narration == word
        assert replay(reader).first_difference is None


def test_many_rows_of_one_statement_are_each_stored_once(book: Book) -> None:
    many = [KeyedEntry(entry=an_entry(number), key=f"k{number}") for number in range(1, 1_203)]
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post_many(many)
    assert [one.seq for one in posted] == list(range(1, 1_203))
    with book.reading() as reader:
        assert queries.balance(reader, "1122.01") == sum(range(1, 1_203))
