"""Rounds of killing whoever makes a book or brings an older one up to date, run as a program of one thread.

`python -m tests.faults.upgrade_kills FOLDER ROUNDS SEED`, with `killer.c` preloaded, answers one line of JSON. In
each round a child dies at any of its requests to the disk, and up to two more who come after it die too, while
they look or try again. What is left must be as before or done, never between; then the work is done without a
kill, and once more, when there is nothing left to do.
"""

import json
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ledger import schema
from ledger.connections import sqlite_url
from ledger.engine import bring_up_to_date, create_book, open_book
from ledger.errors import BookExists, NoBook, SchemaMismatch
from ledger.verify import verify
from tests.faults.children import doomed, requests_of
from tests.ledger.old_books import NEW, OLD, fill, guards, opened, read
from tests.ledger.samples import NOW

_POSTED = 97
_LOOKING_REQUESTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """One folder, in which a book lies that is killed at, and what came of the kills so far."""

    folder: Path
    dice: random.Random
    kills: list[int] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the book of the round is."""
        return sqlite_url(self.folder / "book.db")

    def strike(self, work: Callable[[int], None], requests: int) -> None:
        """Kill that work, and up to two others who come after it."""
        self.kills.append(doomed(work, self.dice.randrange(requests)).killed)
        for _ in range(self.dice.randrange(3)):
            again, most = self.dice.choice([(work, requests), (self.look, _LOOKING_REQUESTS)])
            self.kills.append(doomed(again, self.dice.randrange(most)).killed)

    def look(self, _: int) -> None:
        """What everybody else does: open the book for reading, if it can be."""
        try:
            open_book(self.url, read_only=True).leave()
        except (NoBook, SchemaMismatch):
            return

    def upgrade(self, _: int) -> None:
        """Bring the older book up to date."""
        bring_up_to_date(self.url)

    def create(self, _: int) -> None:
        """Make a book where there is none."""
        try:
            create_book(self.url, actor="child", now=NOW).leave()
        except BookExists:
            return

    def expect(self, what: str, is_so: bool) -> None:
        """Note what is not as it must be."""
        if not is_so:
            self.wrong.append(f"{what}, after {len(self.kills)} kills")


def main(folder: Path, rounds: int, seed: int) -> None:
    """Run the rounds and print what came of them."""
    done = Rounds(folder=folder, dice=random.Random(seed))
    old = folder / "old.db"
    old.touch()
    fill(sqlite_url(old), _POSTED)
    before, standing = read(sqlite_url(old)), guards(sqlite_url(old))
    upgrading, creating = _requests(done, done.upgrade, old), _requests(done, done.create, None)
    for number in range(rounds):
        if number % 2:
            _fresh(done, None)
            done.strike(done.create, creating)
            _check_created(done)
        else:
            _fresh(done, old)
            done.strike(done.upgrade, upgrading)
            _check_upgraded(done, before, standing)
    said = {
        "rounds": rounds,
        "kills": sum(done.kills),
        "wrong": done.wrong,
        "left": {state: done.left.count(state) for state in sorted(set(done.left))},
        "requests": [upgrading, creating],
    }
    sys.stdout.write(json.dumps(said) + "\n")


def _requests(done: Rounds, work: Callable[[int], None], old: Path | None) -> int:
    _fresh(done, old)
    return requests_of(work)


def _fresh(done: Rounds, old: Path | None) -> None:
    for left in done.folder.glob("book.db*"):
        left.unlink()
    if old:
        shutil.copy(old, done.folder / "book.db")


def _check_upgraded(done: Rounds, before: object, standing: dict[str, str]) -> None:
    with opened(done.url) as store, store.reading() as connection:
        revision = schema.revision(connection)
        whole = schema.differences(connection) == () if revision == NEW else guards(done.url) == standing
    done.left.append({OLD: "old", NEW: "new"}.get(revision or "", "between"))
    done.expect("the tables are of neither revision", whole and revision in (OLD, NEW))
    done.expect("a row is gone", read(done.url) == before)
    finished = bring_up_to_date(done.url)
    done.expect("the second run does not finish", finished == (None if revision == NEW else (OLD, NEW)))
    done.expect("the third run does something", bring_up_to_date(done.url) is None)
    done.expect("a row is gone after the second run", read(done.url) == before)
    done.expect("the book does not verify", verify(done.url).findings == ())


def _check_created(done: Rounds) -> None:
    there = _can_be_read(done.url)
    done.left.append("made" if there else "not made")
    try:
        create_book(done.url, actor="wang", now=NOW).leave()
        done.expect("a book was made twice", not there)
    except BookExists:
        done.expect("there is no book, and none can be made", there)
    found = verify(done.url)
    done.expect("the book does not verify", (found.findings, found.operations) == ((), 1))


def _can_be_read(url: str) -> bool:
    try:
        open_book(url, read_only=True).leave()
    except NoBook:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
