"""Upgrades: an older book goes up, down and up again, and no row, hash, figure or guard is lost on the way."""

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ledger import schema
from ledger.connections import sqlite_url
from ledger.engine import bring_up_to_date, create_book, open_book
from ledger.errors import GuardBroken, NotApproved, SchemaMismatch, StorageFailed
from ledger.moving import move
from ledger.reports import ChainHead
from ledger.verify import verify
from tests.ledger.old_books import NEW, OLD, fill, opened, read
from tests.ledger.old_books import guards as guards_of
from tests.ledger.postgres import Server
from tests.ledger.released import FIRST, lay_out
from tests.ledger.samples import (
    DAY,
    NOW,
    StatementFailed,
    ask,
    burgled,
    failing,
    grant,
    reopen,
    to_be_approved,
)

SEED, ROUNDS = 20261012, 12
ROOT = Path(__file__).parent.parent.parent
CHILD = """
import sys
from ledger.engine import bring_up_to_date
import alembic.command, alembic.config
print("ready", flush=True)
print(bring_up_to_date(sys.argv[1]), flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the tables of revision 0001 and a book of 1,000 entries in it."""
    if request.param == "sqlite":
        path = tmp_path / "old.db"
        path.touch()
        fill(sqlite_url(path))
        yield sqlite_url(path)
        return
    server: Server = request.getfixturevalue("server")
    database = server.make()
    fill(server.url(database))
    yield server.url(database)
    server.drop(database)


def _down(url: str) -> None:
    with opened(url) as store, store.upgrading() as connection:
        schema.downgrade(connection, OLD)


def test_1000_entries_go_up_down_and_up_with_their_head(old_url: str) -> None:
    before, guards = read(old_url), guards_of(old_url)
    assert isinstance(before[0], ChainHead)
    assert before[0].seq == 1000
    for _ in range(2):
        assert bring_up_to_date(old_url) == (OLD, NEW)
        assert read(old_url) == before
        found = verify(old_url)
        assert (found.findings, found.head, found.entries) == ((), before[0], 1000)
        after = guards_of(old_url)
        _down(old_url)
        assert (read(old_url), guards_of(old_url)) == (before, guards)
    bring_up_to_date(old_url)
    assert guards_of(old_url) == after


def test_an_upgraded_database_has_the_tables_and_guards_of_a_new_one(old_url: str, tmp_path: Path) -> None:
    bring_up_to_date(old_url)
    with opened(old_url) as store, store.reading() as connection:
        assert schema.differences(connection) == ()


def test_an_upgrade_that_fails_at_any_statement_leaves_the_old_book(old_url: str) -> None:
    before, guards = read(old_url), guards_of(old_url)
    statements = 0
    while not _fails_at(old_url, statements):
        assert (read(old_url), guards_of(old_url)) == (before, guards), f"after {statements} statements"
        statements += 1
    assert statements > 20
    assert verify(old_url).findings == ()


def _fails_at(url: str, number: int) -> bool:
    """Upgrade, with the statement of that number failing; answers whether there was none of that number."""
    seen = count()
    with opened(url) as store:
        try:
            with store.upgrading() as connection, failing(connection, lambda _: next(seen) >= number):
                schema.upgrade(connection)
        except StatementFailed:
            return False
    return True


def test_a_killed_upgrade_leaves_the_old_book_or_the_new_one(old_url: str) -> None:
    dice, before, guards = random.Random(SEED), read(old_url), guards_of(old_url)
    came = set()
    for _ in range(ROUNDS):
        _kill_an_upgrade(old_url, dice.uniform(0, 0.3))
        with opened(old_url) as store, store.reading() as connection:
            revision = schema.revision(connection)
        came.add(revision)
        assert read(old_url) == before
        if revision == NEW:
            assert verify(old_url).findings == ()
            _down(old_url)
        assert guards_of(old_url) == guards
    assert came <= {OLD, NEW}


def _kill_an_upgrade(url: str, seconds: float) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    select.select([child.stdout], [], [], seconds)
    child.send_signal(signal.SIGKILL)
    child.communicate()


