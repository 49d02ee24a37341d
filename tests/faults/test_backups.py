"""Backups while others write: every copy is whole, verifies, and has all that was acknowledged before it began."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ledger.backup import back_up
from ledger.connections import sqlite_url
from ledger.errors import LedgerError
from ledger.verify import verify
from tests.faults.books import LATER
from tests.faults.programs import ROOT
from tests.faults.recording import ACKNOWLEDGEMENTS
from tests.faults.tally import Tally

_COPIES_A_BOOK = 20


def test_every_backup_taken_while_another_posts_is_whole(
    full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group = tally("copy while writing")
    copies = lost = wrong = 0
    while copies < group.target:
        folder = tmp_path / str(copies)
        some = min(_COPIES_A_BOOK, group.target - copies)
        gone, refused = _copied_while_posting(full_book, folder, some)
        copies, lost, wrong = copies + some, lost + gone, wrong + refused
    group.closes(copies, lost=lost, wrong=wrong)


def _copied_while_posting(full_book: Path, folder: Path, count: int) -> tuple[int, int]:
    folder.mkdir()
    book, acknowledged = folder / "book.db", folder / ACKNOWLEDGEMENTS
    shutil.copy(full_book, book)
    command = [sys.executable, "-m", "tests.faults.posting_child", sqlite_url(book), "100000", acknowledged]
    lost = wrong = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            for number in range(count):
                before = _last(acknowledged)
                to = folder / f"{number}.db"
                try:
                    back_up(sqlite_url(book), to, LATER)
                except LedgerError:
                    wrong += 1
                else:
                    found = verify(sqlite_url(to))
                    lost += found.entries < before
                    wrong += bool(found.findings)
        finally:
            child.kill()
    return lost, wrong


def _last(acknowledged: Path) -> int:
    """The last entry acknowledged; the first is waited for."""
    while not acknowledged.exists() or not acknowledged.stat().st_size:
        pass
    lines = acknowledged.read_text().splitlines(keepends=True)
    return max((int(line.split()[0]) for line in lines if line.endswith("\n")), default=0)
