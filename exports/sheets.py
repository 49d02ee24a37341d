"""A list of the workbook: its columns, its rows and the addresses other sheets may refer to.

Every list is laid out alike: its title in row 1, totals in row 2, headings in row 3, rows below. What stands
above the list keeps its place however long the list is, stays in sight under frozen panes and leaves the list
itself free to sort and filter. A list longer than a sheet goes on in a second one, and every formula over it
covers all of its parts. Rows are gone through and never held: a list may be longer than the memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from openpyxl.chart._chart import ChartBase
from openpyxl.utils import get_column_letter

from exports.cells import Formula, Line, Value, yuan_digits
from exports.styles import Style

ROWS_MAX = 1_048_576
TITLE_ROW, TOTALS_ROW, HEADING_ROW = 1, 2, 3
FIRST_ROW = 4
CONTENTS = "封面"
TITLE_HEIGHT = 26
_LINE_HEIGHT, _LEADING, _MARGIN, _WIDE_FROM = 14, 4, 3, 0x2E80

Row = TypeVar("Row")
Place = tuple[str, str]  # the cell in which a chart begins and the one before which it ends


class Kind(Enum):
    """What a column holds, which decides how its cells look."""

    TEXT = Style.TEXT
    PROSE = Style.PROSE
    DAY = Style.DAY
    MOMENT = Style.MOMENT
    RATE = Style.RATE
    AMOUNT = Style.AMOUNT
    NUMBER = Style.NUMBER
    VERDICT = Style.VERDICT


_TOTAL_STYLE = {Kind.AMOUNT: Style.TOTAL, Kind.NUMBER: Style.TOTAL_NUMBER, Kind.VERDICT: Style.VERDICT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its heading, how wide it prints, how a row gives its value, and whether it is summed above."""

    title: str
    kind: Kind
    width: int
    value: Callable[[Row], Value]
    summed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A named table on a sheet: its name, where it lies, and its headings."""

    name: str
    cells: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One sheet of a workbook: its name, its lines from row 1, and how it stands on screen and paper.

    `frozen` is the first cell that scrolls, `repeated` the rows printed on every page; `charts` makes the charts,
    each with its place; `upright` puts the whole on one page of upright paper. `rows` and `total` are what the
    contents say of it, `about` in words.
    """

    title: str
    lines: Callable[[], Iterable[Line]]
    last_row: int
    widths: tuple[int, ...]
    frozen: str | None = None
    repeated: str | None = None
    merged: tuple[str, ...] = ()
    upright: bool = False
    tables: tuple[Area, ...] = ()
    charts: Callable[[], Sequence[tuple[Place, ChartBase]]] = tuple
    rows: int | None = None
    total: Formula | None = None
    about: str = ""


Watch = Callable[[Tab, Iterable[Line]], Iterable[Line]]


