"""The guards: raw SQL against every table of a book, refused by the database itself, on both engines."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from ledger import guards_postgresql, guards_sqlite
from ledger import tables as t
from ledger.book import Book
from ledger.guards import INSERTS
from ledger.replay import replay
from tests.ledger.attacks import ACCEPTED, ATTACKS, ENTRY, LINES, SEAL, fill
from tests.ledger.samples import burgled, dump
from tests.ledger.shelves import Shelf

REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError, psycopg.DataError)


@pytest.fixture(scope="module")
def full(shelf: Shelf) -> Iterator[Book]:
    """A book with something in every table, 2026-09 closed; nobody may write into it."""
    with shelf.empty() as book:
        fill(book)
        yield book


def _attack(book: Book, statements: tuple[str, ...], *, pragmas: bool = True) -> str:
    """What the database says to the statements, run as one transaction; it must refuse one of them."""
    before = dump(book)
    with closing(burgled(book, pragmas=pragmas)) as connection:
        with pytest.raises(REFUSALS) as refused:
            _run(connection, ("BEGIN", *statements, "COMMIT"))
        connection.rollback()
    assert dump(book) == before
    return str(refused.value)


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(statement)


@pytest.mark.parametrize("table", [table.name for table in t.SEALED_TABLES])
@pytest.mark.parametrize("pragmas", [True, False])
def test_no_row_is_updated_deleted_or_replaced(full: Book, table: str, pragmas: bool) -> None:
    first = next(iter(t.METADATA.tables[table].c)).name
    said = f"settle: {table} is append-only"
    assert said in _attack(full, (f"UPDATE {table} SET {first} = {first}",), pragmas=pragmas)
    assert said in _attack(full, (f"DELETE FROM {table}",), pragmas=pragmas)
    key = ", ".join(column.name for column in t.METADATA.tables[table].primary_key)
    replaced = f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({key}) DO UPDATE SET {first} = 'x'"
    assert "settle: " in _attack(full, (replaced,), pragmas=pragmas)
    if full.store.path is None:
        assert said in _attack(full, (f"TRUNCATE {table} CASCADE",)) or table in ("book", "operation")
    else:
        replaced = _attack(full, (f"REPLACE INTO {table} SELECT * FROM {table}",), pragmas=pragmas)
        assert replaced.startswith("settle: ")


@pytest.mark.parametrize(
    ("statements", "said"), [attack[1:] for attack in ATTACKS], ids=[a[0] for a in ATTACKS]
)
def test_raw_sql_is_refused(full: Book, statements: tuple[str, ...], said: str) -> None:
    assert re.search(said, _attack(full, statements), re.IGNORECASE)


def test_there_are_attacks_enough_and_none_stands_twice() -> None:
    assert len({statements for _, statements, _ in ATTACKS}) == len(ATTACKS) >= 85


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_only_a_letter_from_an_attack_is_accepted(shelf: Shelf, full: Book, name: str) -> None:
    with shelf.copy(full) as book, closing(burgled(book)) as connection:
        _run(connection, ("BEGIN", *ACCEPTED[name], "COMMIT"))


def test_a_person_may_be_changed_and_erased_and_nothing_else_moves(shelf: Shelf, full: Book) -> None:
    with shelf.copy(full) as book:
        with book.reading() as reader:
            before = replay(reader)
        with closing(burgled(book)) as connection:
            _run(connection, ("UPDATE person SET nick = NULL", "DELETE FROM person"))
        with book.reading() as reader:
            assert replay(reader) == before
            assert before.first_difference is None


def test_a_whole_entry_by_hand_is_accepted_so_the_attacks_fail_for_their_own_reason(
    shelf: Shelf, full: Book
) -> None:
    with shelf.copy(full) as book, closing(burgled(book)) as connection:
        _run(connection, ("BEGIN", ENTRY, LINES, SEAL, "COMMIT"))
        assert connection.execute("SELECT MAX(seq) FROM entry_seal").fetchone() == (5,)


SHADOW = "CREATE TEMP TABLE {0} (LIKE {0})"
BY_SERVER = [
    (
        "a closed month behind a temporary table of the same name",
        (
            SHADOW.format("period_event"),
            ENTRY.replace("effective_on, period, 5", "'2026-09-30', '2026-09', 1"),
            LINES,
            SEAL,
        ),
        "period is closed",
    ),
    (
        "a snapshot from before",
        ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", ENTRY, LINES, SEAL),
        "reads what is committed",
    ),
    (
        "a serializable snapshot",
        ("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", ENTRY, LINES, SEAL),
        "reads what is committed",
    ),
    (
        "unbalanced lines in one statement with their seal",
        (ENTRY, f"WITH sealed AS ({SEAL} RETURNING 1) {LINES.replace('-9', '-8')}"),
        "does not balance",
    ),
    (
        "lines in one statement behind their seal",
        (ENTRY, f"WITH lines AS ({LINES} RETURNING 1) {SEAL}"),
        "after the seal",
    ),
    ("constraints put off until later", ("SET CONSTRAINTS ALL DEFERRED", ENTRY, LINES), "foreign key"),
]


@pytest.mark.parametrize(
    ("statements", "said"), [attack[1:] for attack in BY_SERVER], ids=[a[0] for a in BY_SERVER]
)
def test_what_only_a_server_can_be_asked_is_refused_too(
    postgres_full: Book, statements: tuple[str, ...], said: str
) -> None:
    assert re.search(said, _attack(postgres_full, statements), re.IGNORECASE)


@pytest.fixture(scope="module")
def postgres_full(postgres_shelf: Shelf) -> Iterator[Book]:
    with postgres_shelf.empty() as book:
        fill(book)
        yield book


def test_every_table_has_its_guards_in_both_dialects() -> None:
    tables = {table.name for table in t.SEALED_TABLES}
    assert set(INSERTS) == tables == set(t.METADATA.tables) - {"person"}
    sqlite = {(guard.table, guard.name.rsplit("_", 1)[1]) for guard in guards_sqlite.guards()}
    assert sqlite == {(table, event) for table in tables for event in ("insert", "update", "delete")}
    server = {(guard.table, guard.name.rsplit("_", 1)[1]) for guard in guards_postgresql.guards()}
    assert server == sqlite | {(table, "truncate") for table in tables} | {("entry_seal", "inserted")}


def test_no_refusal_breaks_its_quotation() -> None:
    messages = [refusal.message for refusals in INSERTS.values() for refusal in refusals]
    assert all(re.fullmatch(r"[a-z_ ,-]+", message) for message in messages)


def test_what_a_server_asks_of_sealed_entries_comes_last_and_names_no_row() -> None:
    asked = [(table, refusal.of_entry) for table, refusals in INSERTS.items() for refusal in refusals]
    assert {table for table, of_entry in asked if of_entry} == {"entry_seal"}
    assert not any("NEW" in of_entry for _, of_entry in asked)
    of_seals = [bool(of_entry) for table, of_entry in asked if table == "entry_seal"]
    assert of_seals == sorted(of_seals)
