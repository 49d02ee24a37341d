"""From bytes to cells: which encoding, and which rows.

The order matters: a byte-order mark, then strict UTF-8, then strict GB18030, then refuse. A UTF-8 file read
as GB18030 gives wrong characters without an error, so GB18030 is tried last.

A text is never held whole: one emoji makes it four times as large as its file, and a file may be made to do that.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from cli.errors import BadCell

_BOM = b"\xef\xbb\xbf"
SIZE_MAX = 50 * 1024 * 1024
JSON_MAX = 10 * 1024 * 1024  # what JSON holds may take twenty times its text
ROWS_MAX = 200_000
COLUMNS_MAX = 500
_LINES_MAX = 2 * ROWS_MAX  # a cell may hold a line end of its own, so lines are no rows yet
_LINE_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One row of a table: its number as a spreadsheet shows it, and its cells.

    A workbook's row ends with its last filled cell, so it is `loose`; `wrong` names the fault of a cell that a
    workbook has damaged, by its place.
    """

    number: int
    cells: tuple[str, ...]
    loose: bool = False
    wrong: Mapping[int, str] = field(default_factory=dict)


def encoding_of(content: bytes) -> str:
    """The name of the encoding that all of a file is in; `BadCell` names why there is none."""
    if b"\x00" in content:
        raise BadCell("nul")
    tried = ("utf-8-sig",) if content.startswith(_BOM) else ("utf-8", "gb18030")
    for encoding in tried:
        if _is_in(encoding, content):
            return encoding
    raise BadCell("bad_encoding")


def lines(content: bytes, encoding: str) -> Iterator[str]:
    """The lines of a file with their ends, decoded as they are asked for; `BadCell` for too many or one too long."""
    if content.count(b"\n") > _LINES_MAX:
        raise BadCell("too_many_rows", f"({ROWS_MAX})")
    with _opened(content, encoding) as opened:
        for line in iter(partial(opened.readline, _LINE_MAX + 1), ""):
            if len(line) > _LINE_MAX:
                raise BadCell("broken_csv", f"(a line of more than {_LINE_MAX} characters)")
            yield line


def begins_with(marks: tuple[str, ...], content: bytes, encoding: str) -> bool:
    """Whether the first character of a file that is no blank is one of the marks."""
    with _opened(content, encoding) as opened:
        said = (part.lstrip() for part in iter(partial(opened.read, _LINE_MAX), ""))
        return next((part for part in said if part), "").startswith(marks)


def is_blank(content: bytes) -> bool:
    """Whether a file holds nothing but a mark and blanks."""
    return not content.removeprefix(_BOM).strip()


def raw_rows(content: bytes, encoding: str) -> Iterator[RawRow]:
    """The rows that hold anything, numbered from 1; `BadCell` for an open quote or an endless field."""
    reader = csv.reader(lines(content, encoding), strict=True)
    try:
        yield from bounded(
            RawRow(number=number, cells=tuple(cells)) for number, cells in enumerate(reader, start=1)
        )
    except csv.Error as error:
        raise BadCell("broken_csv", f"({error}, line {reader.line_num})") from error


def bounded(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    """The rows that hold anything; `BadCell` for more rows or columns than any report of a month has."""
    for row in rows:
        if row.number > ROWS_MAX:
            raise BadCell("too_many_rows", f"({ROWS_MAX})")
        if len(row.cells) > COLUMNS_MAX:
            raise BadCell("too_many_columns", f"({len(row.cells)} / {COLUMNS_MAX})")
        if any(cell.strip() for cell in row.cells):
            yield row


def _opened(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _is_in(encoding: str, content: bytes) -> bool:
    with _opened(content, encoding) as opened:
        try:
            while opened.read(_LINE_MAX):
                pass
        except UnicodeDecodeError:
            return False
    return True
