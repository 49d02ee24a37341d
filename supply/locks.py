"""The locks as records: every package with its version and the hashes that its files may have.

A line that does not pin its package, or pins it without a hash, makes the whole lock unreadable: who installs from it
would take whatever the registry gives.
"""

import re
from dataclasses import dataclass
from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-supply.lock", "requirements-fuzz.lock")
_PIN = re.compile(
    r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[0-9][0-9a-z.+!]*)(?: ; (?P<marker>[^#\\]+?))?"
    r"(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One package of a lock; `marker` says on which machines it is wanted, empty for all."""

    name: str
    version: str
    marker: str
    sha256s: frozenset[str]


def pins(path: Path) -> list[Pin]:
    """Every package of a lock, in its order; `ValueError` with the line where one is not pinned by hashes."""
    lines = re.sub(r"\\\n\s*", "", path.read_text("utf-8")).splitlines()
    return [_pin(path.name, line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def _pin(lock: str, line: str) -> Pin:
    found = _PIN.fullmatch(line)
    if found is None:
        raise ValueError(f"{lock}: not pinned by hashes: {line[:80]}")
    return Pin(
        name=found["name"],
        version=found["version"],
        marker=found["marker"] or "",
        sha256s=frozenset(found["hashes"].split(" --hash=sha256:")[1:]),
    )