def test_what_was_approved_before_there_were_grants_stays_valid(tmp_path: Path, server: Server) -> None:
    url = sqlite_url(lay_out(FIRST, tmp_path / "old.db"))
    with pytest.raises(SchemaMismatch, match="settle init"):
        open_book(url)
    bring_up_to_date(url)
    found = verify(url)
    assert (found.findings, found.settlements) == ((), 3)
    for to in (sqlite_url(tmp_path / "new.db"), server.url(server.make())):
        assert move(url, to) == found.head
        assert verify(to).findings == ()
        with open_book(to) as book:
            _asks_for_grants(book)
            assert verify(to).findings == ()


def _asks_for_grants(book: Any) -> None:
    """From now on what needs a second person needs a grant, in a book that was moved too."""
    claim = to_be_approved("C9", subject="O9", on=DAY.replace(month=11))
    with pytest.raises(NotApproved), book.writing(actor="li", now=NOW) as desk:
        desk.record(claim)
    with closing(burgled(book)) as connection, pytest.raises(Exception, match="was not granted"):
        connection.execute(
            "INSERT INTO period_event SELECT book, period, 4, 'reopen', entries, debit_fen, credit_fen,"
            " figures_json, 'x', 99 FROM period_event WHERE version = 3"
        )
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_approval(ask("C9"))
        desk.ask_reopening("2026-10", "漏记")
    with book.writing(actor="li", now=NOW) as desk:
        desk.store_approval(grant("C9"))
        desk.record(claim)
        reopen(desk, "2026-10")


NEW_ROWS = {
    "1 approvals, 1 operations": lambda desk: desk.store_approval(ask("C9")),
    "1 people": lambda desk: desk.reader.connection.exec_driver_sql(
        "INSERT INTO person VALUES ('main', 'k', 's', NULL, NULL, '2026')"
    ),
}


@pytest.mark.parametrize("said", NEW_ROWS)
def test_what_the_old_tables_have_no_place_for_is_not_taken_away(old_url: str, said: str) -> None:
    bring_up_to_date(old_url)
    with open_book(old_url) as book, book.writing(actor="wang", now=NOW) as desk:
        NEW_ROWS[said](desk)
    before, guards = read(old_url), guards_of(old_url)
    with pytest.raises(SchemaMismatch, match=f"holds {said}, for which revision 0001 has no place"):
        _down(old_url)
    assert (read(old_url), guards_of(old_url)) == (before, guards)
    assert verify(old_url).findings == ()


def test_there_is_nothing_to_bring_up_where_nothing_is_older(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    assert bring_up_to_date(sqlite_url(path)) is None
    assert not path.exists()
    path.touch()
    assert bring_up_to_date(sqlite_url(path)) is None
    create_book(sqlite_url(path), actor="wang", now=NOW).leave()
    assert bring_up_to_date(sqlite_url(path)) is None


def test_an_old_book_whose_guards_were_altered_is_not_brought_up(tmp_path: Path) -> None:
    url = sqlite_url(lay_out(FIRST, tmp_path / "old.db"))
    with opened(url) as store, store.upgrading() as connection:
        connection.exec_driver_sql("DROP TRIGGER posting_update")
    with pytest.raises(GuardBroken, match="posting_update is missing"):
        bring_up_to_date(url)
    with opened(url) as store, store.reading() as connection:
        assert schema.revision(connection) == OLD


def test_an_old_book_with_a_row_that_refers_to_none_is_not_brought_up(tmp_path: Path) -> None:
    url = sqlite_url(lay_out(FIRST, tmp_path / "old.db"))
    stray = "INSERT INTO posting VALUES ('main', 99, 1, '1002', 'CNY', 5, '')"
    with (
        opened(url) as store,
        pytest.raises(StorageFailed, match="names a row"),
        store.upgrading() as connection,
    ):
        connection.exec_driver_sql(stray)
    with opened(url) as store, store.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM posting WHERE seq = 99").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
