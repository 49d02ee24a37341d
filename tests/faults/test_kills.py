"""Killed writers: an entry that was acknowledged is there, one that was not is there whole or not at all."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.connections import sqlite_url, wal_is_safe
from ledger.engine import create_book, open_book
from tests.faults.programs import answer_of, compiled
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
    restart = 0.0
    while rounds < group.target:
        url = sqlite_url(tmp_path / f"{rounds}.db")
        create_book(url, actor="wang", now=NOW).leave()
        some = min(_ROUNDS_A_BOOK, group.target - rounds)
        said = answer_of("tests.faults.kill_rounds", url, some, writers, group.dice.randrange(2**32))
        rounds, waited = rounds + said["rounds"], waited + said["waited"]
        acknowledged += said["acknowledged"]
        lost, wrong = lost + len(said["lost"]), wrong + len(said["wrong"])
        restart = max(restart, said["restart"])
        with open_book(url) as book:
            assert post(book, an_entry(), "afterwards") == said["entries"] + 1
    # A slow machine is killed after its first entry, a quick one after many; how many is a matter of time.
    assert acknowledged >= waited > 0
    group.closes(rounds, lost=lost, wrong=wrong, note=f"longest restart {restart:.2f} s")


def test_no_acknowledged_entry_is_lost_when_a_server_is_killed(tally: Callable[[str], Tally]) -> None:
    if found() is None:
        missing("a PostgreSQL server (initdb and pg_ctl)")
    group = tally("kill PostgreSQL")
    said = answer_of("tests.faults.server_kills", group.target, 4, group.dice.randrange(2**32))
    assert said["acknowledged"] >= group.target
    note = f"longest restart {said['restart']:.2f} s, the server's start included"
    group.closes(said["rounds"], lost=len(said["lost"]), wrong=len(said["wrong"]), note=note)


def test_no_acknowledged_entry_is_lost_when_whoever_reopens_is_killed_too(
    tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group, library = tally("kill while reopening"), str(compiled("killer.c", tmp_path))
    rounds = lost = wrong = kills = undoing = 0
    restart = 0.0
    while rounds < group.target:
        url = sqlite_url(tmp_path / f"{rounds}.db")
        create_book(url, actor="wang", now=NOW).leave()
        some = min(_ROUNDS_A_BOOK, group.target - rounds)
        said = answer_of(
            "tests.faults.reopening_kills", url, some, group.dice.randrange(2**32), LD_PRELOAD=library
        )
        rounds, kills, undoing = rounds + some, kills + said["kills"], undoing + said["undoing"]
        lost, wrong = lost + len(said["lost"]), wrong + len(said["wrong"])
        restart = max(restart, said["restart"])
    assert kills > 2 * rounds
    # Of a few rounds none may leave anything to undo, and none does where writes go to a log beside the file.
    assert undoing > rounds // 10 or rounds < _ROUNDS_A_BOOK or wal_is_safe(sqlite3.sqlite_version_info)
    note = f"{kills} kills, {undoing} of them while undoing, longest restart {restart:.2f} s"
    group.closes(rounds, lost=lost, wrong=wrong, note=note)


def test_a_killed_upgrade_or_creation_leaves_the_old_book_or_the_new_one(
    tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group, library = tally("kill an upgrade"), str(compiled("killer.c", tmp_path))
    said = answer_of(
        "tests.faults.upgrade_kills",
        tmp_path,
        group.target,
        group.dice.randrange(2**32),
        LD_PRELOAD=library,
    )
    assert said["kills"] >= said["rounds"]
    _close_upgrades(group, said)


def test_an_upgrade_killed_on_a_server_leaves_the_old_book_or_the_new_one(
    tally: Callable[[str], Tally],
) -> None:
    if found() is None:
        missing("a PostgreSQL server (initdb and pg_ctl)")
    group = tally("kill an upgrade, PostgreSQL")
    said = answer_of("tests.faults.server_upgrade_kills", group.target, group.dice.randrange(2**32))
    _close_upgrades(group, said)


def _close_upgrades(group: Tally, said: dict[str, Any]) -> None:
    assert said["wrong"] == []
    left = ", ".join(f"{count} {state}" for state, count in said["left"].items())
    group.closes(said["rounds"], lost=0, wrong=0, note=f"{said['kills']} kills, left {left}")
