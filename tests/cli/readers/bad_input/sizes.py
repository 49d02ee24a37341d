"""Files far beyond a month of a shop: rows, columns, bytes, a lone cell in the last corner of a sheet.

Some are no larger than a file may be, and made to take many times their size in memory.
"""

from cli.readers.text import COLUMNS_MAX, JSON_MAX, ROWS_MAX, SIZE_MAX
from tests.cli.readers.bad_input.zips import sheet_xml, workbook_parts, zipped
from tests.cli.readers.corpus import Sample, bad, good, order_file, order_line
from tests.cli.readers.small import workbook

_SHORT = b"a,b\n"
_BILL, _TOTAL = "运单号,费用".encode(), "合计,1".encode()
_EMOJI = "😀".encode()
_LONG = b"x" * 999 + b"\n"
_CELLS = b",".join(b"%02d" % at for at in range(60)) + b"\n"
_CLAIM = (
    b'{"order_no": "3300000000000000001", "at": "2026-10-12T10:00", '
    b'"claim": {"kind": "return", "claim_no": "%d", "of": ['
)


def _sheet(name: str, rows: bytes, *codes: str, count: int = 0) -> Sample:
    content = zipped(workbook_parts(sheet_xml(rows)))
    return Sample(name=name, made=content, codes=frozenset(codes), rows=count)


def _cell(place: str) -> bytes:
    row = "".join(filter(str.isdigit, place))
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()


def _filled(line: bytes, head: bytes = b"") -> bytes:
    """As many such lines as a file may hold."""
    return head + line * min((SIZE_MAX - len(head)) // len(line), ROWS_MAX - 2)


def _nested_claims() -> bytes:
    """Claims of ten megabytes, full of empty lists: a list takes twenty times its two letters."""
    one = _CLAIM + b"[]," * 300_000 + b"[]]}}\n"
    return b"".join(one % at for at in range(JSON_MAX // len(one)))


SIZES = [
    bad("a million rows", lambda: _SHORT * 1_000_000, "too_many_rows"),
    bad("one line too many", lambda: _SHORT * (2 * ROWS_MAX + 1), "too_many_rows"),
    bad("one blank row too many", b"x,y\n" + b",\n" * ROWS_MAX, "too_many_rows"),
    bad("a table and then nothing for ever", order_file() + b",\n" * ROWS_MAX, "too_many_rows"),
    bad("50 MB and a byte", lambda: b"x" * (SIZE_MAX + 1), "too_big"),
    bad("50 MB of one field", lambda: b"x" * SIZE_MAX, "broken_csv"),
    bad("50 MB of one field and an emoji", lambda: _EMOJI + b"x" * (SIZE_MAX - 4), "broken_csv"),
    bad("50 MB of lines and an emoji", lambda: _filled(_LONG, _EMOJI), "unknown_layout"),
    bad("50 MB of cells", lambda: _filled(_CELLS), "unknown_layout"),
    bad("50 MB of cells in a statement", lambda: _filled(_CELLS, b"#\n"), "unknown_layout"),
    bad(
        "50 MB of commas in a statement", lambda: _filled(b"x" + b"," * 499 + b"\n", b"#\n"), "unknown_layout"
    ),
    bad("50 MB above a statement", lambda: _filled(b"#" + _CELLS), "too_many_rows"),
    bad("300,000 claims that are none", lambda: b"{\n" + b"x\n" * 300_000, "bad_claim"),
    bad("a million claims that are none", lambda: b"{\n" + b"x\n" * 1_000_000, "too_many_rows"),
    bad("claims of 10 MB and a byte", lambda: b"{" + b" " * JSON_MAX, "too_big"),
    Sample(name="claims full of empty lists", made=_nested_claims, rows=11),
    bad("a quote that is never closed", lambda: b'"' + b"x\n" * 300_000, "broken_csv"),
    bad("totals without end", lambda: b"\n".join([_BILL, *[_TOTAL] * (ROWS_MAX - 2)]), "wrong_totals"),
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
    _sheet("a cell in the last row", _cell("A1") + _cell(f"A{ROWS_MAX}"), "unknown_layout"),
    _sheet(
        "a million empty rows",
        b"".join(b'<row r="%d"/>' % at for at in range(1, ROWS_MAX + 1_000)),
        "too_many_rows",
    ),
    _sheet("rows without numbers", b"<row/>" * 50_000, "empty_file"),
    good(
        "a thousand orders",
        order_file(*(order_line(订单编号=f"33{at:017d}") for at in range(1, 1_001))),
        1_000,
    ),
]
