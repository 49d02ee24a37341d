"""Fuzzed: a workbook before it is parsed, as a zip of any bytes, or sound but for one part of it.

The first byte says which part the others replace, so that a fuzzer need not find checksums.
"""

from collections.abc import Iterator

from tests.cli.readers.bad_input.zips import SHEET, inline_rows, sheet_xml, workbook_parts, zipped
from tests.cli.readers.small import small
from tests.faults.file_mutations import seeds as files
from tests.faults.files import read_or_refused
from tests.fuzz.given import Given

_ORDER = small("order_report", "2025-26").grid()
_MORE = {
    "xl/sharedStrings.xml": b"<sst/>",
    "xl/styles.xml": b"<styleSheet/>",
    "docProps/core.xml": b"<x/>",
}
_PARTS = {**workbook_parts(sheet_xml(inline_rows(*_ORDER))), **_MORE}
_NAMES = (SHEET, *sorted(_PARTS.keys() - {SHEET}))


def one(data: bytes) -> None:
    """Raises only for a fault of ours."""
    if data.startswith(b"PK"):
        read_or_refused(data, people=())
        return
    given = Given(data)
    place = given.below(len(_NAMES) + 1)
    if place == len(_NAMES):  # a member more, under a name of any kind
        name = given.text().encode("utf-8", "replace").decode().replace("\x00", "") or "x"
        parts = {**_PARTS, name: given.rest()}
    else:
        parts = {**_PARTS, _NAMES[place]: given.rest()}
    without = set(_MORE) - {_NAMES[place % len(_NAMES)]}
    read_or_refused(zipped({name: part for name, part in parts.items() if name not in without}), people=())


def seeds() -> Iterator[bytes]:
    """The zips of the corpus, and every part of a workbook as it should be."""
    yield from files()[1]
    for place, name in enumerate(_NAMES):
        yield bytes([place]) + _PARTS[name]
    yield bytes([len(_NAMES), 20]) + b"xl/media/image01.png" + b"\x89PNG"
