"""The file itself: the same report gives the same bytes, and a reader never meets half a workbook.

An xlsx is a zip. Ours carries no clock: each member has one fixed date. On the way in, each formula receives
the number it shows, for previews on telephones and in mail never calculate and would show nothing.
"""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from exports.errors import BadPlace

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD_BYTES = 1 << 20
_UNCALCULATED = re.compile(rb"<f>([^<]*)</f><v ?(?:/>|></v>)")


def save(book: Workbook, to: Path, shows: Mapping[str, str], *, overwrite: bool) -> None:
    """Write `book` at `to`, whole or not at all (`BadPlace`); `shows` gives each expression's number."""
    write_whole(to, lambda file: _write(book, file, shows), overwrite=overwrite)


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


@contextmanager
def writing(book: Workbook, to: Path) -> Iterator[None]:
    """While `book` is filled and saved: `BadPlace` for what the disk refuses; its sheets are closed after."""
    try:
        yield
    except OSError as fault:
        raise _refused(to, fault) from fault
    finally:
        _close_sheets(book)


def _close_sheets(book: Workbook) -> None:
    """Close what was begun, for openpyxl complains on the terminal about a sheet left open."""
    for sheet in book.worksheets:
        if not sheet.closed:
            with suppress(OSError):
                sheet.close()


def refuse_place(to: Path, *, overwrite: bool) -> None:
    """`BadPlace` for a path in no folder, a folder itself, or a file that may not be overwritten."""
    if not to.parent.is_dir():
        raise BadPlace(f"{to.parent} is not a folder; create it first")
    if to.is_dir():
        raise BadPlace(f"{to} is a folder; name a file in it")
    if not overwrite and os.path.lexists(to):
        raise _occupied(to)


def _occupied(to: Path) -> BadPlace:
    return BadPlace(f"{to} is there already and is not overwritten; choose another name or say to overwrite")


def _refused(to: Path, fault: OSError) -> BadPlace:
    return BadPlace(f"{to} cannot be written: {fault.strerror}; nothing was left there")


def _write(book: Workbook, file: BinaryIO, shows: Mapping[str, str]) -> None:
    with _TimelessZip(file, "w", ZIP_DEFLATED) as archive:
        archive.shows = shows
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
    """A zip whose members all bear one date, and whose sheets show their formulas' numbers."""

    shows: Mapping[str, str]

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        """Add a member from memory."""
        super().writestr(timeless(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a sheet from openpyxl's temporary file; all formulas stand in its first rows."""
        with Path(filename).open("rb") as source, self.open(timeless(str(arcname)), "w") as member:
            member.write(_calculated(source.read(_HEAD_BYTES), self.shows))
            shutil.copyfileobj(source, member, _HEAD_BYTES)


def timeless(name: str) -> ZipInfo:
    """A member of a zip that bears no clock and no machine."""
    member = ZipInfo(name, _EPOCH)
    member.compress_type = ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


def _calculated(xml: bytes, shows: Mapping[str, str]) -> bytes:
    """Text in a cell cannot be taken for a formula here: its "<" is escaped."""
    return _UNCALCULATED.sub(lambda found: _with_number(found[1], shows), xml)


def _with_number(expression: bytes, shows: Mapping[str, str]) -> bytes:
    number = shows[unescape(expression.decode())]
    return b"<f>%b</f><v>%b</v>" % (expression, number.encode())
