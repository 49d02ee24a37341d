"""Rounds of killing writers, run as a program of one thread so that it may fork.

`python -m tests.faults.kill_rounds URL ROUNDS WRITERS SEED` answers one line of JSON. In each round WRITERS
children open the book and post; each writes the number and hash of an entry into a pipe after it was
committed. They are killed within 60 ms of the first, wherever they are; then the book is opened, verified, and every
acknowledged entry looked for.
"""

import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field

from ledger import queries
from ledger.engine import open_book
from ledger.verify import verify
from tests.ledger.samples import NOW, a_recording, an_entry

_LIFE_MAX_SECONDS = 0.06
_PATIENCE_SECONDS = 30
# One round in so many does not wait for a first entry, so that some die while they open the book.
_IMPATIENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One writer and the end of its pipe that is read."""

    pid: int
    pipe: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """What the rounds so far acknowledged, by number, and what of it is gone or wrong."""

    url: str
    acknowledged: dict[int, str] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)

    def check(self, since: float | None = None) -> int:
        """Look at the book after a kill; answers how many entries it has.

        How long it took until the book could be written again is kept; `since` is when that began, if not now.
        """
        began = time.monotonic() if since is None else since
        open_book(self.url).leave()
        self.restarts.append(time.monotonic() - began)
        found = verify(self.url)
        self.wrong.extend(finding.what for finding in found.findings)
        if found.entries % 2:
            self.wrong.append(f"{found.entries} entries: half a turn was written")
        with open_book(self.url, read_only=True) as book, book.reading() as reader:
            hashes = {
                seq: queries.entry(reader, seq).hash for seq in self.acknowledged if seq <= found.entries
            }
        self.lost.extend(seq for seq, said in self.acknowledged.items() if hashes.get(seq) != said)
        return found.entries

    def said(self, rounds: int, entries: int) -> dict[str, object]:
        """What the rounds came to, as their program answers it."""
        return {
            "rounds": rounds,
            "acknowledged": len(self.acknowledged),
            "entries": entries,
            "lost": self.lost,
            "wrong": self.wrong,
            "restart": max(self.restarts),
        }


def main(url: str, rounds: int, writers: int, seed: int) -> None:
    """Run the rounds and print what came of them."""
    dice, done = random.Random(seed), Rounds(url=url)
    entries = 0
    for number in range(rounds):
        children = [start(url, f"{number}-{writer}") for writer in range(writers)]
        patience = 0 if number % _IMPATIENT == _IMPATIENT - 1 else _PATIENCE_SECONDS
        heard = kill_within(children, patience, dice.uniform(0, _LIFE_MAX_SECONDS))
        done.acknowledged.update(heard)
        entries = done.check()
    said = done.said(rounds, entries) | {"waited": rounds - rounds // _IMPATIENT}
    sys.stdout.write(json.dumps(said) + "\n")


def start(url: str, name: str) -> Child:
    """A child that posts until it is killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid=pid, pipe=reading)
    try:
        os.close(reading)
        _post(url, name, writing)
    finally:
        os._exit(1)


def _post(url: str, name: str, pipe: int) -> None:
    with open_book(url) as book:
        for number in range(100_000):
            key = f"{name}-{number}"
            with book.writing(actor="child", now=NOW) as desk:
                desk.post(an_entry(number + 1), key=key)
                posted = desk.record(a_recording(key, subject=key))
            os.write(pipe, f"{posted.seq} {posted.hash}\n".encode())


def kill_within(children: list[Child], patience: float, seconds: float) -> dict[int, str]:
    """Kill the children a while after one of them began, or after `patience`; answers what they acknowledged."""
    select.select([child.pipe for child in children], [], [], patience)
    select.select([], [], [], seconds)
    for child in children:
        os.kill(child.pid, signal.SIGKILL)
    return {seq: said for child in children for seq, said in _acknowledged(child)}


def _acknowledged(child: Child) -> list[tuple[int, str]]:
    with os.fdopen(child.pipe, "rb") as pipe:
        lines = pipe.read().decode().splitlines(keepends=True)
    os.waitpid(child.pid, 0)
    pairs = [line.split() for line in lines if line.endswith("\n")]
    return [(int(seq), said) for seq, said in pairs]


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
