"""A bar for what takes longer than a second: on a terminal's standard error only, and gone when it is done."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE_SECONDS = 1.0

_Thing = TypeVar("_Thing")


class Bar:
    """How much of a known number is done; it shows itself only where it is worth showing."""

    def __init__(self, heading: str, total: int, to: Console | None = None) -> None:
        self._heading = heading
        self._total = total
        self._to = to or Console(stderr=True)
        self._began = time.monotonic()
        self._shown: Progress | None = None

    def tick(self, done: int) -> None:
        """So many are done."""
        if self._shown is None and self._to.is_terminal and time.monotonic() - self._began > PATIENCE_SECONDS:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            self._shown = Progress(*columns, console=self._to, transient=True)
            self._shown.add_task(self._heading, total=self._total)
            self._shown.start()
        if self._shown is not None:
            self._shown.update(self._shown.task_ids[0], completed=done)

    def end(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown.stop()


@contextmanager
def waiting(heading: str, to: Console | None = None) -> Iterator[None]:
    """A turning wheel while one thing takes long, on a terminal's standard error only."""
    to = to or Console(stderr=True)
    if not to.is_terminal:
        yield
        return
    with to.status(heading):
        yield


def watched(things: Sequence[_Thing], heading: str) -> Iterator[_Thing]:
    """The things one by one, with a bar while they take long."""
    return passed(things, heading, len(things))


def passed(things: Iterable[_Thing], heading: str, total: int) -> Iterator[_Thing]:
    """The same for things of which only the number is known, as they come."""
    bar = Bar(heading, total)
    try:
        for done, thing in enumerate(things):
            bar.tick(done)
            yield thing
    finally:
        bar.end()


def watched_lines(tab: Any, lines: Iterable[_Thing]) -> Iterator[_Thing]:
    """The lines of a workbook's sheet one by one, as they are written or compared."""
    return passed(lines, tab.title, tab.last_row)


def counted(call: Callable[..., _Thing], bar: Bar) -> Callable[..., _Thing]:
    """The same call, each one counted on the bar."""
    done = 0

    def called(*given: Any) -> _Thing:
        nonlocal done
        done += 1
        bar.tick(done)
        return call(*given)

    return called
