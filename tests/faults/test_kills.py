"""Killed writers: an entry that was acknowledged is there, one that was not is there whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from tests.faults.programs import answer_of
from tests.faults.tally import Tally
from tests.ledger.postgres import found
from tests.ledger.samples import NOW, an_entry, post
from tests.needs import missing

_ROUNDS_A_BOOK = 50


@pytest.mark.parametrize(("name", "writers"), [("kill", 1), ("kill 4 writers", 4)])
def test_no_acknowledged_entry_is_lost_when_writers_are_killed(
    tmp_path: Path, tally: Callable[[str], Tally], name: str, writers: int
) -> None:
    group = tally(name)
    rounds = waited = acknowledged = lost = wrong = 0
    while rounds < group.target:
        url = sqlite_url(tmp_path / f"{rounds}.db")
        create_book(url, actor="wang", now=NOW).leave()
        some = min(_ROUNDS_A_BOOK, group.target - rounds)
        said = answer_of("tests.faults.kill_rounds", url, some, writers, group.dice.randrange(2**32))
        rounds, waited = rounds + said["rounds"], waited + said["waited"]
        acknowledged += said["acknowledged"]
        lost, wrong = lost + len(said["lost"]), wrong + len(said["wrong"])
        with open_book(url) as book:
            assert post(book, an_entry(), "afterwards") == said["entries"] + 1
    # A slow machine is killed after its first entry, a quick one after many; how many is a matter of time.
    assert acknowledged >= waited > 0
    group.closes(rounds, lost=lost, wrong=wrong)


def test_no_acknowledged_entry_is_lost_when_a_server_is_killed(tally: Callable[[str], Tally]) -> None:
    if found() is None:
        missing("a PostgreSQL server (initdb and pg_ctl)")
    group = tally("kill PostgreSQL")
    said = answer_of("tests.faults.server_kills", group.target, 4, group.dice.randrange(2**32))
    assert said["acknowledged"] >= group.target
    group.closes(said["rounds"], lost=len(said["lost"]), wrong=len(said["wrong"]))
