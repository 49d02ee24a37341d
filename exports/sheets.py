"""A sheet of the workbook: its columns, its rows and the addresses other sheets may refer to.

Every list is laid out alike: totals in row 1, headings in row 2, rows below. Totals above the list keep their
place however long it is, stay in sight under frozen panes and leave the list itself free to sort and filter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Generic, TypeVar

from openpyxl.utils import get_column_letter

from exports.cells import Formula, yuan_digits
from exports.errors import TooManyRows

ROWS_MAX = 1_048_576
TOTALS_ROW = 1
HEADING_ROW = 2
FIRST_ROW = 3

Row = TypeVar("Row")
Value = str | int | date | Formula | None
Total = Callable[[str, Sequence[Value]], Formula | str]


class Kind(Enum):
    """What a column holds, which decides how its cells are made."""

    TEXT = auto()
    DAY = auto()
    AMOUNT = auto()
    NUMBER = auto()
    DIFFERENCE = auto()
    VERDICT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its heading, how wide it prints, how a row gives its value and what stands above it."""

    title: str
    kind: Kind
    width: int
    value: Callable[[Row], Value]
    total: Total | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[Row]):
    """One list on one sheet: `title` is the tab, `table` the name formulas and filters know it by."""

    title: str
    table: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]

    @property
    def last_row(self) -> int:
        """The list's last row; an empty list keeps one blank row, for a table must have one."""
        return FIRST_ROW + max(len(self.rows), 1) - 1

    @property
    def area(self) -> str:
        """The list with its headings, such as A2:F30."""
        return f"A{HEADING_ROW}:{get_column_letter(len(self.columns))}{self.last_row}"

    def cells(self, column_title: str) -> str:
        """The address of a column's values, sheet included, for a formula on any sheet."""
        titles = [column.title for column in self.columns]
        letter = get_column_letter(titles.index(column_title) + 1)
        return f"'{self.title}'!${letter}${FIRST_ROW}:${letter}${self.last_row}"

    def totals(self) -> list[Formula | str | None]:
        """What row 1 shows over each column."""
        return [
            column.total and column.total(self.cells(column.title), self._values(column))
            for column in self.columns
        ]

    def _values(self, column: Column[Row]) -> list[Value]:
        return [column.value(row) for row in self.rows]


def refuse_too_many(sheet: Sheet[Row]) -> None:
    """`TooManyRows` for a list that does not fit one sheet with its totals and headings."""
    if sheet.last_row > ROWS_MAX:
        raise TooManyRows(
            f"{sheet.title} has {len(sheet.rows)} rows and a sheet takes {ROWS_MAX - FIRST_ROW + 1};"
            " ask for a shorter period or one shop at a time"
        )


def summed(cells: str, values: Sequence[Value]) -> Formula:
    """The total of a column of fen."""
    return Formula(
        expression=f"SUM({cells})", shows=yuan_digits(sum(v for v in values if isinstance(v, int)))
    )


def labelled(text: str) -> Total:
    """A word or two above a column that has no total."""
    return lambda _cells, _values: text
