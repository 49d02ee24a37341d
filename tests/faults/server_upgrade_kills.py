"""Rounds of killing the upgrade of a book on a PostgreSQL server, run as a program of one thread.

`python -m tests.faults.server_upgrade_kills ROUNDS SEED` starts a server of its own and answers one line of JSON. In
each round an older book is brought up to date by a child, and at some moment the child is killed, or the server with
all its processes, and then once more while it recovers. The book must be as before or done, never between.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ledger import schema
from ledger.engine import bring_up_to_date
from ledger.verify import verify
from tests.faults.server_kills import begun, killed, recovered
from tests.ledger.old_books import NEW, OLD, fill, guards, opened, read
from tests.ledger.postgres import Server, stop

_POSTED = 97
_SERVERS_SHARE = 1 / 4
_RECOVERING_SECONDS = 0.15


def main(rounds: int, seed: int) -> None:
    """Run the rounds and print what came of them."""
    dice, wrong, left, kills = random.Random(seed), list[str](), list[str](), 0
    server = begun()
    try:
        template = server.make()
        fill(server.url(template), _POSTED)
        before, standing = read(server.url(template)), guards(server.url(template))
        seconds = _seconds(server, template)
        for _ in range(rounds):
            with _clone(server, template) as url:
                kills += _strike(server, url, dice, seconds)
                left.append(_left(url, standing))
                wrong += _faults(url, before, left[-1])
    finally:
        stop(server)
    states = {state: left.count(state) for state in sorted(set(left))}
    said = {"rounds": rounds, "kills": kills, "wrong": wrong, "left": states}
    sys.stdout.write(json.dumps(said) + "\n")


@contextmanager
def _clone(server: Server, template: str) -> Iterator[str]:
    database = server.make(template)
    yield server.url(database)
    server.drop(database)


def _seconds(server: Server, template: str) -> float:
    """How long an upgrade takes that nobody kills."""
    with _clone(server, template) as url:
        began = time.monotonic()
        bring_up_to_date(url)
        return time.monotonic() - began


def _strike(server: Server, url: str, dice: random.Random, seconds: float) -> int:
    """Kill an upgrade, or the server below it and then the server once more; answers how many kills it were."""
    child = _upgrading(url)
    select.select([], [], [], dice.uniform(0, seconds))
    on_server = dice.random() < _SERVERS_SHARE
    if on_server:
        killed(server)
        recovered(server, wait=False)
        select.select([], [], [], dice.uniform(0, _RECOVERING_SECONDS))
        killed(server)
        recovered(server)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 2 if on_server else 1


def _upgrading(url: str) -> int:
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(writing, b"begun")
            bring_up_to_date(url)
        finally:
            os._exit(0)
    os.read(reading, 5)
    os.close(reading)
    os.close(writing)
    return pid


def _left(url: str, standing: dict[str, str]) -> str:
    """Whether the tables are as before, done, or something between."""
    with opened(url) as store, store.reading() as connection:
        revision = schema.revision(connection)
        differences = schema.differences(connection) if revision == NEW else ()
    if revision == NEW:
        return "between" if differences else "new"
    return "old" if revision == OLD and guards(url) == standing else "between"


def _faults(url: str, before: object, left: str) -> list[str]:
    """What is not as it must be, after the kill and after the work is done without one."""
    found = [
        ("the tables are of neither revision", left != "between"),
        ("a row is gone", read(url) == before),
        ("the second run does not finish", bring_up_to_date(url) == (None if left == "new" else (OLD, NEW))),
        ("the third run does something", bring_up_to_date(url) is None),
        ("a row is gone after the second run", read(url) == before),
        ("the book does not verify", verify(url).findings == ()),
    ]
    return [what for what, is_so in found if not is_so]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
