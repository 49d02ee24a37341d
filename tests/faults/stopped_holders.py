"""Rounds of stopping whoever holds the book's turn, and killing him then, run as a program of one thread.

`python -m tests.faults.stopped_holders URL ROUNDS` answers one line of JSON. While the holder is stopped, others
must be told that the book is busy, in either language and with its exit code; whoever has more patience gets his
turn when the holder dies, and nothing of what the holder wrote is left.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cli import exits
from ledger import connections, queries
from ledger.engine import open_book
from ledger.errors import BookBusy
from ledger.recordings import KeyedEntry
from ledger.verify import verify
from tests.faults.children import in_child, say, settle
from tests.ledger.samples import NOW, an_entry, post

_SHORT_PATIENCE_SECONDS, _LONG_PATIENCE_SECONDS = 0.2, 600
_SMALL, _LARGE = 2, 400
_WORDS = {"zh": ("请稍后再试", "再试一次"), "en": ("ry again",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The rounds at one book: what was refused as it must be, what readers saw, and what was wrong."""

    url: str
    refused: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask(self, number: int, holder: int) -> None:
        """All that others ask while the holder is stopped, and what becomes of it when he dies."""
        before = number + 1
        for language in _WORDS:
            self._command(language)
        self._expect("a writer is not told that the book is busy", self._told(_post(self.url, "x")) == "busy")
        self.seen.append(self._told(lambda pipe: _look(self.url, pipe)))
        self._expect("a reader sees what nobody committed", self.seen[-1] in ("busy", str(before)))
        waiting, pipe = _started(_post(self.url, f"patient {number}", _LONG_PATIENCE_SECONDS))
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)
        with os.fdopen(pipe) as heard:
            self._expect("whoever waited did not get his turn", heard.read().strip() == str(before + 1))
        os.waitpid(waiting, 0)
        found = verify(self.url)
        self._expect("the book does not verify", (found.findings, found.entries) == ((), before + 1))

    def _command(self, language: str) -> None:
        reverse = ["reverse", "1", "--reason", "x", "--on", "2026-10-12", "--actor", "li"]
        code, said = settle([*reverse, "--db", self.url, "--lang", language], Path.cwd())
        self.refused.append(said)
        one_line = said.count("\n") == 1 and any(word in said for word in _WORDS[language])
        self._expect(f"a command ended with {code}: {said}", code == exits.NO_BOOK and one_line)

    def _told(self, work: Callable[[int], None]) -> str:
        def asked(pipe: int) -> None:
            try:
                work(pipe)
            except BookBusy:
                say(pipe, "busy")

        return in_child(asked).lines[-1]

    def _expect(self, what: str, is_so: bool) -> None:
        if not is_so:
            self.wrong.append(what)


def main(url: str, rounds: int) -> None:
    """Run the rounds and print what came of them."""
    connections.WAIT_MAX_SECONDS = _SHORT_PATIENCE_SECONDS  # type: ignore[assignment]
    with open_book(url) as book:
        post(book, an_entry(), "first")
    done = Rounds(url=url)
    for number in range(rounds):
        holder, pipe = _started(_hold(url, _LARGE if number % 2 else _SMALL))
        if os.read(pipe, 5) != b"held\n":
            raise RuntimeError("the holder did not come to hold the book")
        os.kill(holder, signal.SIGSTOP)
        os.waitpid(holder, os.WUNTRACED)
        done.ask(number, holder)
        os.close(pipe)
    said = {"rounds": rounds, "wrong": done.wrong, "seen": sorted(set(done.seen) - {"busy"})}
    sys.stdout.write(json.dumps(said | {"refused": sorted(set(done.refused))}, ensure_ascii=False) + "\n")


def _hold(url: str, entries: int) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        with open_book(url) as book, book.writing(actor="holder", now=NOW) as desk:
            if book.store.path and entries == _LARGE:
                # What does not fit into so small a memory goes into the file before the turn ends.
                desk.reader.connection.exec_driver_sql("PRAGMA cache_size = 5")
            desk.post_many(KeyedEntry(entry=an_entry(n + 1), key=f"held {n}") for n in range(entries))
            say(pipe, "held")
            signal.pause()

    return work


def _post(url: str, key: str, patience: float = _SHORT_PATIENCE_SECONDS) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        connections.WAIT_MAX_SECONDS = patience  # type: ignore[assignment]
        with open_book(url) as book:
            say(pipe, str(post(book, an_entry(), key)))

    return work


def _look(url: str, pipe: int) -> None:
    with open_book(url, read_only=True) as book, book.reading() as reader:
        say(pipe, str(queries.head(reader).seq))


def _started(work: Callable[[int], None]) -> tuple[int, int]:
    """A child at work, and the end of its pipe that is read."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.close(reading)
        work(writing)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
