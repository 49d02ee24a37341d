"""A workbook as rows of text: looked through before it is parsed, read row by row, each cell as it was typed.

A workbook has types where a CSV has letters. A number of more than fifteen digits has lost the rest, a formula
is nobody's export, and both become the fault of their cell. What a spreadsheet program would refuse or choke on
(entities, rows out of order, a text without end) is refused before any of it is parsed.
"""

import re
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from cli.errors import BadCell
from cli.readers.archives import Archive, damaged_is_refused
from cli.readers.text import ROWS_MAX, RawRow, bounded

if TYPE_CHECKING:
    from openpyxl import Workbook

OLD = b"\xd0\xcf\x11\xe0"
TYPES = "[Content_Types].xml"
SECONDS_MAX = 120
PART_MAX = 200 * 1024 * 1024
STRINGS_MAX = 64 * 1024 * 1024
_BOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_CORE = "docProps/core.xml"
_OURS = re.compile(rb"<dc:creator(?: [^>]*)?>Settle</dc:creator>")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1024 * 1024
_MACROS = (b"macroEnabled", b"macrosheet")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_ROW = re.compile(rb"<(?:[A-Za-z0-9]+:)?row\b[^<>]*?\sr=[\"']([0-9]{1,9})[\"']")
_SHEET = re.compile(rb"<(?:[A-Za-z0-9]+:)?sheet\s")
_WRAPPED = re.compile(r'="[^"]*"')
_EXCEL_DIGITS_MAX = 10**15
_TEXT_MAX = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook: its name and its rows, read as they are asked for."""

    name: str
    rows: Iterator[RawRow]


def refuse_old(content: bytes) -> None:
    """`BadCell` for a workbook of the old kind, or one with a password, which is wrapped in the old kind."""
    if content.startswith(OLD):
        raise BadCell("encrypted" if _ENCRYPTED in content else "spreadsheet")


def is_ours(archive: Archive) -> bool:
    """Whether Settle wrote the workbook itself: a folder of exports may hold the month's own workbook too."""
    return _CORE in archive.members and _OURS.search(archive.content(_CORE, _CHUNK)) is not None


def sheets(content: bytes, archive: Archive) -> Iterator[Sheet]:
    """The sheets of a workbook in their order; `BadCell` names why it may not be read."""
    _look_through(archive)
    until = time.monotonic() + SECONDS_MAX
    with _as_refusals():
        book = _opened(content)
    declared = len(_SHEET.findall(archive.content(_BOOK, _CHUNK)))
    if declared != len(book.sheetnames):
        raise BadCell("broken_workbook", f"({declared} / {len(book.sheetnames)} sheets)")
    for sheet in book.worksheets:
        yield Sheet(name=sheet.title, rows=bounded(_rows(sheet, until)))


def _opened(content: bytes) -> "Workbook":
    from openpyxl import load_workbook

    # Of a style that is not there the library tells whoever reads our output.
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(content), read_only=True, keep_links=False)


@contextmanager
def _as_refusals() -> Iterator[None]:
    """The library answers damage with whatever exception comes; to a user all of it is a broken workbook."""
    try:
        yield
    except BadCell:
        raise
    except MemoryError as error:
        raise BadCell("zip_bomb") from error
    except Exception as error:
        raise BadCell("broken_workbook", f"({type(error).__name__})") from error


def _rows(sheet: Any, until: float) -> Iterator[RawRow]:
    with _as_refusals(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if time.monotonic() > until:
                raise BadCell("too_slow", f"({SECONDS_MAX} s)")
            yield _row(number, cells)


def _row(number: int, cells: tuple[Any, ...]) -> RawRow:
    said = [_said(cell) for cell in cells]
    while said and not said[-1][0].strip():
        said.pop()
    wrong = {place: code for place, (_, code) in enumerate(said) if code}
    return RawRow(number=number, cells=tuple(text for text, _ in said), loose=True, wrong=wrong)


def _said(cell: Any) -> tuple[str, str]:
    """A cell as a CSV would have it, and the fault of one that a workbook has damaged."""
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, str):
        return _typed(value, cell.data_type)
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return whole.strftime("%Y-%m-%d %H:%M:%S"), ""
    return str(value), "computed_cell"


def _typed(value: str, data_type: str) -> tuple[str, str]:
    if data_type == "e" or (data_type == "f" and not _WRAPPED.fullmatch(value)):
        return value, "computed_cell"
    return value, "long_text" if len(value) > _TEXT_MAX else ""


def _number(value: float) -> tuple[str, str]:
    """Excel shows fifteen digits and keeps no more, so these are what was typed."""
    if not abs(value) < _EXCEL_DIGITS_MAX:
        return f"{value:.5E}", "damaged_number"
    return f"{value:.15g}", ""


def _look_through(archive: Archive) -> None:
    """Every part of the workbook, without parsing it."""
    names = [name.lower() for name in archive.members]
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadCell("macros")
    if _BOOK not in archive.members:
        raise BadCell("broken_workbook", f"({_BOOK})")
    for name, member in archive.members.items():
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        if member.file_size > (STRINGS_MAX if name == _STRINGS else PART_MAX):
            raise BadCell("zip_bomb", f"({name})")
        _look_through_part(archive, name)


def _look_through_part(archive: Archive, name: str) -> None:
    last_row, tail = 0, b""
    with damaged_is_refused(), archive.zip.open(archive.members[name]) as part:
        while chunk := part.read(_CHUNK):
            _refuse_chunk(name, tail + chunk)
            if name.startswith("xl/worksheets/"):
                last_row = _row_after(last_row, tail, chunk)
            tail = chunk[-256:]


def _refuse_chunk(name: str, chunk: bytes) -> None:
    if b"\x00" in chunk or any(mark in chunk for mark in _ENTITIES):
        raise BadCell("xml_entities", f"({name})")
    if name == TYPES and any(mark in chunk for mark in _MACROS):
        raise BadCell("macros")
    if b"<" not in chunk:
        raise BadCell("zip_bomb", f"({name})")


def _row_after(last: int, tail: bytes, chunk: bytes) -> int:
    """The number of the last row; rows that do not ascend would be dropped in silence by the library."""
    for found in _ROW.finditer(tail + chunk):
        if found.end() <= len(tail):
            continue
        number = int(found.group(1))
        if number <= last:
            raise BadCell("broken_workbook", f"(row {number})")
        if number > ROWS_MAX:
            raise BadCell("too_many_rows", f"({ROWS_MAX})")
        last = number
    return last
