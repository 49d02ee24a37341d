"""Files far beyond a month of a shop: rows, columns, bytes, a lone cell in the last corner of a sheet."""

from cli.readers.text import COLUMNS_MAX, ROWS_MAX, SIZE_MAX
from tests.cli.readers.bad_input.zips import sheet_xml, workbook_parts, zipped
from tests.cli.readers.corpus import Sample, bad, good, order_file, order_line
from tests.cli.readers.small import workbook

_SHORT = b"a,b\n"


def _sheet(name: str, rows: bytes, *codes: str, count: int = 0) -> Sample:
    content = zipped(workbook_parts(sheet_xml(rows)))
    return Sample(name=name, made=content, codes=frozenset(codes), rows=count)


def _cell(place: str) -> bytes:
    row = "".join(filter(str.isdigit, place))
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()


SIZES = [
    bad("a million rows", lambda: _SHORT * 1_000_000, "too_many_rows"),
    bad("one line too many", lambda: _SHORT * (2 * ROWS_MAX + 1), "too_many_rows"),
    bad("one blank row too many", b"x,y\n" + b",\n" * ROWS_MAX, "too_many_rows"),
    bad("a table and then nothing for ever", order_file() + b",\n" * ROWS_MAX, "too_many_rows"),
    bad("50 MB and a byte", lambda: b"x" * (SIZE_MAX + 1), "too_big"),
    bad("50 MB of one field", lambda: b"x" * SIZE_MAX, "broken_csv"),
    bad("50 MB of blanks", lambda: b" " * SIZE_MAX, "empty_file"),
    bad("16,385 columns", b"x," * 16_384 + b"x\n", "too_many_columns"),
    bad("one column too many", b"x," * COLUMNS_MAX + b"x\n", "too_many_columns"),
    bad("as many columns as may be", b"x," * (COLUMNS_MAX - 1) + b"x\n", "unknown_layout"),
    bad("a row of 16,385 cells", order_file() + b"x," * 16_384 + b"x\n", "too_many_columns"),
    bad("16,384 columns in a workbook", workbook([["x"] * 16_384]), "too_many_columns"),
    _sheet("a cell in XFD1048576", _cell("XFD1048576"), "too_many_rows"),
    _sheet("a cell in XFD1", _cell("XFD1"), "too_many_columns"),
    _sheet("a cell in A1048577", _cell("A1048577"), "too_many_rows"),
    _sheet("a row that no sheet has", _cell("A999999999"), "too_many_rows"),
    _sheet("a cell in A300000", _cell("A1") + _cell("A300000"), "unknown_layout"),
    _sheet(
        "a million empty rows", b"".join(b'<row r="%d"/>' % at for at in range(1, 301_000)), "too_many_rows"
    ),
    _sheet("rows without numbers", b"<row/>" * 50_000, "empty_file"),
    good(
        "a thousand orders",
        order_file(*(order_line(订单编号=f"33{at:017d}") for at in range(1, 1_001))),
        1_000,
    ),
]
