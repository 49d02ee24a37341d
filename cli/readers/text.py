"""From bytes to cells: which encoding, and which rows.

The order matters: a byte-order mark, then strict UTF-8, then strict GB18030, then refuse. A UTF-8 file read
as GB18030 gives wrong characters without an error, so GB18030 is tried last.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from cli.errors import BadCell

_BOM = b"\xef\xbb\xbf"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SIZE_MAX = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One row of a CSV file: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


def decode(content: bytes) -> tuple[str, str]:
    """The name of the encoding and the text without its mark; `BadCell` names why there is none."""
    _refuse_unreadable(content)
    if content.startswith(_BOM):
        return "utf-8-sig", _decoded(content[len(_BOM) :], "utf-8")
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030", _decoded(content, "gb18030")


def raw_rows(text: str) -> Iterator[RawRow]:
    """The rows that hold anything, numbered from 1; `BadCell` for an open quote or an endless field."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield RawRow(number=number, cells=tuple(cells))
    except csv.Error as error:
        raise BadCell("broken_csv", f"({error}, line {reader.line_num})") from error


def _refuse_unreadable(content: bytes) -> None:
    if len(content) > SIZE_MAX:
        raise BadCell("too_big")
    if content.startswith(_WORKBOOKS):
        raise BadCell("spreadsheet")
    if b"\x00" in content:
        raise BadCell("nul")
    if not content.removeprefix(_BOM).strip():
        raise BadCell("empty_file")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadCell("bad_encoding") from error
