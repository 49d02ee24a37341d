"""Keeping: `python -m tests.fuzz.keep TARGET FOLDER` picks from a fuzzer's finds those that reach the most of our code.

The fewest and smallest that together take every step from line to line that any of them takes; at most sixty of
four kilobytes. Inputs that are kept already stay: a fault that was mended is tried again for ever.
"""

import hashlib
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fuzz.targets import KEPT, KEPT_BYTES_MAX, KEPT_MAX, TARGETS, kept

_OURS = tuple(f"/{package}/" for package in ("calculators", "cli", "ledger", "exports", "tests/fuzz"))
_Steps = set[tuple[str, int, int]]


def keep(name: str, folder: Path) -> int:
    """Add to the kept inputs of a target from a folder; answers how many there are."""
    (KEPT / name).mkdir(parents=True, exist_ok=True)
    old = [path.read_bytes() for path in kept(name)]
    found = [path.read_bytes() for path in sorted(folder.iterdir())]
    reached = {content: _reached(name, content) for content in found if len(content) <= KEPT_BYTES_MAX}
    done: _Steps = set().union(*(_reached(name, content) for content in old))
    while len(old) < KEPT_MAX and reached:
        best = max(sorted(reached, key=len), key=lambda content: len(reached[content] - done))
        if not reached[best] - done:
            break
        done |= reached.pop(best)
        old.append(best)
        (KEPT / name / hashlib.sha256(best).hexdigest()[:16]).write_bytes(best)
    return len(old)


def _reached(name: str, content: bytes) -> _Steps:
    steps: _Steps = set()

    def trace(called: FrameType, event: str, given: Any) -> Any:
        if not any(part in called.f_code.co_filename for part in _OURS):
            return None
        before = 0

        def within(frame: FrameType, event: str, given: Any) -> Any:
            nonlocal before
            steps.add((frame.f_code.co_filename, before, frame.f_lineno))
            before = frame.f_lineno
            return within

        return within

    sys.settrace(trace)
    try:
        TARGETS[name].one(content)
    except Exception as failed:
        sys.stdout.write(f"{name}: {failed!r} of {content[:80]!r}\n")
    finally:
        sys.settrace(None)
    return steps


if __name__ == "__main__":
    sys.stdout.write(f"{sys.argv[1]}: {keep(sys.argv[1], Path(sys.argv[2]))} inputs kept\n")
