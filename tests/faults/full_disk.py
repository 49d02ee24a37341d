"""Commands run against a full disk, as a program of one thread so that it may fork.

`python -m tests.faults.full_disk full FOLDER LIMITS COMMAND...` runs a `settle` command in a child none of whose files
may grow past a limit in bytes, then once more without one on what the first left. With `small` the command is run on a
disk with so many bytes left, which is made larger before the second run; that wants a mount namespace of its own. More
sizes are tried then, until it is known to the page how much is enough: what is written last fails just below that.
Limits are joined by commas, each has a fresh copy of FOLDER's book. Answers the exit codes and what was said.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.connections import sqlite_url
from ledger.verify import verify
from tests.faults.children import settle

_KEPT = "kept."
_ROOMY = "1g"
_PAGE = 4096


def limited(folder: Path, limit: int, command: list[str]) -> dict[str, Any]:
    """Run the command where no file may grow past the limit, then where it may."""
    for old in folder.iterdir():
        if not old.name.startswith(_KEPT):
            old.unlink()
    shutil.copy(folder / "kept.db", folder / "book.db")
    return {"limit": limit, **_told(folder, command, limit, lambda: None)}


def small(folder: Path, size: int, command: list[str]) -> dict[str, Any]:
    """Run the command on a disk of its own that leaves it so many bytes beside its files, then on a larger one."""
    with _disk(folder / "mounted") as disk:
        for path in folder.glob(f"{_KEPT}*"):
            shutil.copy(path, disk / ("book.db" if path.name == "kept.db" else path.name))
        _mount(disk, f"remount,size={shutil.disk_usage(disk).used + size}")
        told = _told(disk, command, 0, lambda: _mount(disk, f"remount,size={_ROOMY}"))
        shutil.copy(disk / "book.db", folder / "book.db")
    return {"limit": size, **told}


def _told(folder: Path, command: list[str], limit: int, make_room: Callable[[], None]) -> dict[str, Any]:
    book = folder / "book.db"
    code, said = settle(command, folder, limit)
    after = verify(sqlite_url(book))
    left = sorted(path.name for path in folder.iterdir())
    make_room()
    again, said_again = settle(command, folder)
    last = verify(sqlite_url(book))
    return {
        "exit": code,
        # Without the folder, whose own name may hold any of the words that are looked for.
        "said": said.replace(str(folder), ""),
        "entries": after.entries,
        "operations": after.operations,
        "findings": len(after.findings) + len(last.findings),
        "left": left,
        "exit_again": again,
        "said_again": said_again,
        "entries_again": last.entries,
    }


@contextmanager
def _disk(place: Path) -> Iterator[Path]:
    """A disk with room enough."""
    place.mkdir(exist_ok=True)
    _mount(place, f"size={_ROOMY}")
    try:
        yield place
    finally:
        # Lazily: where a fault has left a file open, that fault is what is to be seen.
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)


def main(which: str, folder: Path, limits: list[int], command: list[str]) -> None:
    """Answer, for each limit or size, how both runs ended."""
    ran = _KINDS[which]
    answers = [ran(folder, limit, command) for limit in limits]
    if which == "small":
        answers += _at_the_edge(folder, answers, command)
    sys.stdout.write(json.dumps(answers) + "\n")


def _at_the_edge(folder: Path, answers: list[dict[str, Any]], command: list[str]) -> Iterator[dict[str, Any]]:
    """Sizes between the largest that was too small and the smallest that was enough, halving what lies between."""
    too_small = max((one["limit"] for one in answers if one["exit"] != 0), default=0)
    enough = min((one["limit"] for one in answers if one["exit"] == 0), default=0)
    while enough - too_small > _PAGE:
        one = small(folder, (too_small + enough) // 2, command)
        too_small, enough = (too_small, one["limit"]) if one["exit"] == 0 else (one["limit"], enough)
        yield one


_KINDS = {"full": limited, "small": small}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), [int(limit) for limit in sys.argv[3].split(",")], sys.argv[4:])
