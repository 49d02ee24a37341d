"""Power loss: whatever the disk had not yet been told to keep may be gone, and no acknowledged entry is."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.anchors import Anchor
from ledger.canonical import GENESIS
from ledger.connections import sqlite_url
from ledger.verify import verify
from tests.faults.recording import MODES, Asked, Disk, recorded
from tests.faults.tally import SIZE, TARGETS, Tally


@pytest.fixture(scope="module")
def log(full_book: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """What a process asked of the disk while it posted to a copy of the full book."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "book").mkdir()
    book = folder / "book" / "book.db"
    shutil.copy(full_book, book)
    return recorded(book, TARGETS["syncs"][SIZE], folder)


def test_a_commit_is_synced_before_it_is_acknowledged(
    log: list[Asked], full_book: Path, tally: Callable[[str], Tally]
) -> None:
    group, disk = tally("syncs"), _disk(full_book)
    unsynced = written = 0
    for asked in log:
        acknowledged, syncs = len(disk.acknowledged), disk.syncs
        disk.ask(asked)
        if len(disk.acknowledged) > acknowledged:
            unsynced += bool(disk.dirty()) or syncs == 0
            written, disk.syncs = written + 1, 0
    group.closes(written, lost=unsynced, wrong=0)


def test_no_acknowledged_entry_is_lost_with_the_power(
    log: list[Asked], full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group = tally("power loss")
    lost = wrong = states = 0
    for disk, mode in _cuts(log, _disk(full_book), group.target, group.dice):
        _lay_out(tmp_path, disk.after_power_loss(mode, group.dice))
        gone, found = _checked(tmp_path / "book.db", disk.acknowledged)
        lost, wrong, states = lost + gone, wrong + found, states + 1
    group.closes(states, lost=lost, wrong=wrong)


def test_a_disk_that_was_never_told_to_sync_would_lose_entries(
    log: list[Asked], full_book: Path, tmp_path: Path
) -> None:
    """The same states of the same log with every sync left out, so that the test above is known to see."""
    dice, unsynced = random.Random(1), [one for one in log if one.what != "sync"]
    found = 0
    for disk, mode in _cuts(unsynced, _disk(full_book), 20, dice):
        _lay_out(tmp_path, disk.after_power_loss(mode, dice))
        found += any(_checked(tmp_path / "book.db", disk.acknowledged))
    assert found > 5


def test_sectors_and_halves_of_a_write_are_what_they_say() -> None:
    disk = Disk({"book.db": b"-" * 2048})
    asked = Asked(what="write", name="book.db", at=0, length=2048, content=b"x" * 2048)
    disk.ask(asked)
    disk.ask(replace(asked, at=2048))
    dice = random.Random(1)
    assert disk.after_power_loss("none", dice) == {"book.db": b"-" * 2048}
    assert disk.after_power_loss("half", dice) == {"book.db": b"x" * 2048}
    assert disk.after_power_loss("all", dice) == {"book.db": b"x" * 4096}
    torn = disk.after_power_loss("torn", dice)["book.db"]
    assert {bytes(torn[at : at + 512]) for at in range(0, 2048, 512)} == {b"x" * 512, b"-" * 512}


def _disk(full_book: Path) -> Disk:
    return Disk({"book.db": full_book.read_bytes()})


def _cuts(log: list[Asked], disk: Disk, count: int, dice: random.Random) -> Iterator[tuple[Disk, str]]:
    """The disk at that many moments in the order of time, each with what becomes of unsynced writes."""
    moments = sorted(dice.randrange(1, len(log) + 1) for _ in range(count))
    done = 0
    for number, moment in enumerate(moments):
        for asked in log[done:moment]:
            disk.ask(asked)
        done = moment
        yield disk, MODES[number % len(MODES)]


def _lay_out(folder: Path, files: dict[str, bytes]) -> None:
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _checked(path: Path, acknowledged: list[tuple[int, str]]) -> tuple[int, int]:
    """Whether the last acknowledged entry is gone, and whether anything else is wrong with the file."""
    found = verify(sqlite_url(path), anchors=[_promise(*one) for one in acknowledged[-1:]])
    checks = {finding.check for finding in found.findings}
    return int("anchor" in checks), int(bool(checks - {"anchor"}))


def _promise(seq: int, said: str) -> Anchor:
    """What an acknowledgement promises: that entry, with that hash."""
    return Anchor(
        book="main",
        entries=seq,
        hash=said,
        operations=0,
        operation_hash=GENESIS,
        schema="",
        at="acknowledged",
    )
