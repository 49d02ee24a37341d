"""Zips and workbooks that would fill memory, reach for other files, run something, or are no workbook at all."""

import zipfile
from collections.abc import Callable

from cli.readers.archives import MEMBERS_MAX
from cli.readers.workbooks import OLD, PART_MAX, STRINGS_MAX
from tests.cli.readers.bad_input.zips import (
    BOOK,
    SHEET,
    TYPES,
    inline_rows,
    sheet_xml,
    with_flag,
    workbook_parts,
    zipped,
    zipped_in_gbk,
)
from tests.cli.readers.corpus import Sample, bad, good, order_file
from tests.cli.readers.small import STATEMENT, file_of, small, workbook_of

_MB = 1024 * 1024
_ORDER = small("order_report", "2025-26")
_ROWS = inline_rows(*_ORDER.grid())
_GOOD = workbook_parts(sheet_xml(_ROWS))
_PLAIN = zipped(_GOOD)
_STATEMENT = file_of(STATEMENT)
_LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
_LOL = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{_LAUGHS}]>'
_XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _part(name: str, path: str, content: bytes, *codes: str) -> Sample:
    return bad(name, zipped({**_GOOD, path: content}), *codes)


def _large(name: str, path: str, make: Callable[[], bytes]) -> Sample:
    return bad(name, lambda: zipped({**_GOOD, path: make()}), "zip_bomb")


def _sheet(name: str, sheet: bytes, *codes: str) -> Sample:
    return _part(name, SHEET, sheet, *codes)


def _cell(text: bytes) -> bytes:
    return sheet_xml(b'<row r="1"><c t="inlineStr"><is><t>' + text + b"</t></is></c></row>")


