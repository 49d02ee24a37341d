"""From bytes to cells: which encoding, and which rows.

The order matters: a byte-order mark, then strict UTF-8, then strict GB18030, then refuse. A UTF-8 file read
as GB18030 gives wrong characters without an error, so GB18030 is tried last.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cli.errors import BadCell

_BOM = b"\xef\xbb\xbf"
SIZE_MAX = 50 * 1024 * 1024
ROWS_MAX = 300_000
COLUMNS_MAX = 500
_LINES_MAX = 2 * ROWS_MAX  # a cell may hold a line end of its own, so lines are no rows yet


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


def decode(content: bytes) -> tuple[str, str]:
    """The name of the encoding and the text without its mark; `BadCell` names why there is none."""
    if b"\x00" in content:
        raise BadCell("nul")
    if content.startswith(_BOM):
        return "utf-8-sig", _decoded(content[len(_BOM) :], "utf-8")
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030", _decoded(content, "gb18030")


def is_blank(content: bytes) -> bool:
    """Whether a file holds nothing but a mark and blanks."""
    return not content.removeprefix(_BOM).strip()


def raw_rows(text: str) -> Iterator[RawRow]:
    """The rows that hold anything, numbered from 1; `BadCell` for an open quote or an endless field."""
    if text.count("\n") > _LINES_MAX:
        raise BadCell("too_many_rows", f"({ROWS_MAX})")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadCell("bad_encoding") from error
