"""Damaged pages: a bit that is flipped in a server's file is a finding, where pages bear checksums."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.engine import create_book
from ledger.verify import verify
from tests.faults.tally import Tally
from tests.ledger.postgres import Server, run, started, stop
from tests.ledger.samples import NOW, an_entry, burgled, post

ENTRIES = 60
TABLES = ("posting", "journal_entry", "entry_seal", "operation", "account")
_SETTINGS = "-c listen_addresses= -c unix_socket_directories={}"


@pytest.fixture
def with_checksums() -> Iterator[Server]:
    """A server of its own, whose pages bear checksums."""
    server = started(checksums=True)
    yield server
    stop(server)


def test_a_flipped_bit_in_a_page_is_a_finding_on_a_server_with_checksums(
    with_checksums: Server, tally: Callable[[str], Tally]
) -> None:
    group, server = tally("page damage, PostgreSQL"), with_checksums
    url = server.url(server.make())
    files = _filled(server, url)
    assert "page checksums on" in verify(url).storage
    assert verify(url).findings == ()
    unseen = 0
    for _ in range(group.target):
        file = group.dice.choice(files)
        at, bit = group.dice.randrange(file.stat().st_size), 1 << group.dice.randrange(8)
        _restarted(server, lambda file=file, at=at, bit=bit: _flip(file, at, bit))
        unseen += "storage" not in {finding.check for finding in verify(url).findings}
        _restarted(server, lambda file=file, at=at, bit=bit: _flip(file, at, bit))
    assert verify(url).findings == ()
    group.closes(group.target, lost=0, wrong=unseen)


def _filled(server: Server, url: str) -> list[Path]:
    """The files of the tables of a book with some entries."""
    with create_book(url, actor="wang", now=NOW) as book:
        for number in range(ENTRIES):
            post(book, an_entry(number + 1), str(number))
        with burgled(book) as hand:
            hand.execute("CHECKPOINT")
            paths = [
                hand.execute("SELECT pg_relation_filepath(%s)", (table,)).fetchone()[0] for table in TABLES
            ]
    return [server.folder / "data" / path for path in paths]


def _restarted(server: Server, meanwhile: Callable[[], None]) -> None:
    """Stop the server, do something to its files, and start it again."""
    run(server, "pg_ctl", "-m", "fast", "stop")
    meanwhile()
    settings = _SETTINGS.format(server.folder)
    run(server, "pg_ctl", "-w", "-l", str(server.folder / "log"), "-o", settings, "start")


def _flip(file: Path, at: int, bit: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= bit
    file.write_bytes(content)
