"""From raw rows to the values of a known layout, with every fault of every row.

The heading decides the layout; each cell is then read as its column's type. Whatever does not fit becomes a
Fault with its row, its column and its masked value, and the table is refused once all of it has been seen.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TypeVar

from calculators.masking import mask
from calculators.money import format_yuan
from cli.errors import BadCell, BadFile, Fault
from cli.readers.cells import Value, clean, read_cell
from cli.readers.layouts import Column, Heading, clean_name, distance, read_heading
from cli.readers.text import RawRow

FAULTS_MAX = 200
_EXCEL_DIGITS = 15
_EXCEL_ROWS_MIN = 3
_NAMES_MAX = 10
_HEADINGS_MIN = 3
_TITLES_MAX = 10
_TOTALS_MAX = 10
_VALUE = re.compile(
    r"[0-9]{8,32}|-?[0-9]{1,12}\.[0-9]{1,2}|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?: [0-9:]{1,8})?"
)
_TOTAL_WORDS = ("合计", "总计", "小计")

_Row = TypeVar("_Row")


def known_heading(name: str, table: Iterable[RawRow]) -> tuple[Heading, Iterator[RawRow]]:
    """The heading and the rows below it; `BadFile` names the nearest layout and what keeps the table from it.

    A courier's bill may have a title above its heading, and the price-protection export a second row below it.
    """
    rows = iter(table)
    above = list(islice(rows, _TITLES_MAX))
    if not above:
        raise BadFile([Fault(code="empty_file", file=name)])
    place, heading = _found(above)
    number = above[place].number
    if heading.missing or _holds_values(heading):
        raise BadFile([Fault(code="unknown_layout", file=name, row=number, detail=_nearest(heading))])
    below = above[place + 1 :]
    if below and (whole := _with_second_row(heading, above[place], below[0])):
        heading, below = whole, below[1:]
    refuse(
        [Fault(code="duplicate_column", file=name, row=number, column=column) for column in heading.doubled]
    )
    return heading, _chained(below, rows)


def read_rows(name: str, heading: Heading, body: Iterable[RawRow], make: Callable[..., _Row]) -> list[_Row]:
    """What `make` makes of each row's typed values by field; `BadFile` carries every fault of the body, up to 200."""
    rows: list[_Row] = []
    faults: list[Fault] = []
    totals: list[RawRow] = []
    for row in body:
        if _is_total(heading, row):
            totals.append(row)
            refuse(_totals_without_end(name, totals))
            continue
        values, wrong = _read_row(name, heading, row)
        faults += wrong[: FAULTS_MAX - len(faults)]
        if len(faults) == FAULTS_MAX:
            break
        if not wrong:
            rows.append(make(**values))
    refuse([*faults, *_repeated(name, heading, rows), *_rounded(name, heading, rows)])
    refuse([fault for total in totals for fault in _total(name, heading, total, rows)])
    return rows


def refuse(faults: Sequence[Fault]) -> None:
    """Raises `BadFile` where there is any fault; no more than the first 200 are kept."""
    if faults:
        raise BadFile(faults[:FAULTS_MAX])


def _found(above: Sequence[RawRow]) -> tuple[int, Heading]:
    """The first row that is a heading, where those above it hold less than it; else the row that is nearest."""
    nearest = 0, read_heading(above[0].cells)
    widest = 0
    for place, row in enumerate(above):
        heading = read_heading(row.cells)
        if not heading.missing and widest < len(heading.places):
            return place, heading
        widest = max(widest, sum(1 for cell in row.cells if cell.strip()))
        is_nearer = distance(heading) < distance(nearest[1]) and len(heading.places) >= _HEADINGS_MIN
        if heading.missing and is_nearer:
            nearest = place, heading
    return nearest


def _with_second_row(heading: Heading, upper: RawRow, lower: RawRow) -> Heading | None:
    """The heading of both rows, where the second is nothing but other headings of the layout than the first's."""
    pairs = [
        (clean_name(above), clean_name(below))
        for above, below in zip_longest(upper.cells, lower.cells, fillvalue="")
    ]
    named = [(above, below) for above, below in pairs if below]
    if not named or not all(below != above and heading.layout.knows(below) for above, below in named):
        return None
    whole = read_heading([below or above for above, below in pairs])
    return None if whole.missing else whole


def _chained(first: Sequence[RawRow], rest: Iterator[RawRow]) -> Iterator[RawRow]:
    yield from first
    yield from rest


def _nearest(heading: Heading) -> str:
    """What would make it the nearest layout; a first row that may be a buyer's data is masked."""
    layout = heading.layout
    missing = "、".join(heading.missing) or "-"
    is_heading = len(heading.places) >= _HEADINGS_MIN and not _holds_values(heading)
    strange = heading.unknown if is_heading else heading.unread
    unknown = [name if is_heading else mask(name) for name in strange[:_NAMES_MAX]]
    lacking = f"最接近 nearest: {layout.zh} {layout.en}; 缺少 missing: {missing}"
    return f"[{lacking}; 未知 unknown: {'、'.join(unknown) or '-'}]"


