"""Rounds of killing a PostgreSQL server, its backends and its writers, run as a program of one thread.

`python -m tests.faults.server_kills ROUNDS WRITERS SEED` starts a server of its own, which syncs as one in use
does, and answers one line of JSON, as `kill_rounds` does for files.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from ledger.engine import create_book
from tests.faults.kill_rounds import Rounds, kill_within, start
from tests.ledger.postgres import Server, run, started, stop
from tests.ledger.samples import NOW

_LIFE_MAX_SECONDS = 0.3
_SETTINGS = (
    "listen_addresses=",
    "max_connections=80",
    "fsync=on",
    "full_page_writes=on",
    "recovery_init_sync_method=syncfs",
)


def main(rounds: int, writers: int, seed: int) -> None:
    """Run the rounds and print what came of them."""
    server = begun()
    try:
        said = _rounds(server, rounds, writers, random.Random(seed))
    finally:
        stop(server)
    sys.stdout.write(json.dumps(said) + "\n")


def _rounds(server: Server, rounds: int, writers: int, dice: random.Random) -> dict[str, object]:
    url = server.url(server.make())
    create_book(url, actor="wang", now=NOW).leave()
    # A server in use has long written what it was made of; this one would first do so after the first kill.
    with server.connect() as hand:
        hand.execute("CHECKPOINT")
    done, entries = Rounds(url=url), 0
    for number in range(rounds):
        children = [start(url, f"{number}-{writer}") for writer in range(writers)]
        select.select([child.pipe for child in children], [], [], 30)
        select.select([], [], [], dice.uniform(0, _LIFE_MAX_SECONDS))
        killed(server)
        done.acknowledged.update(kill_within(children, 0, 0))
        began = time.monotonic()
        recovered(server)
        entries = done.check(since=began)
    return done.said(rounds, entries)


def begun() -> Server:
    """A new server that syncs as one in use does."""
    server = started()
    run(server, "pg_ctl", "-m", "fast", "-w", "stop")
    recovered(server)
    return server


def recovered(server: Server, *, wait: bool = True) -> None:
    """Start a server that was killed or stopped; whoever does not wait finds it recovering."""
    settings = " ".join(f"-c {each}" for each in (*_SETTINGS, f"unix_socket_directories={server.folder}"))
    run(server, "pg_ctl", "-w" if wait else "-W", "-l", str(server.folder / "log"), "-o", settings, "start")


def killed(server: Server) -> None:
    """Kill the postmaster and every process it started, and clear the locks that it could not."""
    postmaster = _postmaster(server)
    # One that is stopped starts no other process while those that it has are listed.
    os.kill(postmaster, signal.SIGSTOP)
    doomed = [postmaster, *_children(postmaster)]
    for pid in doomed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    while any(_is_alive(pid) for pid in doomed):
        select.select([], [], [], 0.01)
    # Where nobody buries orphans a dead postmaster keeps its number, and the next would believe it alive.
    for left in (*server.folder.glob(".s.PGSQL.*"), server.folder / "data" / "postmaster.pid"):
        left.unlink(missing_ok=True)


def _postmaster(server: Server) -> int:
    """The number of the server's first process; one that is only starting is waited for."""
    file = server.folder / "data" / "postmaster.pid"
    while not file.exists() or not file.read_text():
        select.select([], [], [], 0.01)
    return int(file.read_text().splitlines()[0])


def _children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in listed.split()]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
