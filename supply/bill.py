"""The bill of materials: CycloneDX of the lock that an installation has, and a look whether all of it is there.

It carries no day and no number of its own, so that the same lock gives the same bytes.

    python -m supply.bill dist/settle.cdx.json
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from supply.locks import LOCKS, pins

Row = tuple[str, str, frozenset[str]]


def write_bill(root: Path, to: Path, program: str) -> int:
    """Write the bill by that cyclonedx-py; answers its packages, `ValueError` where the lock has others."""
    lock = root / LOCKS[0]
    words = [program, "requirements", str(lock), "--pyproject", str(root / "pyproject.toml")]
    to.parent.mkdir(parents=True, exist_ok=True)
    # A day in the environment would be written into the bill.
    undated = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    made = subprocess.run(
        [*words, "--output-reproducible", "--output-format", "JSON", "--output-file", str(to)],
        env=undated,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise ValueError(made.stderr.strip())
    there = rows(json.loads(to.read_text("utf-8")))
    locked = {(pin.name, pin.version, pin.sha256s) for pin in pins(lock)}
    if there != locked:
        names = sorted({f"{name} {version}" for name, version, _ in there ^ locked})
        raise ValueError(f"the bill and {lock.name} differ: {', '.join(names)}")
    return len(there)


def rows(bill: dict[str, Any]) -> set[Row]:
    """Name, version and SHA-256s of every component of a bill."""
    return {
        (component["name"], component["version"], frozenset(_sha256s(component)))
        for component in bill["components"]
    }


def _sha256s(component: dict[str, Any]) -> list[str]:
    origins = component.get("externalReferences", [])
    hashes = [one for origin in origins for one in origin.get("hashes", [])]
    return [one["content"] for one in hashes if one["alg"] == "SHA-256"]


def run(to: Path) -> int:
    """Write the bill of this tree and say what is in it; 1 where it cannot be made."""
    try:
        count = write_bill(Path(), to, str(Path(sys.executable).with_name("cyclonedx-py")))
    except ValueError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{to}: {count} packages of {LOCKS[0]}, each with its version and its hashes\n")
    return 0


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