def _holds_values(heading: Heading) -> bool:
    """Whether a row of values has run into the heading, as where a line end is lost: its people are not to be told."""
    return any(_VALUE.fullmatch(clean(name)) for name in heading.unread)


def _read_row(name: str, heading: Heading, row: RawRow) -> tuple[dict[str, Value], list[Fault]]:
    cells = _fitted(row, heading.width)
    if len(cells) != heading.width:
        counted = f"({len(cells)} / {heading.width})"
        return {}, [Fault(code="ragged_row", file=name, row=row.number, detail=counted)]
    values: dict[str, Value] = {"row": row.number}
    faults = _unnamed(name, heading, row)
    for column, place in heading.placed:
        cell = clean(cells[place])
        try:
            values[column.field] = _read_column(column, cell, row.wrong.get(place))
        except BadCell as fault:
            faults.append(_cell_fault(name, row, (column, cell), fault))
    return values, faults


def _fitted(row: RawRow, width: int) -> tuple[str, ...]:
    """A workbook's row filled up to the heading's width, for it ends with its last filled cell."""
    return row.cells + ("",) * (width - len(row.cells)) if row.loose else row.cells


def _read_column(column: Column, cell: str, wrong: str | None) -> Value:
    if wrong:
        raise BadCell(wrong)
    value = read_cell(column.type, cell) if cell or not column.filled else None
    if column.filled and value is None:
        raise BadCell("missing_value")
    return value


def _cell_fault(name: str, row: RawRow, place: tuple[Column, str], fault: BadCell) -> Fault:
    column, cell = place
    shown = "" if column.type == "text" else mask(cell)
    return Fault(
        code=fault.code, file=name, row=row.number, column=column.names[0], value=shown, detail=fault.detail
    )


def _unnamed(name: str, heading: Heading, row: RawRow) -> list[Fault]:
    filled = any(clean(row.cells[place]) for place in heading.unnamed if place < len(row.cells))
    return [Fault(code="unnamed_column", file=name, row=row.number)] if filled else []


def _is_total(heading: Heading, row: RawRow) -> bool:
    """Whether a row is the closing 合计 of a layout that has one."""
    if not heading.layout.total:
        return False
    firsts = [cell for cell in map(clean, row.cells) if cell][:1]
    return bool(firsts) and firsts[0].startswith(_TOTAL_WORDS)


def _totals_without_end(name: str, totals: Sequence[RawRow]) -> list[Fault]:
    """Each total is held against all rows, so a table of totals would never be done."""
    detail = f"(> {_TOTALS_MAX})"
    many = len(totals) > _TOTALS_MAX
    return [Fault(code="wrong_totals", file=name, row=totals[-1].number, detail=detail)] if many else []


def _total(name: str, heading: Heading, total: RawRow, rows: Sequence[object]) -> list[Fault]:
    """The sum that a closing row says must be the sum of the rows; a row below it is of another bill."""
    column = heading.layout.column(heading.layout.total)
    late = [_row_of(row) for row in rows if _row_of(row) > total.number]
    if late:
        return [Fault(code="after_footer", file=name, row=late[0])]
    cells = total.cells + ("",) * heading.width  # the row may end with its sum
    cell = clean(cells[heading.places[column.field]])
    found = sum(getattr(row, column.field) or 0 for row in rows)
    try:
        if not cell or read_cell(column.type, cell) == found:
            return []
    except BadCell as fault:
        return [_cell_fault(name, total, (column, cell), fault)]
    detail = f"(≠ {format_yuan(found)})"
    return [
        Fault(
            code="wrong_totals",
            file=name,
            row=total.number,
            column=column.names[0],
            value=mask(cell),
            detail=detail,
        )
    ]


def _repeated(name: str, heading: Heading, rows: Sequence[object]) -> list[Fault]:
    seen: set[tuple[Value, ...]] = set()
    faults = []
    for row in rows:
        key = tuple(getattr(row, field) for field in heading.layout.unique)
        if key in seen:
            faults.append(_number_fault("duplicate_row", name, heading, row))
        if key and key[0] is not None:
            seen.add(key)
    return faults


def _rounded(name: str, heading: Heading, rows: Sequence[object]) -> list[Fault]:
    """Excel keeps fifteen digits: where every long number ends in zeros, they were lost."""
    field = next(iter(heading.layout.unique), "")
    if len(rows) < _EXCEL_ROWS_MIN or not field:
        return []
    numbers = [str(getattr(row, field) or "") for row in rows]
    long = all(len(number) > _EXCEL_DIGITS for number in numbers)
    lost = all(number[_EXCEL_DIGITS:].rstrip("0") == "" for number in numbers)
    return [_number_fault("rounded_numbers", name, heading, rows[0])] if lost and long else []


def _number_fault(code: str, name: str, heading: Heading, row: object) -> Fault:
    column = heading.layout.column(heading.layout.unique[0])
    value = mask(str(getattr(row, column.field)))
    return Fault(code=code, file=name, row=_row_of(row), column=column.names[0], value=value)


def _row_of(row: object) -> int:
    return int(getattr(row, "row", 0))
