"""Zips and workbooks made by hand, part by part, so that they may be as wrong as one likes."""

import io
import struct
import zipfile
from collections.abc import Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def sheet_xml(rows: bytes, head: str = _HEAD) -> bytes:
    """A worksheet around rows of XML."""
    return f'{head}<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def inline_rows(*rows: list[str]) -> bytes:
    """Rows of texts as XML."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        lines.append(f'<row r="{number}">{cells}</row>')
    return "".join(lines).encode()


def workbook_parts(sheet: bytes, **more: bytes) -> dict[str, bytes]:
    """The parts of a workbook of one sheet."""
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/{BOOK}" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    )
    rels = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="{BOOK}"/></Relationships>'
    )
    book = (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>'
    )
    book_rels = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    return {
        TYPES: types.encode(),
        "_rels/.rels": rels.encode(),
        BOOK: book.encode(),
        "xl/_rels/workbook.xml.rels": book_rels.encode(),
        SHEET: sheet,
        **more,
    }


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def zipped_in_gbk(parts: Mapping[str, bytes]) -> bytes:
    """A zip whose names are in GBK and not marked as UTF-8, as Alipay makes them."""
    marks = {f"{place:04d}.csv": name.encode("gbk") for place, name in enumerate(parts)}
    content = zipped(dict(zip(marks, parts.values(), strict=True)))
    return _renamed(content, {plain.encode(): name for plain, name in marks.items()})


def _renamed(content: bytes, names: Mapping[bytes, bytes]) -> bytes:
    """The zip with other names, of other lengths, written anew by hand."""
    written, directory = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            raw = archive.read(member)
            name = names[member.filename.encode()]
            offset = written.tell()
            fixed = struct.pack(
                "<HHHHHIIIHH", 20, 0, 0, 0, 0x21, member.CRC, len(raw), len(raw), len(name), 0
            )
            written.write(b"PK\x03\x04" + fixed + name + raw)
            tail = struct.pack("<HHHII", 0, 0, 0, 0, offset)
            directory.write(b"PK\x01\x02" + struct.pack("<H", 20) + fixed + tail + name)
        count, size, start = len(names), directory.tell(), written.tell()
    end = struct.pack("<HHHHIIH", 0, 0, count, count, size, start, 0)
    return written.getvalue() + directory.getvalue() + b"PK\x05\x06" + end


def with_flag(content: bytes, flag: int) -> bytes:
    """The zip with a flag set in every header, such as that of encryption."""
    marked = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + place] |= flag
            at = marked.find(mark, at + 4)
    return bytes(marked)
