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
        self._file, self._name, self._tail = file, name, b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; `BadWorkbook` where there is a declaration or another encoding among them."""
        block = self._file.read(size)
        seen = self._tail + block
        encoding = _ENCODING.match(seen)
        if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
            raise BadWorkbook(f"{self._name} is not written in UTF-8, as workbooks are; it is not read")
        if b"<!" in seen or b"\x00" in seen:
            raise BadWorkbook(f"{self._name} holds a declaration, which no workbook needs; it is not read")
        self._tail = seen[-1:] if self._tail else seen[:200]
        return block


def row_elements(file: Watched) -> Iterator[ElementTree.Element]:
    """The row elements of a sheet, in the order of the file."""
    opening, rest = _up_to_rows(file)
    while rest is not None:
        block = file.read(BLOCK)
        rows, rest = _whole_rows(rest + block, ended=not block)
        if rows:
            yield from tree(b"%b%b</%b>" % (opening, rows, _name_of(opening)))


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
    return element.tag.rpartition("}")[2]


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


def _name_of(opening: bytes) -> bytes:
    root = _ROOT.match(opening)
    prefix = root[1] if root else None
    return b"%b:worksheet" % prefix if prefix else b"worksheet"
