"""Children that die at a given request to the disk, for programs of one thread that have `killer.c` preloaded.

A kill by the clock mostly strikes where nothing is being written. Counted requests strike in the middle of a
rollback of two milliseconds as surely as in an upgrade of a second.
"""

import ctypes
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass

_NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended: whether it was killed, and the whole lines that it had written."""

    killed: bool
    lines: tuple[str, ...]


def doomed(work: Callable[[int], None], after: int = _NEVER) -> Ended:
    """Do some work in a child, with a pipe to write into, that dies after so many requests to the disk."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        _work(work, writing, after)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(said)
    whole = said if said.endswith("\n") else said.rpartition("\n")[0]
    return Ended(killed=code != 0, lines=tuple(whole.splitlines()))


def requests_of(work: Callable[[int], None]) -> int:
    """How many requests to the disk that work makes when nobody kills it."""

    def counted(pipe: int) -> None:
        work(pipe)
        say(pipe, f"requests {ctypes.CDLL(None).settle_requests()}")

    return int(doomed(counted).lines[-1].split()[1])


def say(pipe: int, line: str) -> None:
    """Write a line into a pipe, at once."""
    os.write(pipe, f"{line}\n".encode())


def _work(work: Callable[[int], None], pipe: int, after: int) -> None:
    try:
        ctypes.CDLL(None).settle_die_after(ctypes.c_long(after))
        work(pipe)
        os._exit(0)
    except BaseException:
        say(pipe, traceback.format_exc())
    finally:
        os._exit(1)
