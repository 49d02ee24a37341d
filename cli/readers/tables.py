"""From raw rows to the values of a known layout, with every fault of every row.

The heading decides the layout; each cell is then read as its column's type. Whatever does not fit becomes a
Fault with its row, its column and its masked value, and the table is refused once all of it has been seen.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from calculators.masking import mask
from cli.errors import BadCell, BadFile, Fault
from cli.readers.cells import Value, clean, read_cell
from cli.readers.layouts import Column, Heading, read_heading
from cli.readers.text import RawRow

_FAULTS_MAX = 200
_EXCEL_DIGITS = 15
_EXCEL_ROWS_MIN = 3
_NAMES_MAX = 10
_HEADINGS_MIN = 3

_Row = TypeVar("_Row")
_Number = tuple[int, Value]


def known_heading(name: str, first: RawRow | None) -> Heading:
    """The heading in a table's first row; `BadFile` names the nearest layout and what keeps it from it."""
    if first is None:
        raise BadFile([Fault(code="empty_file", file=name)])
    heading = read_heading(first.cells)
    row = first.number
    if heading.missing:
        raise BadFile([Fault(code="unknown_layout", file=name, row=row, detail=_nearest(heading))])
    refuse([Fault(code="duplicate_column", file=name, row=row, column=column) for column in heading.doubled])
    return heading


def read_rows(name: str, heading: Heading, body: Iterable[RawRow], make: Callable[..., _Row]) -> list[_Row]:
    """What `make` makes of each row's typed values by field; `BadFile` carries every fault of the body."""
    rows: list[_Row] = []
    faults: list[Fault] = []
    numbers: list[_Number] = []
    for row in body:
        values, wrong = _read_row(name, heading, row)
        faults += wrong[: _FAULTS_MAX - len(faults)]
        if not wrong:
            rows.append(make(**values))
            numbers.append((row.number, values.get(heading.layout.unique)))
    refuse([*faults, *_repeated(name, heading, numbers), *_rounded(name, heading, numbers)])
    return rows


def refuse(faults: Sequence[Fault]) -> None:
    """Raises `BadFile` where there is any fault; no more than the first 200 are kept."""
    if faults:
        raise BadFile(faults[:_FAULTS_MAX])


def _nearest(heading: Heading) -> str:
    """What would make it the nearest layout; a first row that may be a buyer's data is masked."""
    layout = heading.layout
    missing = "、".join(heading.missing)
    is_heading = len(heading.places) >= _HEADINGS_MIN
    unknown = [name if is_heading else mask(name) for name in heading.unread[:_NAMES_MAX]]
    lacking = f"最接近 nearest: {layout.zh} {layout.en}; 缺少 missing: {missing}"
    return f"[{lacking}; 未知 unknown: {'、'.join(unknown) or '-'}]"


def _read_row(name: str, heading: Heading, row: RawRow) -> tuple[dict[str, Value], list[Fault]]:
    if len(row.cells) != heading.width:
        counted = f"({len(row.cells)} / {heading.width})"
        return {}, [Fault(code="ragged_row", file=name, row=row.number, detail=counted)]
    values: dict[str, Value] = {"row": row.number}
    faults = _unnamed(name, heading, row)
    for column in heading.layout.columns:
        if column.field not in heading.places:
            continue
        cell = clean(row.cells[heading.places[column.field]])
        try:
            values[column.field] = _read_column(column, cell)
        except BadCell as fault:
            faults.append(_cell_fault(name, row, (column, cell), fault))
    return values, faults


def _read_column(column: Column, cell: str) -> Value:
    if column.filled and not cell:
        raise BadCell("missing_value")
    return read_cell(column.type, cell)


def _cell_fault(name: str, row: RawRow, place: tuple[Column, str], fault: BadCell) -> Fault:
    column, cell = place
    shown = "" if column.type == "text" else mask(cell)
    return Fault(
        code=fault.code, file=name, row=row.number, column=column.names[0], value=shown, detail=fault.detail
    )


def _unnamed(name: str, heading: Heading, row: RawRow) -> list[Fault]:
    filled = any(clean(row.cells[place]) for place in heading.unnamed)
    return [Fault(code="unnamed_column", file=name, row=row.number)] if filled else []


def _repeated(name: str, heading: Heading, numbers: Sequence[_Number]) -> list[Fault]:
    seen: set[Value] = set()
    faults = []
    for row, number in numbers:
        if number is not None and number in seen:
            faults.append(_number_fault("duplicate_row", name, heading, (row, number)))
        seen.add(number)
    return faults


def _rounded(name: str, heading: Heading, numbers: Sequence[_Number]) -> list[Fault]:
    """Excel keeps fifteen digits: where every long number ends in zeros, they were lost."""
    if len(numbers) < _EXCEL_ROWS_MIN:
        return []
    lost = all(str(number or "")[_EXCEL_DIGITS:].rstrip("0") == "" for _, number in numbers)
    long = all(len(str(number or "")) > _EXCEL_DIGITS for _, number in numbers)
    return [_number_fault("rounded_numbers", name, heading, numbers[0])] if lost and long else []


def _number_fault(code: str, name: str, heading: Heading, number: _Number) -> Fault:
    field = heading.layout.unique
    column = next(column for column in heading.layout.columns if column.field == field)
    return Fault(code=code, file=name, row=number[0], column=column.names[0], value=mask(str(number[1])))