def _thin(length: int) -> bytes:
    """Text that packs by less than the ratio that is refused, so that only looking through it finds it out."""
    block = bytes(range(65, 91)) * 4
    varied = b"".join(block[at % 26 :] + bytes([97 + at % 26]) * (at % 97) for at in range(4_000))
    return (varied * (length // len(varied) + 1))[:length]


def _straddled(mark: bytes) -> bytes:
    """A sheet in which a mark lies across the end of the first megabyte."""
    cells = b"".join(b"<c>%d</c>" % (at * 2_654_435_761 % 2**32) for at in range(100_000))
    return cells[: _MB - len(mark) // 2] + mark + cells


def _declaring(content: bytes, size: int) -> bytes:
    """A zip whose directory says another size of every member than it has."""
    said = bytearray(content)
    at = said.find(b"PK\x01\x02")
    while at >= 0:
        said[at + 24 : at + 28] = size.to_bytes(4, "little")
        at = said.find(b"PK\x01\x02", at + 4)
    return bytes(said)


def _flipped() -> bytes:
    at = _PLAIN.find(SHEET.encode()) + len(SHEET) + 20
    return _PLAIN[:at] + bytes([_PLAIN[at] ^ 1]) + _PLAIN[at + 1 :]


BOMBS = [
    good("a workbook made by hand", _PLAIN, 1),
    good("a zip of statements with names in GBK", zipped_in_gbk({"2088_202610_账务明细.csv": _STATEMENT}), 2),
    good("a workbook in a zip", zipped({"订单.xlsx": workbook_of(_ORDER)}), 1),
    good(
        "a zip with a folder and a system's own litter",
        zipped({"十月/": b"", "十月/a.csv": order_file(), "__MACOSX/._a.csv": b"x", ".DS_Store": b"x"}),
        1,
    ),
    _large("a cell of 64 MB in 64 KB", SHEET, lambda: _cell(b"A" * 64 * _MB)),
    _large("rows of 48 MB in 0.1 MB", SHEET, lambda: sheet_xml(b'<row r="1"/>' * (4 * _MB))),
    _large("a cell of 8 MB that packs badly", SHEET, lambda: _cell(_thin(8 * _MB))),
    _sheet("a billion laughs", sheet_xml(_ROWS, head=_LOL), "xml_entities"),
    _sheet(
        "a quadratic entity",
        sheet_xml(_ROWS, head=f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'),
        "xml_entities",
    ),
    _sheet("an entity from a file", sheet_xml(_ROWS, head=_XXE), "xml_entities"),
    _sheet(
        "an entity from the net",
        sheet_xml(_ROWS, head=_XXE.replace("file:///etc/passwd", "http://x/y")),
        "xml_entities",
    ),
    _sheet("an entity across two chunks", _straddled(b"<!DOCTYPE x>"), "xml_entities"),
    _sheet(
        "a sheet in utf-16",
        sheet_xml(_ROWS).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "xml_entities",
    ),
    _part("entities in the strings", "xl/sharedStrings.xml", _LOL.encode() + b"<sst/>", "xml_entities"),
    _part("entities in the relations", "xl/_rels/workbook.xml.rels", _XXE.encode() + b"<x/>", "xml_entities"),
    _large("strings of 65 MB", "xl/sharedStrings.xml", lambda: b"<s>" + _thin(STRINGS_MAX)),
    bad("20,000 members", zipped({f"{at}.csv": b"" for at in range(20_000)}, zipfile.ZIP_STORED), "zip_bomb"),
    bad(
        "a member too many",
        zipped({f"{at}.csv": b"" for at in range(MEMBERS_MAX + 1)}, zipfile.ZIP_STORED),
        "zip_bomb",
    ),
    bad(
        "600 MB in parts of 1 MB",
        _declaring(zipped({f"{at}.csv": b"x" for at in range(600)}), _MB),
        "zip_bomb",
    ),
    bad("a CSV of 51 MB in a zip", lambda: zipped({"a.csv": _thin(51 * _MB)}), "too_big"),
    bad(
        "months of 51 MB together in a zip",
        lambda: zipped({f"{at}.csv": _thin(17 * _MB) for at in range(3)}),
        "too_big",
    ),
    bad("a zip in a zip", zipped({"a.csv": zipped({"b.csv": order_file()})}), "zip_bomb"),
    bad("a member without a name", zipped_in_gbk({"": order_file()}), "unsafe_member"),
    bad("a member above the folder", zipped({"../a.csv": order_file()}), "unsafe_member"),
    bad("a member at the root", zipped({"/etc/a.csv": order_file()}), "unsafe_member"),
    bad("a member on a drive", zipped({"C:\\a.csv": order_file()}), "unsafe_member"),
    bad(
        "a member above, in the other way of writing",
        zipped({"x\\..\\..\\a.csv": order_file()}),
        "unsafe_member",
    ),
    bad("a member that is no report", zipped({"a.csv": order_file(), "run.exe": b"MZ"}), "unknown_member"),
    bad("a zip of nothing", zipped({}), "nothing_to_read"),
    bad("a zip of folders", zipped({"a/": b""}), "nothing_to_read"),
    bad("a zip cut off", _PLAIN[:-100], "bad_zip"),
    bad("a zip without its end", _PLAIN[: _PLAIN.rfind(b"PK\x05\x06")], "bad_zip"),
    bad("a zip with a flipped bit", _flipped(), "bad_zip"),
    bad("a member larger than it says", _declaring(_PLAIN, 10), "bad_zip"),
    bad("a locked zip", with_flag(zipped({"a.csv": order_file()}), 0x1), "encrypted"),
    bad("a locked workbook", with_flag(_PLAIN, 0x1), "encrypted"),
    bad("a workbook with a password", OLD + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    bad("a workbook of the old kind", OLD + bytes(500), "spreadsheet"),
    bad("a workbook of the old kind in a zip", zipped({"a.xlsx": OLD + bytes(500)}), "spreadsheet"),
    bad("a method that nobody needs", zipped({"a.csv": order_file()}, zipfile.ZIP_BZIP2), "bad_zip"),
    _part("macros", "xl/vbaProject.bin", b"\x00", "macros"),
    _part(
        "macros by another name",
        TYPES,
        _GOOD[TYPES].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        "macros",
    ),
    bad(
        "a document, not a workbook",
        zipped({TYPES: b"<Types/>", "word/document.xml": b"<x/>"}),
        "broken_workbook",
    ),
    bad(
        "a workbook of the binary kind",
        zipped({TYPES: b"<Types/>", "xl/workbook.bin": b"\x00"}),
        "broken_workbook",
    ),
    bad("an open document", zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "unknown_member"),
    bad(
        "a workbook without its sheet",
        zipped({name: part for name, part in _GOOD.items() if name != SHEET}),
        "broken_workbook",
    ),
    _part("a workbook that is not XML", BOOK, b"<workbook", "broken_workbook"),
    _sheet("a sheet that ends in the middle", sheet_xml(_ROWS)[:-60], "broken_workbook"),
    _sheet("rows that go back", sheet_xml(b'<row r="2"/><row r="1"/>' + _ROWS), "broken_workbook"),
    _sheet("a row twice", sheet_xml(_ROWS.replace(b'r="2"', b'r="1"')), "broken_workbook"),
    bad("a part beyond any", _declaring(_PLAIN, PART_MAX + 1), "zip_bomb"),
]
