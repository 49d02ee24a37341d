"""Rounds of killing a writer, and then whoever comes to open what it left, run as a program of one thread.

`python -m tests.faults.reopening_kills URL ROUNDS SEED`, with `killer.c` preloaded, answers one line of JSON. In each
round a writer dies within a small turn or a large one, half of which is in the file already; then two to four
others, who open the book for reading or to post, die one after another, most of them while they undo what the
first left. Then the book is opened, verified, and every acknowledged entry looked for.
"""

import json
import random
import sys
from pathlib import Path

import sqlalchemy as sa

from ledger.engine import open_book
from ledger.recordings import KeyedEntry
from tests.faults.children import Ended, doomed, say
from tests.faults.kill_rounds import Rounds
from tests.ledger.samples import NOW, a_recording, an_entry

_LARGE = 200
# A small turn makes some 80 requests to the disk, a large one 1,100; undoing what a large one left makes a dozen.
_SMALL_REQUESTS, _LARGE_REQUESTS, _REOPENING_REQUESTS = 160, 1100, (10, 10, 10, 160)
_OPENED = "opened"


def main(url: str, rounds: int, seed: int) -> None:
    """Run the rounds and print what came of them."""
    dice, done = random.Random(seed), Rounds(url=url)
    kills = undoing = 0
    for number in range(rounds):
        ended = _die_writing(url, str(number), dice)
        kills += ended.killed
        _note(done, ended)
        for again in range(dice.randint(2, 4)):
            ended, hot = _die_opening(url, f"{number}-{again}", dice), _is_hot(url)
            kills += ended.killed
            undoing += ended.killed and hot and _OPENED not in ended.lines
            _note(done, ended)
        entries = done.check()
    said = done.said(rounds, entries) | {"kills": kills, "undoing": undoing}
    sys.stdout.write(json.dumps(said) + "\n")


def _die_writing(url: str, name: str, dice: random.Random) -> Ended:
    if dice.random() < 1 / 3:
        return doomed(lambda pipe: _post(url, name, pipe), dice.randrange(_SMALL_REQUESTS))
    return doomed(lambda pipe: _post_many(url, name, pipe), dice.randrange(_LARGE_REQUESTS))


def _die_opening(url: str, name: str, dice: random.Random) -> Ended:
    after = dice.randrange(dice.choice(_REOPENING_REQUESTS))
    if dice.random() < 1 / 2:
        return doomed(lambda pipe: _look(url, pipe), after)
    return doomed(lambda pipe: _post(url, name, pipe), after)


def _post(url: str, name: str, pipe: int) -> None:
    with open_book(url) as book:
        say(pipe, _OPENED)
        for number in range(100):
            key = f"{name}-{number}"
            with book.writing(actor="child", now=NOW) as desk:
                desk.post(an_entry(number + 1), key=key)
                posted = desk.record(a_recording(key, subject=key))
            say(pipe, f"{posted.seq} {posted.hash}")


def _post_many(url: str, name: str, pipe: int) -> None:
    with open_book(url) as book:
        say(pipe, _OPENED)
        with book.writing(actor="child", now=NOW) as desk:
            # What does not fit into so small a memory goes into the file before the turn ends.
            desk.reader.connection.exec_driver_sql("PRAGMA cache_size = 5")
            entries = (KeyedEntry(entry=an_entry(n + 1), key=f"{n % 7}-{name}-{n}") for n in range(_LARGE))
            posted = list(desk.post_many(entries))[-1]
        say(pipe, f"{posted.seq} {posted.hash}")


def _look(url: str, pipe: int) -> None:
    with open_book(url, read_only=True):
        say(pipe, _OPENED)


def _note(done: Rounds, ended: Ended) -> None:
    for line in ended.lines:
        if line != _OPENED:
            seq, said = line.split()
            done.acknowledged[int(seq)] = said


def _is_hot(url: str) -> bool:
    """Whether there is something to undo."""
    journal = Path(f"{sa.make_url(url).database}-journal")
    return journal.exists() and journal.stat().st_size > 0


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
