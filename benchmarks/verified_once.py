"""Verify one book and say in JSON how long it took and how much memory the process ever had."""

import json
import resource
import sys
from pathlib import Path

from benchmarks.timing import seconds
from ledger.connections import sqlite_url
from ledger.verify import Verified, verify

_STATUS = Path("/proc/self/status")


def run(path: Path) -> None:
    """Print the figures of one verification."""
    found: list[Verified] = []
    took = seconds(lambda: found.append(verify(sqlite_url(path))))
    said = {
        "seconds": took,
        "memory": _highest(),
        "entries": found[0].entries,
        "findings": [str(finding) for finding in found[0].findings],
    }
    sys.stdout.write(json.dumps(said))


def _highest() -> int:
    """The most bytes this process ever held; what the kernel says at its end would count its parent's too."""
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    run(Path(sys.argv[1]))
