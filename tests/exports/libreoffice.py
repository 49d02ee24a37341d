"""LibreOffice as a second opinion: a workbook without any figure of ours in its formulas, computed and saved by it."""

import re
import subprocess
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from tests.needs import needs

_SHOWN = re.compile(rb"</f><v>[^<]*</v>")


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """A copy of a workbook, opened and saved by LibreOffice."""
    program = needs("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)]
    subprocess.run([program, profile, *convert], check=True, capture_output=True, timeout=180)
    return folder / "out" / path.name


def recomputed(path: Path, folder: Path) -> Path:
    """A copy whose formulas were emptied of what they show, so that only a computation can have filled them."""
    bare = folder / f"bare-{path.name}"
    with ZipFile(path) as source, ZipFile(bare, "w") as target:
        for name in source.namelist():
            target.writestr(name, _SHOWN.sub(b"</f>", source.read(name)))
    return saved_by_libreoffice(bare, folder)


def miscomputed(path: Path, folder: Path) -> list[str]:
    """Every formula of a workbook that LibreOffice computes to something else than it shows, and how many there are.

    The last line is the count, so that a workbook without formulas does not pass for one that agrees.
    """
    ours, formulas = load_workbook(path, data_only=True), load_workbook(path)
    theirs = load_workbook(recomputed(path, folder), data_only=True)
    wrong, count = [], 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            count += 1
            shown, computed = (book[sheet.title][cell.coordinate].value for book in (ours, theirs))
            if _plain(shown) != _plain(computed):
                wrong.append(
                    f"{sheet.title}!{cell.coordinate} {cell.value}: {shown!r}, computed {computed!r}"
                )
    return [*wrong, str(count)]


def _plain(value: object) -> object:
    return round(Decimal(str(value)), 2) if isinstance(value, int | float) else value
