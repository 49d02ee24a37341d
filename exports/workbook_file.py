"""A workbook that came back: looked through before it is unpacked, then read row by row, each cell as it stands.

Whoever saved it last (we, LibreOffice, Excel, WPS) wrote the same cells in its own way; here they are texts,
numbers and formulas again. A file that could choke a reader (a bomb, an entity, a macro, rows out of order) is
refused, and nothing is ever computed.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from string import digits
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl.utils import column_index_from_string

from exports.errors import BadWorkbook
from exports.sheet_xml import (
    FoundCell,
    Rows,
    Shared,
    Watched,
    formula_of,
    local_name,
    text_of,
    texts,
    tree,
    unescaped,
)
from exports.sheets import ROWS_MAX

FILE_MAX = 200 * 1024 * 1024
MEMBERS_MAX = 1_000
UNPACKED_MAX = 4 * 1024 * 1024 * 1024
STRINGS_MAX = 400 * 1024 * 1024
SMALL_MAX = 8 * 1024 * 1024
RATIO_MAX, RATIO_FROM = 200, 1024 * 1024
_BOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError),
    *(ElementTree.ParseError, ValueError),
)

Cells = Mapping[int, FoundCell]


class FoundRow:
    """A row as the file has it: its number, its bytes where they are its alone, and its cells, read on demand."""

    def __init__(self, number: int, raw: bytes, read: Callable[[], Cells]) -> None:
        self.number = number
        self.raw = raw
        self._read = read

    @cached_property
    def cells(self) -> Cells:
        """The cells that hold anything, by column from 1; `BadWorkbook` where they are none."""
        with damage_is_refused():
            return self._read()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """One sheet of the file: its name, whether it is in sight, and which member holds its rows."""

    title: str
    visible: bool
    member: str


class WorkbookFile:
    """An open workbook whose directory has passed; its sheets in order, and the rows of each on demand."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._members = {member.filename: member for member in archive.infolist()}
        self._strings: list[str] | None = None
        with damage_is_refused():
            self.sheets = tuple(self._sheets())

    def rows(self, sheet: FoundSheet) -> Iterator[FoundRow]:
        """The rows that the file has of a sheet, in its order; `BadWorkbook` where they are no rows."""
        last = 0
        with damage_is_refused(), self._archive.open(self._member(sheet.member)) as file:
            for row in self._rows(Rows(Watched(file, sheet.member))):
                number = row.number or last + 1
                if not last < number <= ROWS_MAX:
                    raise BadWorkbook(
                        f"{sheet.title}: row {number} stands after row {last}; the file is damaged"
                    )
                last = row.number = number
                yield row

    def _rows(self, rows: Rows) -> Iterator[FoundRow]:
        shared = Shared()
        for raw in rows:
            number = rows.number_of(raw)
            if number is not None:
                yield FoundRow(number, raw, partial(self._only, rows, raw, shared))
                continue
            for row in rows.parsed(raw):
                yield FoundRow(int(row.get("r") or 0), b"", partial(self._read, row, shared))

    def _only(self, rows: Rows, raw: bytes, shared: Shared) -> Cells:
        (row,) = rows.parsed(raw)
        return self._read(row, shared)

    def _read(self, row: ElementTree.Element, shared: Shared) -> Cells:
        return dict(self._cells(row, shared))

    def _cells(self, row: ElementTree.Element, shared: Shared) -> Iterator[tuple[int, FoundCell]]:
        column = 0
        for cell in row:
            place = cell.get("r") or ""
            letters = place.rstrip(digits)
            column = column_index_from_string(letters) if letters else column + 1
            found = self._cell(cell, place, shared)
            if found.value or found.formula is not None:
                yield column, found

    def _cell(self, cell: ElementTree.Element, place: str, shared: Shared) -> FoundCell:
        kind, value, formula = cell.get("t") or "n", "", None
        for part in cell:
            name = local_name(part)
            if name == "v":
                value = part.text or ""
            elif name == "is":
                value = text_of(part)
            elif name == "f":
                formula = formula_of(part, place, shared)
        if kind == "s":
            return FoundCell("text", self._string(int(value)) if value else "", formula)
        if kind in {"inlineStr", "str"}:
            return FoundCell("text", unescaped(value), formula)
        return FoundCell("number" if kind == "n" else "other", value, formula)

    def _string(self, index: int) -> str:
        if self._strings is None:
            self._strings = self._all_strings() if _STRINGS in self._members else []
        if not 0 <= index < len(self._strings):
            raise BadWorkbook(f"the workbook has no shared text {index}; the file is damaged")
        return self._strings[index]

    def _all_strings(self) -> list[str]:
        member = self._member(_STRINGS)
        if member.file_size > STRINGS_MAX:
            raise BadWorkbook(f"{_STRINGS} would unpack to more than {STRINGS_MAX} bytes; it is not read")
        with self._archive.open(member) as file:
            return list(texts(Watched(file, _STRINGS)))

    def _sheets(self) -> Iterator[FoundSheet]:
        targets = {one.get("Id"): one.get("Target") or "" for one in self._small(_RELATIONS)}
        for sheet in (one for part in self._small(_BOOK) if local_name(part) == "sheets" for one in part):
            target = targets.get(sheet.get(_RELATION), "")
            yield FoundSheet(
                title=sheet.get("name") or "",
                visible=sheet.get("state", "visible") == "visible",
                member=target.removeprefix("/") if target.startswith("/") else f"xl/{target}",
            )

    def _small(self, name: str) -> ElementTree.Element:
        member = self._member(name)
        if member.file_size > SMALL_MAX:
            raise BadWorkbook(f"{name} would unpack to more than {SMALL_MAX} bytes; it is not read")
        with self._archive.open(member) as file:
            return tree(Watched(file, name).read())

    def _member(self, name: str) -> ZipInfo:
        if name not in self._members:
            raise BadWorkbook(f"the file has no {name}, so it is no workbook; name the one that was exported")
        return self._members[name]


