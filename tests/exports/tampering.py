"""Changing a workbook as somebody without a spreadsheet program would: in the bytes of one sheet."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook


def changed_member(path: Path, to: Path, title: str, old: bytes, new: bytes) -> None:
    """A copy in which the sheet's `old` bytes, which stand there once, are `new`."""
    number = load_workbook(path, read_only=True).sheetnames.index(title) + 1
    with ZipFile(path) as source, ZipFile(to, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == f"xl/worksheets/sheet{number}.xml":
                assert content.count(old) == 1
                content = content.replace(old, new)
            target.writestr(name, content)
