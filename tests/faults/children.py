"""Children of programs of one thread: what they said, how they ended, and when they are made to die.

Some die at a given request to the disk, where `killer.c` is preloaded: a kill by the clock mostly strikes where
nothing is being written, while counted requests strike in the middle of a rollback of two milliseconds as surely
as in an upgrade of a second.
"""

import ctypes
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cli.main import run

_NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended: whether it was killed, and the whole lines that it had written."""

    killed: bool
    lines: tuple[str, ...]


def in_child(work: Callable[[int], None]) -> Ended:
    """Do some work in a child, with a pipe to write into; whatever it raises is a fault of the test."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        _work(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(said)
    whole = said if said.endswith("\n") else said.rpartition("\n")[0]
    return Ended(killed=code != 0, lines=tuple(whole.splitlines()))


def doomed(work: Callable[[int], None], after: int) -> Ended:
    """Do some work in a child that dies after so many requests to the disk."""

    def armed(pipe: int) -> None:
        ctypes.CDLL(None).settle_die_after(ctypes.c_long(after))
        work(pipe)

    return in_child(armed)


def requests_of(work: Callable[[int], None]) -> int:
    """How many requests to the disk that work makes when nobody kills it."""

    def counted(pipe: int) -> None:
        work(pipe)
        say(pipe, f"requests {ctypes.CDLL(None).settle_requests()}")

    return int(doomed(counted, _NEVER).lines[-1].split()[1])


def say(pipe: int, line: str) -> None:
    """Write a line into a pipe, at once."""
    os.write(pipe, f"{line}\n".encode())


def settle(command: list[str], folder: Path, limit: int = 0) -> tuple[int, str]:
    """Run a `settle` command in a child, none of whose files may grow past `limit`; its exit code and words."""
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


def _work(work: Callable[[int], None], pipe: int) -> None:
    try:
        work(pipe)
        os._exit(0)
    except BaseException:
        say(pipe, traceback.format_exc())
    finally:
        os._exit(1)
