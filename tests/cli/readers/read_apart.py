"""Files read one by one, each in a process of its own, and what each took at its highest.

A program that the tests start: it is told a path a line and answers a line of JSON. A process that it forks begins
with its own memory but for the pages of programs and libraries, which are added. The file is read as `settle import`
reads it.
"""

import json
import os
import resource
import sys
from pathlib import Path
from time import monotonic
from typing import NoReturn

from cli.errors import BadFile
from cli.gathering import read_files

KB = 1 if sys.platform == "darwin" else 1024
PAGES = Path("/proc/self/statm")


def run() -> None:
    """Answer every line until there is none."""
    for line in sys.stdin:
        began = monotonic()
        child = os.fork()
        if not child:
            _read(Path(line.strip()))
        _, status, used = os.wait4(child, 0)
        told = {
            "code": os.waitstatus_to_exitcode(status),
            "bytes": used.ru_maxrss * KB + _of_programs(),
            "seconds": monotonic() - began,
        }
        print(json.dumps(told), flush=True)  # noqa: T201


def _of_programs() -> int:
    """The bytes of programs and libraries that this process holds; nothing where the system does not say."""
    return int(PAGES.read_text().split()[2]) * resource.getpagesize() if PAGES.exists() else 0


def _read(path: Path) -> NoReturn:
    """Read one file and end: 0 where it was read, 3 where it was refused."""
    try:
        read_files([path], partial=True)
    except BadFile:
        os._exit(3)
    except BaseException:  # whatever it is, it must not reach the loop above
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    run()
