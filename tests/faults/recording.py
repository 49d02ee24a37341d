"""What a real process asked of the disk, and the disk that a power loss could leave behind.

The recorder is a small C library, loaded before the others, that writes down every write, sync, truncation and
removal of the book's files. A disk is then replayed up to a cut: what was synced is there; of what was not,
nothing, all, the first half, any of it, or any of its 512-byte sectors. A new file is there for certain only
after its folder was synced.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ledger.connections import sqlite_url
from tests.faults.programs import answer_of, compiled

ACKNOWLEDGEMENTS = "acknowledged"
MODES = ("none", "half", "random", "torn", "all")
_SECTOR = 512
_WITHOUT_BYTES = ("-shm", ".lock", ACKNOWLEDGEMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing asked of the disk: what, of which file by its name, where, and the bytes of a write."""

    what: str
    name: str
    at: int
    length: int
    content: bytes = b""


def recorded(book: Path, commits: int, folder: Path) -> list[Asked]:
    """Let a process post to a book that often, and answer all that it asked of the disk."""
    library, log = compiled("recorder.c", folder), folder / "log"
    answer_of(
        "tests.faults.posting_child",
        sqlite_url(book),
        commits,
        book.parent / ACKNOWLEDGEMENTS,
        LD_PRELOAD=str(library),
        RECORD_TO=str(log),
        RECORD_FOLDER=str(book.parent),
    )
    return list(_parsed(log.read_bytes(), book.parent))


def _parsed(log: bytes, folder: Path) -> Iterator[Asked]:
    start = 0
    while start < len(log):
        end = log.index(b"\n", start)
        what, path, at, length = log[start:end].decode().split("\t")
        start = end + 1
        content = log[start : start + int(length)] if what == "write" else b""
        start += len(content)
        name = Path(path).relative_to(folder).as_posix()
        yield Asked(what=what, name=name, at=int(at), length=int(length), content=content)


@dataclass(slots=True, kw_only=True)
class _File:
    durable: bytearray
    pending: list[Asked] = field(default_factory=list)
    is_certain: bool = True


class Disk:
    """The files as the disk has them for certain, and what was asked since."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self.files = {name: _File(durable=bytearray(content)) for name, content in start.items()}
        self.acknowledged: list[tuple[int, str]] = []
        self.syncs = 0

    def ask(self, asked: Asked) -> None:
        """The next thing that the process asked."""
        if asked.name == ACKNOWLEDGEMENTS:
            if asked.what == "write":
                seq, said = asked.content.split()
                self.acknowledged.append((int(seq), said.decode()))
        elif asked.what == "sync" and asked.name == ".":
            self._certain()
        elif not asked.name.endswith(_WITHOUT_BYTES) and asked.name != ".":
            self._ask_file(asked)

    def _ask_file(self, asked: Asked) -> None:
        if asked.what == "open":
            if asked.at and asked.name not in self.files:
                self.files[asked.name] = _File(durable=bytearray(), is_certain=False)
        elif asked.what == "sync":
            self.syncs += 1
            file = self.files[asked.name]
            for one in file.pending:
                _apply(file.durable, one)
            file.pending.clear()
        else:
            self.files[asked.name].pending.append(asked)

    def _certain(self) -> None:
        for name, file in list(self.files.items()):
            file.is_certain = True
            if any(one.what == "unlink" for one in file.pending):
                del self.files[name]

    def dirty(self) -> list[str]:
        """The files of which something asked is not yet on the disk for certain."""
        return [name for name, file in self.files.items() if file.pending]

    def after_power_loss(self, mode: str, dice: random.Random) -> dict[str, bytes]:
        """One of the states that the files could be in when the power comes back."""
        left = {}
        for name, file in self.files.items():
            survives = file.is_certain or mode == "all" or (mode != "none" and dice.random() < 1 / 2)
            kept = list(_kept(file.pending, mode, dice))
            if survives and not any(one.what == "unlink" for one in kept):
                left[name] = bytearray(file.durable)
                for one in kept:
                    _apply(left[name], one)
        return {name: bytes(content) for name, content in left.items()}


def _kept(pending: list[Asked], mode: str, dice: random.Random) -> Iterator[Asked]:
    if mode == "all":
        yield from pending
    elif mode == "half":
        yield from pending[: len(pending) // 2]
    elif mode == "random":
        yield from (one for one in pending if dice.random() < 1 / 2)
    elif mode == "torn":
        for one in pending:
            yield from (part for part in _sectors(one) if dice.random() < 1 / 2)


def _sectors(asked: Asked) -> Iterator[Asked]:
    if asked.what != "write":
        yield asked
    for start in range(0, len(asked.content), _SECTOR):
        part = asked.content[start : start + _SECTOR]
        yield Asked(what="write", name=asked.name, at=asked.at + start, length=len(part), content=part)


def _apply(content: bytearray, asked: Asked) -> None:
    if asked.what == "truncate":
        del content[asked.at :]
        content.extend(bytes(asked.at - len(content)))
    elif asked.what == "write":
        content.extend(bytes(max(0, asked.at - len(content))))
        content[asked.at : asked.at + len(asked.content)] = asked.content
