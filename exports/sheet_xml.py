"""The XML of a workbook's parts as anybody may have written it: rows a block at a time, texts, formulas.

Rows are parsed in blocks that end where a row ends, under the sheet's own opening tag, so that a sheet of any
length takes little memory and every prefix it declares is known.
"""

import re
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree import ElementTree

from openpyxl.formula.translate import Translator

from exports.errors import BadWorkbook

BLOCK = 1 << 18
ROW_BYTES_MAX = 32 * 1024 * 1024
HEAD_MAX = 4 * 1024 * 1024
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet\b[^>]*>")
_ROWS_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\s*(/?)>")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_NUMBER = re.compile(rb"\s*<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d{1,7})[\"']")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([^\"']+)[\"']")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Shared = dict[str, tuple[str, str]]


class FoundCell(NamedTuple):
    """A cell as it stands: a `text`, a `number` or `other` such as an error, and the formula behind it."""

    kind: str
    value: str
    formula: str | None = None


class Watched:
    """A part of a workbook while it is unpacked: what no workbook needs is refused before it is parsed.

    Entities are how a small file becomes a large one, and they have to be declared.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name, self._last = file, name, b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; `BadWorkbook` where there is a declaration or another encoding among them."""
        block = self._file.read(size)
        encoding = None if self._last else _ENCODING.match(block)
        if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
            raise BadWorkbook(f"{self._name} is not written in UTF-8, as workbooks are; it is not read")
        if b"<!" in self._last + block or b"\x00" in block:
            raise BadWorkbook(f"{self._name} holds a declaration, which no workbook needs; it is not read")
        self._last = block[-1:] or self._last
        return block


class Rows:
    """The rows of a sheet as the file has them, in its order; most of the bytes stand for one row alone."""

    def __init__(self, file: Watched) -> None:
        self._file = file
        self._opening, self._rest = _up_to_rows(file)
        prefix = _prefix_of(self._opening)
        self._begin, self._end = b"<%brow" % prefix, b"</%brow>" % prefix
        self._closing = b"</%bworksheet>" % prefix

    def __iter__(self) -> Iterator[bytes]:
        while self._rest is not None:
            block = self._file.read(BLOCK)
            rows, self._rest = _whole_rows(self._rest + block, ended=not block)
            *whole, last = rows.split(self._end)
            yield from (row + self._end for row in whole)
            if self._begin in last:
                yield last

    def number_of(self, row: bytes) -> int | None:
        """The number of the one row in these bytes; nothing where it has none, or where they are several."""
        found = _NUMBER.match(row)
        return int(found[1]) if found and row.count(self._begin) == 1 else None

    def parsed(self, row: bytes) -> ElementTree.Element:
        """The rows in these bytes, as elements."""
        return tree(b"%b%b%b" % (self._opening, row, self._closing))


def tree(content: bytes) -> ElementTree.Element:
    """The root of a part that came through `Watched`, which lets no declaration pass."""
    return ElementTree.fromstring(content)  # noqa: S314


def texts(file: Watched) -> Iterator[str]:
    """The shared texts of a workbook, one by one."""
    events = ElementTree.iterparse(file, events=("start", "end"))  # noqa: S314 -- see `Watched`
    _, root = next(events)
    for event, element in events:
        if event == "end" and local_name(element) == "si":
            yield unescaped(text_of(element))
            root.clear()


def text_of(element: ElementTree.Element) -> str:
    """The text of a string: its own, or that of its runs; how it is pronounced is left out."""
    parts = []
    for part in element:
        name = local_name(part)
        if name == "t":
            parts.append(part.text or "")
        elif name == "r":
            parts.append(text_of(part))
    return "".join(parts)


def unescaped(text: str) -> str:
    r"""A text without the escapes of the file format.

    >>> unescaped("_x005F_x0041_, _x000D_")
    '_x0041_, \r'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def formula_of(element: ElementTree.Element, place: str, shared: Shared) -> str:
    """A cell's formula; one that is shared stands in its first cell only and is moved to where it is."""
    text, number = element.text or "", element.get("si") or ""
    if element.get("t") != "shared":
        return text
    if text:
        shared[number] = (text, place)
        return text
    if number not in shared:
        raise BadWorkbook(f"{place} shares a formula that stands nowhere; the file is damaged")
    first, origin = shared[number]
    return str(Translator(f"={first}", origin).translate_formula(place)).removeprefix("=")


def local_name(element: ElementTree.Element) -> str:
    """An element's name without its namespace, of which spreadsheets use two."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def _up_to_rows(file: Watched) -> tuple[bytes, bytes | None]:
    """The sheet's opening tag, and what was read of its rows; nothing where it has none."""
    head = b""
    while not (begin := _ROWS_BEGIN.search(head)):
        block = file.read(BLOCK)
        head += block
        if len(head) > HEAD_MAX or not block:
            raise BadWorkbook("a sheet of the workbook has no rows where they should be; the file is damaged")
    root = _ROOT.search(head)
    if root is None:
        raise BadWorkbook("a sheet of the workbook does not begin as one; the file is damaged")
    return root[0], None if begin[1] else head[begin.end() :]


def _whole_rows(waiting: bytes, *, ended: bool) -> tuple[bytes, bytes | None]:
    """The rows that are whole, and what has been read of the next; nothing of it after the last."""
    end = _ROWS_END.search(waiting)
    if end:
        return waiting[: end.start()], None
    if ended or len(waiting) > ROW_BYTES_MAX:
        raise BadWorkbook("a sheet of the workbook breaks off, or has a row without end; the file is damaged")
    last = max((found.end() for found in _ROW_END.finditer(waiting)), default=0)
    return waiting[:last], waiting[last:]


def _prefix_of(opening: bytes) -> bytes:
    root = _ROOT.match(opening)
    return b"%b:" % root[1] if root and root[1] else b""
