"""Storage: what a server's own pages, keys and indexes say, and that it is told how closely they were looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger.book import Book
from ledger.engine import create_book
from ledger.storage import how_checked, key_faults, storage_faults
from ledger.verify import verify
from tests.ledger.postgres import Server, found, run, started, stop
from tests.ledger.samples import NOW, an_entry, burgled, dump, post, tamper, url_of

SETTINGS = "-c listen_addresses= -c unix_socket_directories={}"


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


@pytest.fixture
def with_checksums() -> Iterator[Server]:
    """A server of its own, whose pages bear checksums."""
    server = started()
    if not ((found() or Path()) / "pg_checksums").exists():
        stop(server)
        pytest.skip("this server has no pg_checksums")
    run(server, "pg_ctl", "-m", "fast", "stop")
    run(server, "pg_checksums", "--enable")
    _start(server)
    yield server
    stop(server)


def _start(server: Server) -> None:
    run(
        server,
        "pg_ctl",
        "-w",
        "-l",
        str(server.folder / "log"),
        "-o",
        SETTINGS.format(server.folder),
        "start",
    )


def _flipped(server: Server, file: str, byte: int) -> None:
    """Stop the server, turn one bit of a table's file, and start it again."""
    run(server, "pg_ctl", "-m", "fast", "stop")
    path = server.folder / "data" / file
    content = bytearray(path.read_bytes())
    content[byte] ^= 0x10
    path.write_bytes(content)
    _start(server)


def test_a_flipped_bit_in_a_page_is_a_finding_on_a_server_with_checksums(with_checksums: Server) -> None:
    server = with_checksums
    url = server.url(server.make())
    with create_book(url, actor="wang", now=NOW) as book:
        for number in range(20):
            post(book, an_entry(number + 1), str(number))
        hand = burgled(book)
        file = hand.execute(
            "SELECT pg_relation_filepath('statement_line'), pg_relation_filepath('posting')"
        ).fetchone()
        hand.close()
    assert "page checksums on" in verify(url).storage
    assert verify(url).findings == ()
    for byte in (8191, 4500, 6000):
        _flipped(server, file[1], byte)
        checks = {finding.check for finding in verify(url).findings}
        assert "storage" in checks, byte
        _flipped(server, file[1], byte)
        assert verify(url).findings == ()


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
