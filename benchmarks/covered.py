"""How much of the program the tests reach, line and branch, from what `make coverage` counted.

The core is what computes and keeps money: calculators and ledger. A share below its target ends this with 1, and the
files below it are listed with what no test reaches, the worst first.

    python -m benchmarks.covered COVERAGE.json
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORE = ("calculators/", "ledger/")
CORE_MIN, ALL_MIN = 98.0, 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the tests reached of one file or of several."""

    name: str
    lines: int
    lines_reached: int
    branches: int
    branches_reached: int
    missed: tuple[str, ...] = ()

    @property
    def of_lines(self) -> float:
        """The share of lines, in percent."""
        return 100 * self.lines_reached / self.lines if self.lines else 100.0

    @property
    def of_branches(self) -> float:
        """The share of branches, in percent."""
        return 100 * self.branches_reached / self.branches if self.branches else 100.0

    @property
    def least(self) -> float:
        """The smaller of both shares."""
        return min(self.of_lines, self.of_branches)


def files(report: dict[str, Any]) -> list[Counted]:
    """Every file of coverage's own JSON report that has a line."""
    counted = [_counted(name, file) for name, file in report["files"].items()]
    return [one for one in counted if one.lines]


def together(name: str, counted: Iterable[Counted]) -> Counted:
    """Several files as one."""
    all_of_them = list(counted)
    return Counted(
        name=name,
        lines=sum(one.lines for one in all_of_them),
        lines_reached=sum(one.lines_reached for one in all_of_them),
        branches=sum(one.branches for one in all_of_them),
        branches_reached=sum(one.branches_reached for one in all_of_them),
    )


def told(found: list[Counted]) -> Iterator[str]:
    """The two shares, and under each the files below its target."""
    core = [one for one in found if one.name.startswith(CORE)]
    for name, some, least in (("core", core, CORE_MIN), ("all", found, ALL_MIN)):
        whole = together(name, some)
        yield (
            f"{name}: {whole.of_branches:.1f} % of {whole.branches:,} branches, "
            f"{whole.of_lines:.1f} % of {whole.lines:,} lines; at least {least:g} % is wanted"
        )
        for one in sorted((one for one in some if one.least < least), key=lambda one: one.least):
            yield f"  {one.least:5.1f} % {one.name}: {', '.join(one.missed)}"


def is_enough(found: list[Counted]) -> bool:
    """Whether both shares of both kinds reach their targets; not where nothing was counted."""
    core = together("core", (one for one in found if one.name.startswith(CORE)))
    return core.lines > 0 and core.least >= CORE_MIN and together("all", found).least >= ALL_MIN


def run(path: Path) -> int:
    """Say what a report holds; 1 where it is not enough."""
    found = files(json.loads(path.read_text("utf-8")))
    sys.stdout.write("".join(f"{line}\n" for line in told(found)))
    return 0 if is_enough(found) else 1


def _counted(name: str, file: dict[str, Any]) -> Counted:
    sums = file["summary"]
    lines = [str(line) for line in file["missing_lines"]]
    return Counted(
        name=name,
        lines=sums["num_statements"],
        lines_reached=sums["covered_lines"],
        branches=sums["num_branches"],
        branches_reached=sums["covered_branches"],
        missed=(*lines, *(f"{begins}→{ends}" for begins, ends in file["missing_branches"])),
    )


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
