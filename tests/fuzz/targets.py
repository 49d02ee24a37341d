"""What is fuzzed, by name, and the inputs that are kept of each: `one(data)` raises only for a fault of ours."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from tests.fuzz import anchor_files, command_lines, csv_files, encodings, rulebooks, workbooks

KEPT = Path(__file__).parent / "kept"
KEPT_MAX = 60
KEPT_BYTES_MAX = 4096


class Target(NamedTuple):
    """One target: what tries an input, and what to begin with."""

    one: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]


def _target(module: ModuleType) -> Target:
    return Target(one=module.one, seeds=module.seeds)


TARGETS = {
    "csv": _target(csv_files),
    "workbook": _target(workbooks),
    "rulebook": _target(rulebooks),
    "encoding": _target(encodings),
    "command-line": _target(command_lines),
    "anchors": _target(anchor_files),
}


def kept(name: str) -> list[Path]:
    """The inputs of a target that every run of the tests tries again."""
    return sorted((KEPT / name).iterdir())
