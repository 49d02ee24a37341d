"""Zip files before anything in them is unpacked: whether they may be at all, and what their members are called.

Alipay sends its statements zipped, with names in GBK and without the mark for UTF-8; a workbook is a zip as
well. A bomb is told by its directory: sizes, number and ratios stand there, and unpacking stops at them.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from cli.errors import BadCell

MEMBERS_MAX = 1_000
UNPACKED_MAX = 500 * 1024 * 1024
RATIO_MAX = 200
_RATIO_FROM = 1024 * 1024
_DIRECTORY_MAX = 1024 * 1024
_FIRST_MEMBER = b"PK\x03\x04"
_DIRECTORY_END = b"PK\x05\x06"
_LARGE_END = b"PK\x06\x06"
_ENCRYPTED, _NAMED_IN_UTF8 = 0x1, 0x800
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open zip whose directory has passed, with its members by their readable names."""

    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def content(self, name: str, size_max: int) -> bytes:
        """The bytes of a member; `BadCell` where it is larger than allowed or damaged."""
        member = self.members[name]
        if member.file_size > size_max:
            raise BadCell("too_big", f"({name})")
        with damaged_is_refused(), self.zip.open(member) as opened:
            return opened.read()


def is_zip(content: bytes) -> bool:
    """Whether a file begins as a zip does, an empty one too."""
    return content.startswith((_FIRST_MEMBER, _DIRECTORY_END))


def open_archive(content: bytes) -> Archive:
    """The zip, its directory looked through; `BadCell` names why nothing of it may be unpacked."""
    _refuse_large_directory(content)
    with damaged_is_refused():
        opened = zipfile.ZipFile(BytesIO(content))
    found = opened.infolist()
    if len(found) > MEMBERS_MAX:
        raise BadCell("zip_bomb", f"({len(found)} / {MEMBERS_MAX})")
    if sum(member.file_size for member in found) > UNPACKED_MAX:
        raise BadCell("zip_bomb", f"(> {UNPACKED_MAX // 1024 // 1024} MB)")
    for member in found:
        _refuse_member(member)
    members = {_readable(member): member for member in found if not member.is_dir()}
    if len(members) < sum(not member.is_dir() for member in found):
        raise BadCell("bad_zip", "(one name twice)")
    return Archive(zip=opened, members=members)


@contextmanager
def damaged_is_refused() -> Iterator[None]:
    """`BadCell` for whatever a damaged zip makes the library say."""
    wrong = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError)
    try:
        yield
    except wrong as error:
        raise BadCell("bad_zip", f"({type(error).__name__})") from error


def _refuse_large_directory(content: bytes) -> None:
    """The directory is read whole by the library, so its own size is looked at first."""
    end = content.rfind(_DIRECTORY_END)
    if end < 0 or len(content) < end + 16 or _LARGE_END in content[-(1 << 17) :]:
        raise BadCell("bad_zip", "(directory)")
    (size,) = struct.unpack_from("<I", content, end + 12)
    if size > _DIRECTORY_MAX:
        raise BadCell("zip_bomb", f"(directory of {size} bytes)")


def _refuse_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise BadCell("encrypted")
    if member.compress_type not in _PLAIN:
        raise BadCell("bad_zip", "(method)")
    if member.file_size > _RATIO_FROM and member.file_size > RATIO_MAX * max(member.compress_size, 1):
        raise BadCell("zip_bomb", f"({member.file_size} / {member.compress_size} bytes)")
    name = _readable(member)
    parts = PurePosixPath(name.replace("\\", "/")).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if not name or is_link or ".." in parts or name.startswith(("/", "\\")) or ":" in name[:2]:
        raise BadCell("unsafe_member")


def _readable(member: zipfile.ZipInfo) -> str:
    """The member's name; where it is not marked as UTF-8 it is GBK, which the library has read as CP437."""
    if member.flag_bits & _NAMED_IN_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
