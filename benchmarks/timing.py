"""Taking the time of something, and the table of what was timed."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One figure: what was done, how fast, and how it was measured."""

    what: str
    figure: str
    how: str


def seconds(work: Callable[[], object]) -> float:
    """How long one run took."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def median_seconds(work: Callable[[], object], runs: int) -> float:
    """The median of several runs."""
    return median(seconds(work) for _ in range(runs))


def rate(count: int, took: float, unit: str) -> str:
    """So many a second, as people write it."""
    return f"{count / took:,.0f} {unit}/s"


def timed_table(rows: list[Timed]) -> Table:
    """The figures, one a row."""
    table = Table(title="How fast, on this machine")
    table.add_column("what")
    table.add_column("figure", justify="right")
    table.add_column("measured")
    for row in rows:
        table.add_row(row.what, row.figure, row.how)
    return table
