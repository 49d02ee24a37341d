"""Commands run against a full disk, as a program of one thread so that it may fork.

`python -m tests.faults.full_disk FOLDER LIMIT COMMAND...` runs a `settle` command in a child none of whose files
may grow past LIMIT bytes (0 for no limit), and answers its exit code and what it said, as one line of JSON per
limit: several limits are given joined by commas, and each run has a fresh copy of FOLDER's book.
"""

import json
import shutil
import sys
from pathlib import Path

from ledger.connections import sqlite_url
from ledger.verify import verify
from tests.faults.children import settle


def main(folder: Path, limits: list[int], command: list[str]) -> None:
    """Run the command once a limit, then once more without one on what the first left."""
    answers = []
    for limit in limits:
        _fresh(folder)
        book = folder / "book.db"
        code, said = settle(command, folder, limit)
        after = verify(sqlite_url(book))
        left = sorted(path.name for path in folder.iterdir())
        again, said_again = settle(command, folder)
        last = verify(sqlite_url(book))
        answers.append(
            {
                "limit": limit,
                "exit": code,
                "said": said,
                "entries": after.entries,
                "operations": after.operations,
                "findings": len(after.findings) + len(last.findings),
                "left": left,
                "exit_again": again,
                "said_again": said_again,
                "entries_again": last.entries,
            }
        )
    sys.stdout.write(json.dumps(answers) + "\n")


def _fresh(folder: Path) -> None:
    for old in folder.iterdir():
        if not old.name.startswith("kept."):
            old.unlink()
    shutil.copy(folder / "kept.db", folder / "book.db")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(limit) for limit in sys.argv[2].split(",")], sys.argv[3:])
