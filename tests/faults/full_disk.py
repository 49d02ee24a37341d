"""Commands run against a full disk, as a program of one thread so that it may fork.

`python -m tests.faults.full_disk FOLDER LIMIT COMMAND...` runs a `settle` command in a child none of whose files
may grow past LIMIT bytes (0 for no limit), and answers its exit code and what it said, as one line of JSON per
limit: several limits are given joined by commas, and each run has a fresh copy of FOLDER's book.
"""

import json
import os
import resource
import shutil
import sys
from pathlib import Path

from cli.main import run
from ledger.connections import sqlite_url
from ledger.verify import verify


def main(folder: Path, limits: list[int], command: list[str]) -> None:
    """Run the command once a limit, then once more without one on what the first left."""
    answers = []
    for limit in limits:
        _fresh(folder)
        book = folder / "book.db"
        code, said = _run(command, limit, folder)
        after = verify(sqlite_url(book))
        left = sorted(path.name for path in folder.iterdir())
        again, said_again = _run(command, 0, folder)
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


def _run(command: list[str], limit: int, folder: Path) -> tuple[int, str]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read().decode()
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said
    for stream in (1, 2):
        os.dup2(writing, stream)
    if limit:
        # Python ignores SIGXFSZ, so a write past the limit fails as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    sys.argv = ["settle", *command]
    os.chdir(folder)
    code = _exit_code()
    sys.stdout.flush()
    os._exit(code)


def _exit_code() -> int:
    try:
        run()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException as slip:
        sys.stderr.write(f"Traceback: {slip!r}\n")
        return 99
    return 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(limit) for limit in sys.argv[2].split(",")], sys.argv[3:])
