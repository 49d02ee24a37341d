"""What in a workbook no longer follows from the ledger, cell by cell.

The sheets that should be there are made anew from the ledger and gone through beside the file, row by row and
with little memory. A row that was taken out or put in is told from one that was changed by looking a little
ahead.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from openpyxl.utils import get_column_letter

from exports import package
from exports.cell_differences import NOTHING, said, wrong
from exports.cells import Line, row_xml
from exports.sheets import Tab, Watch, unwatched
from exports.styles import Looks, Style
from exports.workbook_file import FoundRow, FoundSheet, WorkbookFile

LOOK_AHEAD = 200
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not follow: where it stands, what it says there and what it should say.

    `what` is `value`, `formula` (another one), `hardened` (a value in a formula's place), `shown` (a formula's
    figure is not what it comes to), `row_missing`, `row_added`, `sheet_missing`, `sheet_added` or `sheet_hidden`.
    """

    what: str
    sheet: str
    cell: str = ""
    found: str = ""
    due: str = ""


def differences(file: WorkbookFile, tabs: Sequence[Tab], watch: Watch = unwatched) -> Iterator[Finding]:
    """Everything in the file that is not as these sheets make it; `BadWorkbook` where it cannot be read.

    `watch` is given each sheet with its lines, and gives the lines back as they are compared.
    """
    found, looks = {sheet.title: sheet for sheet in file.sheets}, package.looks_of_ours()
    yield from _sheets(file.sheets, tabs)
    for tab in tabs:
        if tab.title in found:
            lines = watch(tab, tab.lines())
            yield from _Beside(tab.title, lines, file.rows(found[tab.title]), looks).findings()


def _sheets(found: Sequence[FoundSheet], tabs: Sequence[Tab]) -> Iterator[Finding]:
    due, there = [tab.title for tab in tabs], [sheet.title for sheet in found]
    yield from (Finding(what="sheet_missing", sheet=title) for title in due if title not in there)
    yield from (Finding(what="sheet_added", sheet=title) for title in there if title not in due)
    yield from (Finding(what="sheet_hidden", sheet=one.title) for one in found if not one.visible)


class _Ahead(Generic[_One]):
    """Things taken one by one, with a look at those that follow."""

    def __init__(self, things: Iterable[_One]) -> None:
        self._rest = iter(things)
        self._seen: deque[_One] = deque()

    @property
    def here(self) -> _One | None:
        """The next thing, if there is one."""
        return next(iter(self._look(1)), None)

    def take(self) -> _One:
        """The next thing, which is then behind."""
        self._look(1)
        return self._seen.popleft()

    def until(self, is_it: Callable[[_One], bool]) -> int:
        """How many things come before the first that follows and is it; 0 where none is in sight."""
        following = enumerate(islice(self._look(LOOK_AHEAD + 1), 1, None), 1)
        return next((before for before, thing in following if is_it(thing)), 0)

    def _look(self, count: int) -> deque[_One]:
        self._seen.extend(islice(self._rest, max(count - len(self._seen), 0)))
        return self._seen


class _Beside:
    """One sheet as it should be beside one as it is."""

    def __init__(self, title: str, lines: Iterable[Line], rows: Iterator[FoundRow], looks: Looks) -> None:
        self._title = title
        self._looks = looks
        self._due = _Ahead(enumerate(lines, 1))
        self._found = _Ahead(_with_gaps(rows))

    def findings(self) -> Iterator[Finding]:
        """Every cell that differs, and every row too few or too many, from the top."""
        while (due := self._due.here) and (found := self._found.here):
            if found.raw and found.raw == row_xml(*due, self._looks).encode():
                self._both()
            else:
                yield from self._one(due[1], found)
        while self._due.here:
            number, line = self._due.take()
            yield from [_missing(self._title, number, line)] if any(line.values) else []
        while self._found.here:
            row = self._found.take()
            yield from [_added(self._title, row)] if row.cells else []

    def _one(self, line: Line, row: FoundRow) -> Iterator[Finding]:
        """The next line and the next row, or those that stand where there should be none."""
        cells = list(_cells(self._title, line, row))
        missing = self._due.until(lambda one: _agree(one[1], row)) if cells and row.cells else 0
        added = self._found.until(lambda one: _agree(line, one)) if cells and not missing else 0
        if missing:
            yield from (_missing(self._title, *self._due.take()) for _ in range(missing))
        elif added:
            yield from (_added(self._title, self._found.take()) for _ in range(added))
        else:
            yield from cells
            self._both()

    def _both(self) -> None:
        self._due.take()
        self._found.take()


def _with_gaps(rows: Iterator[FoundRow]) -> Iterator[FoundRow]:
    """The rows of a sheet with the empty ones between them, which a file may leave out."""
    last = 0
    for row in rows:
        yield from (FoundRow(gap, b"", dict) for gap in range(last + 1, row.number))
        yield row
        last = row.number


def _agree(line: Line, row: FoundRow) -> bool:
    """Whether a row with anything in it is the line, to the last cell."""
    return any(line.values) and not next(_cells("", line, row), None)


def _cells(title: str, line: Line, row: FoundRow) -> Iterator[Finding]:
    """Every cell of a row that is not as its line has it."""
    width, number, cells = len(line.values), row.number, row.cells
    for column, (style, value) in enumerate(zip(line.styles, line.values, strict=True), 1):
        found = cells.get(column, NOTHING)
        differs = wrong(style, value, found)
        if differs:
            yield Finding(
                what=differs.what,
                sheet=title,
                cell=f"{get_column_letter(column)}{number}",
                found=differs.found,
                due=differs.due,
            )
    for column in sorted(column for column in cells if column > width):
        differs = wrong(Style.TEXT, None, cells[column])
        if differs:
            cell = f"{get_column_letter(column)}{number}"
            yield Finding(what="value", sheet=title, cell=cell, found=differs.found)


def _missing(title: str, number: int, line: Line) -> Finding:
    values = (said(style, value) for style, value in zip(line.styles, line.values, strict=True))
    return Finding(what="row_missing", sheet=title, cell=f"{number}:{number}", due=_joined(values))


def _added(title: str, row: FoundRow) -> Finding:
    values = (row.cells[column].value for column in sorted(row.cells))
    cell = f"{row.number}:{row.number}"
    return Finding(what="row_added", sheet=title, cell=cell, found=_joined(values))


def _joined(values: Iterable[str]) -> str:
    return " | ".join(filter(None, values))
