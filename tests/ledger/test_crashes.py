"""Crashes: a writer killed at any moment loses no entry that it had acknowledged."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from ledger import queries
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.replay import replay
from tests.ledger.samples import an_entry, path_of, post

ROUNDS, SEED = 10, 20261012
ROOT = Path(__file__).parent.parent.parent
CHILD = """
import sys
from ledger.engine import open_book
from tests.ledger.samples import NOW, a_recording, an_entry
url, round_no = sys.argv[1:]
with open_book(url) as book:
    for n in range(100_000):
        with book.writing(actor="child", now=NOW) as desk:
            posted = desk.post(an_entry(n + 1), key=f"{round_no}-{n}")
            desk.record(a_recording(f"{round_no}-{n}", subject=f"{round_no}-{n}"))
        print(posted.seq, flush=True)
"""


def test_no_acknowledged_entry_is_lost_when_the_writer_is_killed(sqlite_book: Book) -> None:
    dice, start = random.Random(SEED), time.monotonic()
    acknowledged: list[int] = []
    lost = wrong = 0
    for number in range(ROUNDS):
        acknowledged += _killed_writer(path_of(sqlite_book), number, dice.uniform(0.005, 0.08))
        with (
            open_book(sqlite_url(path_of(sqlite_book)), read_only=True) as opened,
            opened.reading() as reader,
        ):
            replayed = replay(reader)
            wrong += replayed.first_difference is not None or replayed.entries % 2
            lost += sum(seq > replayed.entries for seq in acknowledged)
    seconds = time.monotonic() - start
    print(f"faults {ROUNDS} lost {lost} wrong {wrong} seconds {seconds:.1f} seed {SEED}")  # noqa: T201
    assert (lost, wrong) == (0, 0)
    assert len(acknowledged) >= ROUNDS
    with sqlite_book.reading() as reader:
        head = queries.head(reader).seq
    assert post(sqlite_book, an_entry(), "afterwards") == head + 1


def _killed_writer(path: Path, number: int, after_seconds: float) -> list[int]:
    """What a child acknowledged before it was killed, some while after its first acknowledgement."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, sqlite_url(path), str(number)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    select.select([], [], [], after_seconds)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    lines = (first + rest).decode().splitlines(keepends=True)
    return [int(line) for line in lines if line.endswith("\n")]