def unwatched(_tab: Tab, lines: Iterable[Line]) -> Iterable[Line]:
    """The lines as they are, where nobody wants to see them pass."""
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a list that stands on a sheet of its own: from which of its rows, and how many."""

    title: str
    table: str
    start: int
    count: int

    @property
    def last_row(self) -> int:
        """The stretch's last row; an empty list keeps one blank row, for a table must have one."""
        return FIRST_ROW + max(self.count, 1) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[Row]):
    """One list: `title` is its tab, `table` the name filters know it by, `sums` what its columns add up to.

    `rows` can be gone through again and again, and are `count`; `rows_max` is how many a sheet takes. `headline` is
    the column that says what the list comes to; `withheld` says that its amounts stand with the other sign.
    """

    title: str
    table: str
    columns: tuple[Column[Row], ...]
    rows: Iterable[Row]
    count: int
    sums: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    label: str = "合计"
    above: Mapping[str, Value] = field(default_factory=dict)
    frozen: int = 0
    headline: str = ""
    withheld: bool = False
    rows_max: int = ROWS_MAX

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sheets the list takes: one, unless it is longer than that."""
        room = self.rows_max - HEADING_ROW
        starts = range(0, max(self.count, 1), room)
        return tuple(
            Part(
                title=self.title if not start else f"{self.title} ({number})",
                table=self.table if not start else f"{self.table}_{number}",
                start=start,
                count=min(room, self.count - start),
            )
            for number, start in enumerate(starts, 1)
        )

    def ranges(self, column_title: str) -> tuple[str, ...]:
        """The addresses of a column's values, one a part, sheet included, for a formula on any sheet."""
        letter = self.letter(column_title)
        return tuple(f"'{part.title}'!${letter}${FIRST_ROW}:${letter}${part.last_row}" for part in self.parts)

    def letter(self, column_title: str) -> str:
        """The letter of a column; `ValueError` for one that is not there."""
        return get_column_letter([column.title for column in self.columns].index(column_title) + 1)

    def total(self, column_title: str) -> str:
        """The address of a column's total."""
        return f"'{self.title}'!${self.letter(column_title)}${TOTALS_ROW}"

    def shows(self, column_title: str) -> str:
        """The digits of a column's total."""
        kind = next(column.kind for column in self.columns if column.title == column_title)
        total = self.sums[column_title]
        return yuan_digits(total) if kind is Kind.AMOUNT else str(total)

    def area(self, part: Part) -> Area:
        """A part with its headings, as a named table."""
        cells = f"A{HEADING_ROW}:{get_column_letter(len(self.columns))}{part.last_row}"
        return Area(name=part.table, cells=cells, headings=tuple(column.title for column in self.columns))

    def lines(self, part: Part) -> Iterator[Line]:
        """Every row of a part's sheet, from row 1."""
        yield self._title_line(part)
        yield self._totals_line()
        yield Line(
            styles=tuple(heading_style(column.kind) for column in self.columns),
            values=tuple(column.title for column in self.columns),
        )
        styles = tuple(column.kind.value for column in self.columns)
        getters = tuple(column.value for column in self.columns)
        wrapped = [(n, column.width) for n, column in enumerate(self.columns) if column.kind is Kind.PROSE]
        for row in islice(self.rows, part.start, part.start + part.count):
            values = tuple([get(row) for get in getters])
            yield Line(
                styles=styles, values=values, height=wrapped_height(values, wrapped) if wrapped else None
            )

    def _title_line(self, part: Part) -> Line:
        """The list's name, the way back to the contents, and what the list is."""
        note = self.note if self.count else f"{self.note}（本期无）"
        return Line(
            styles=(Style.TITLE, Style.NOTE, Style.LINK, Style.NOTE),
            values=(part.title, None, link(CONTENTS, "返回封面"), note),
            height=TITLE_HEIGHT,
        )

    def _totals_line(self) -> Line:
        values = [self._above(column) for column in self.columns]
        if self.sums:
            values[0] = self.label if values[0] is None else values[0]
        styles = tuple(_TOTAL_STYLE.get(column.kind, Style.TOTAL_TEXT) for column in self.columns)
        return Line(styles=styles, values=tuple(values))

    def _above(self, column: Column[Row]) -> Value:
        if column.title in self.above or not column.summed:
            return self.above.get(column.title)
        whole = f"SUM({','.join(self.ranges(column.title))})"
        return Formula(expression=whole, shows=self.shows(column.title))


def tabs_of(sheet: Sheet[Any]) -> list[Tab]:
    """The sheets a list takes; the first bears its row count and what the list comes to."""
    headline = sheet.headline
    total = Formula(expression=sheet.total(headline), shows=sheet.shows(headline)) if headline else None
    return [
        Tab(
            title=part.title,
            lines=partial(sheet.lines, part),
            last_row=part.last_row,
            widths=tuple(column.width for column in sheet.columns),
            frozen=f"{get_column_letter(sheet.frozen + 1)}{FIRST_ROW}",
            repeated=f"{TITLE_ROW}:{HEADING_ROW}",
            tables=(sheet.area(part),),
            rows=None if part.start else sheet.count,
            total=None if part.start else total,
            about=sheet.note,
        )
        for part in sheet.parts
    ]


def heading_style(kind: Kind) -> Style:
    """How the heading over a column looks: on the side where its figures end."""
    return Style.HEADING_OF_NUMBERS if kind in {Kind.AMOUNT, Kind.NUMBER, Kind.RATE} else Style.HEADING


def wrapped_height(values: Sequence[Value], wrapped: Iterable[tuple[int, int]]) -> int | None:
    """How high a row must be for its wrapped texts (place and column width of each); none for a single line."""
    lines = max(-(-_breadth(values[place]) // (width - _MARGIN)) for place, width in wrapped)
    return lines * _LINE_HEIGHT + _LEADING if lines > 1 else None


def _breadth(value: Value) -> int:
    """How wide a text is in half characters; a 汉字 takes two."""
    return sum(2 if ord(letter) >= _WIDE_FROM else 1 for letter in value) if isinstance(value, str) else 0


def link(title: str, words: str) -> Formula:
    """Words that lead to the top of another sheet."""
    return Formula(expression=f'HYPERLINK("#\'{title}\'!A1","{words}")', shows=words, words=True)


def listed(
    title: str, table: str, columns: tuple[Column[Any], ...], rows: Sequence[Any], **more: Any
) -> Sheet[Any]:
    """A list that is short enough to be held: counted and summed here."""
    count, sums = counted_and_summed(columns, rows)
    return Sheet(title=title, table=table, columns=columns, rows=rows, count=count, sums=sums, **more)


def counted_and_summed(columns: tuple[Column[Row], ...], rows: Iterable[Row]) -> tuple[int, dict[str, int]]:
    """How many rows there are, and what each summed column adds up to, in one passage."""
    getters = {column.title: column.value for column in columns if column.summed}
    count, sums = 0, dict.fromkeys(getters, 0)
    for row in rows:
        count += 1
        for title, get in getters.items():
            sums[title] += _whole(get(row))
    return count, sums


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
