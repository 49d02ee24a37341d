"""Storage: what a server's own pages, keys and indexes say, and that it is told how closely they were looked at.

Flipped bits in a server's pages are in `tests/faults`.
"""

import pytest
import sqlalchemy as sa

from ledger.book import Book
from ledger.storage import how_checked, key_faults, storage_faults
from ledger.verify import verify
from tests.ledger.samples import an_entry, burgled, dump, post, tamper, url_of


def test_a_sound_book_has_no_fault_and_says_how_it_was_looked_at(book: Book) -> None:
    post(book, an_entry(), "a")
    before = dump(book)
    with book.reading() as reader:
        assert [*storage_faults(reader), *key_faults(reader)] == []
        said = how_checked(reader)
        assert reader.number(sa.text("SELECT 1")) == 1  # type: ignore[arg-type]
    assert verify(url_of(book)).storage == said
    on_server = ("every table read", "every key looked up", "page checksums off")
    assert said == (on_server if book.store.path is None else ("integrity_check", "foreign_key_check"))
    assert dump(book) == before


def test_a_row_that_names_nothing_is_found_on_both_engines(book: Book) -> None:
    post(book, an_entry(), "a")
    tamper(book, "INSERT INTO entry_seal VALUES ('ghost', 1, '', '')")
    with book.reading() as reader:
        assert list(key_faults(reader)) == [
            "a row of entry_seal names a row of journal_entry that is not there"
        ]


def test_with_amcheck_an_index_that_has_lost_a_row_is_found(postgres_book: Book) -> None:
    post(postgres_book, an_entry(), "a")
    with burgled(postgres_book) as hand:
        if hand.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'").fetchone() is None:
            pytest.skip("this server has no amcheck")
        hand.execute("CREATE SCHEMA checks")
        hand.execute("CREATE EXTENSION amcheck SCHEMA checks")
    with postgres_book.reading() as reader:
        assert how_checked(reader)[-1] == "amcheck"
        assert list(storage_faults(reader)) == []
    with burgled(postgres_book) as hand:
        hand.execute("SET session_replication_role = replica")
        hand.execute("UPDATE pg_index SET indisready = false WHERE indexrelid = 'pk_posting'::regclass")
        hand.execute("UPDATE posting SET seq = seq + 100")
        hand.execute("UPDATE pg_index SET indisready = true WHERE indexrelid = 'pk_posting'::regclass")
    with postgres_book.reading() as reader:
        (fault,) = storage_faults(reader)
    assert fault.startswith("pk_posting: ")
