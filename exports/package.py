"""The file itself: the same report gives the same bytes, and a reader never meets half a workbook.

An xlsx is a zip. Ours carries no clock: each member has one fixed date. openpyxl makes each sheet without rows;
on the way in, the rows are put into their place one by one, as they come from the ledger.
"""

import os
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exports.cells import row_xml
from exports.errors import BadPlace
from exports.sheets import Tab
from exports.styles import Looks, add_styles, looks

_UNDATED = datetime(
    2000, 1, 1
)  # A book without a single record has no moment, and the clock is not ours to read.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_ROWS = re.compile(rb"<sheetData ?(?:/>|></sheetData>)")
_BLOCK = 1 << 18


def new_book(moment: datetime | None, title: str | None = None) -> Workbook:
    """An empty workbook that dates itself by a moment of its report and is calculated when opened."""
    on = moment.astimezone(UTC).replace(tzinfo=None) if moment else _UNDATED
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(creator="Settle", title=title, created=on, modified=on)
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    add_styles(book)
    return book


def add_tab(book: Workbook, tab: Tab) -> Worksheet:
    """A sheet of the tab's name and columns, whose rows are still to come."""
    sheet: Worksheet = book.create_sheet(tab.title)
    for number, width in enumerate(tab.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def looks_of_ours() -> Looks:
    """The style numbers of every workbook that is written here."""
    book = new_book(None)
    return looks(book.create_sheet("x"))


def save(book: Workbook, to: Path, tabs: Sequence[Tab], *, overwrite: bool) -> None:
    """Write `book`, whose sheets these tabs fill, at `to`, whole or not at all; `ExportError` where it cannot."""
    try:
        write_whole(to, lambda file: _write(book, file, tabs), overwrite=overwrite)
    finally:
        _close_sheets(book)


def write_whole(to: Path, fill: Callable[[BinaryIO], object], *, overwrite: bool) -> None:
    """Write what `fill` writes as the file `to`, whole or not at all; `BadPlace` where it cannot stand there."""
    refuse_place(to, overwrite=overwrite)
    part = to.with_name(f".settle-{secrets.token_hex(8)}.part")
    try:
        _write_part(part, fill)
        _move(part, to, overwrite=overwrite)
    except FileExistsError:
        raise _occupied(to) from None
    except OSError as fault:
        raise _refused(to, fault) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def refuse_place(to: Path, *, overwrite: bool) -> None:
    """`BadPlace` for a path in no folder, a folder itself, or a file that may not be overwritten."""
    if not to.parent.is_dir():
        raise BadPlace(f"{to.parent} is not a folder; create it first")
    if to.is_dir():
        raise BadPlace(f"{to} is a folder; name a file in it")
    if not overwrite and os.path.lexists(to):
        raise _occupied(to)


def _close_sheets(book: Workbook) -> None:
    """Close what was begun, for openpyxl complains on the terminal about a sheet left open."""
    for sheet in book.worksheets:
        if not sheet.closed:
            with suppress(OSError):
                sheet.close()


def _occupied(to: Path) -> BadPlace:
    return BadPlace(f"{to} is there already and is not overwritten; choose another name or say to overwrite")


def _refused(to: Path, fault: OSError) -> BadPlace:
    return BadPlace(f"{to} cannot be written: {fault.strerror}; nothing was left there")


def _write(book: Workbook, file: BinaryIO, tabs: Sequence[Tab]) -> None:
    with _TimelessZip(file, "w", ZIP_DEFLATED) as archive:
        archive.rows = {f"xl/worksheets/sheet{number}.xml": tab for number, tab in enumerate(tabs, 1)}
        archive.looks = looks(book.worksheets[0])
        ExcelWriter(book, archive).write_data()


def _write_part(part: Path, fill: Callable[[BinaryIO], object]) -> None:
    with part.open("xb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def _move(part: Path, to: Path, *, overwrite: bool) -> None:
    """A link, unlike a rename, fails where a file has appeared meanwhile."""
    if overwrite:
        part.replace(to)
    else:
        to.hardlink_to(part)


class _TimelessZip(ZipFile):
    """A zip whose members all bear one date, and whose sheets receive their rows on the way in."""

    rows: dict[str, Tab]
    looks: Looks

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        """Add a member from memory."""
        super().writestr(timeless(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a sheet: what openpyxl wrote of it, and in the middle its rows."""
        before, after = _NO_ROWS.split(Path(filename).read_bytes())
        with self.open(timeless(str(arcname)), "w", force_zip64=True) as member:
            member.write(before + b"<sheetData>")
            for block in _blocks(self.rows[str(arcname)], self.looks):
                member.write(block)
            member.write(b"</sheetData>" + after)


def timeless(name: str) -> ZipInfo:
    """A member of a zip that bears no clock and no machine."""
    member = ZipInfo(name, _EPOCH)
    member.compress_type = ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


def _blocks(tab: Tab, known_looks: Looks) -> Iterator[bytes]:
    """A tab's rows as the file has them, gathered into pieces that are worth compressing."""
    waiting: list[str] = []
    length = 0
    for number, line in enumerate(tab.lines(), 1):
        row = row_xml(number, line, known_looks)
        waiting.append(row)
        length += len(row)
        if length > _BLOCK:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()