@contextmanager
def workbook_file(path: Path) -> Iterator[WorkbookFile]:
    """An open workbook; `BadWorkbook` says why it may not be read, before anything in it is unpacked."""
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise BadWorkbook(f"{path} cannot be read: {fault.strerror}; name the exported workbook") from fault
    if size > FILE_MAX:
        raise BadWorkbook(f"{path} has {size} bytes, beyond {FILE_MAX}; it is not opened")
    with damage_is_refused():
        archive = ZipFile(path)
    with archive:
        _look_through(archive)
        yield WorkbookFile(archive)


@contextmanager
def damage_is_refused() -> Iterator[None]:
    """`BadWorkbook` for whatever a damaged file makes the libraries say."""
    try:
        yield
    except _DAMAGE as fault:
        raise BadWorkbook(f"the file is no workbook, or is damaged ({type(fault).__name__})") from fault


def _look_through(archive: ZipFile) -> None:
    found = archive.infolist()
    if len(found) > MEMBERS_MAX:
        raise BadWorkbook(f"the file has {len(found)} members, beyond {MEMBERS_MAX}; it is not unpacked")
    if sum(member.file_size for member in found) > UNPACKED_MAX:
        raise BadWorkbook(f"the file would unpack to more than {UNPACKED_MAX} bytes; it is not unpacked")
    for member in found:
        _refuse_member(member)


def _refuse_member(member: ZipInfo) -> None:
    name = member.filename
    if member.file_size > RATIO_FROM and member.file_size > RATIO_MAX * max(member.compress_size, 1):
        raise BadWorkbook(f"{name} would unpack to more than {RATIO_MAX} times its size; it is not unpacked")
    if ".." in PurePosixPath(name.replace("\\", "/")).parts or name.startswith(("/", "\\")):
        raise BadWorkbook(f"{name!r} lies outside the file; it is no workbook of ours")
    if name.lower().endswith("vbaproject.bin"):
        raise BadWorkbook("the workbook has macros, and ours has none; save it without them and try again")
