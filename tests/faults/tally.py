"""How many faults each group injects, and the one line it answers with.

SETTLE_FAULTS chooses the size: `short` for a desk and the default run, `ci` for the figures that a change must
reach, `long` for the night. A group that injected fewer than its figure fails, whatever it found.
"""

import os
import random
import time
from dataclasses import dataclass, field

import pytest

SIZE = os.environ.get("SETTLE_FAULTS", "short")
SEED = int(os.environ.get("SETTLE_SEED", "20261012"))
TARGETS: dict[str, dict[str, int]] = {
    "kill": {"short": 30, "ci": 300, "long": 5000},
    "kill 4 writers": {"short": 4, "ci": 50, "long": 500},
    "kill PostgreSQL": {"short": 1, "ci": 20, "long": 200},
    "kill while reopening": {"short": 10, "ci": 50, "long": 500},
    "kill an upgrade": {"short": 10, "ci": 50, "long": 500},
    "kill an upgrade, PostgreSQL": {"short": 2, "ci": 30, "long": 300},
    "stopped holders": {"short": 2, "ci": 20, "long": 100},
    "stopped holders, PostgreSQL": {"short": 2, "ci": 20, "long": 100},
    "reads beside writers": {"short": 100, "ci": 2000, "long": 50000},
    "reads beside writers, PostgreSQL": {"short": 100, "ci": 2000, "long": 50000},
    "entries beside a long reader": {"short": 500, "ci": 10000, "long": 10000},
    "writers who forget the turn": {"short": 48, "ci": 480, "long": 4800},
    "power loss": {"short": 100, "ci": 2000, "long": 20000},
    "full disk": {"short": 10, "ci": 60, "long": 300},
    "small disk": {"short": 6, "ci": 12, "long": 60},
    "copy while writing": {"short": 10, "ci": 100, "long": 300},
    "bit flips": {"short": 100, "ci": 1500, "long": 20000},
    "page damage, PostgreSQL": {"short": 3, "ci": 10, "long": 50},
    "tampering": {"short": 40, "ci": 40, "long": 40},
    "random mutations": {"short": 40, "ci": 500, "long": 10000},
    "mutated files": {"short": 200, "ci": 2000, "long": 100000},
    "schema tampering": {"short": 12, "ci": 12, "long": 12},
    "syncs": {"short": 30, "ci": 150, "long": 150},
    # Of every two orders that differ in nothing but which of two equal sessions goes first, one is played.
    "three refunds": {"short": 20, "ci": 80, "long": 560},
    "a close and two posts": {"short": 20, "ci": 80, "long": 1680},
    "three reversals": {"short": 20, "ci": 80, "long": 560},
    "three approvals": {"short": 20, "ci": 80, "long": 560},
    "two approvals and a refusal": {"short": 20, "ci": 80, "long": 1680},
    "three reopenings": {"short": 20, "ci": 80, "long": 560},
    "three payments": {"short": 20, "ci": 80, "long": 560},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One group at work: its name, its dice and since when."""

    group: str
    request: pytest.FixtureRequest
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    began: float = field(default_factory=time.monotonic)

    @property
    def target(self) -> int:
        """How many faults the group must inject."""
        return TARGETS[self.group][SIZE]

    def closes(self, faults: int, *, lost: int, wrong: int, note: str = "") -> None:
        """Say what was injected and found, and fail unless it was enough and nothing was lost or wrong.

        `note` is what else is worth knowing of it, such as the longest wait; nothing is judged by it.
        """
        seconds = time.monotonic() - self.began
        named = f"{self.group}: {note}" if note else self.group
        line = f"faults {faults} lost {lost} wrong {wrong} seconds {seconds:.1f} seed {SEED} ({named})"
        self.request.node.user_properties.append(("faults", line))
        assert (lost, wrong) == (0, 0), line
        assert faults >= self.target, f"{line}: fewer than {self.target}"
