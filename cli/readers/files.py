"""One door for every file of the shop: bytes in, typed rows out.

A file is taken whole or refused whole. Every fault in it is collected before it is refused, so that one look
at the list mends them all.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from cli.errors import BadCell, BadFile, Fault
from cli.readers import statements, tables
from cli.readers.claims import read_claims
from cli.readers.rows import ItemRow, OrderRow, ReadFile, RefundRow, Row
from cli.readers.text import decode, raw_rows

_ROW_TYPES: Mapping[str, Callable[..., Row]] = {
    "order_report": OrderRow,
    "item_report": ItemRow,
    "refund_report": RefundRow,
    "alipay_statement": statements.read_line,
}


def read_file(name: str, content: bytes) -> ReadFile:
    """The file's layout, facts and typed rows; `BadFile` with every fault where it may not be taken in."""
    try:
        encoding, text = decode(content)
        read = _read_claims(name, text) if text.lstrip().startswith("{") else _read_table(name, text)
    except BadCell as fault:
        raise BadFile([Fault(code=fault.code, file=name, detail=fault.detail)]) from fault
    return replace(read, sha256=hashlib.sha256(content).hexdigest(), encoding=encoding)


def _read_claims(name: str, text: str) -> ReadFile:
    return ReadFile(layout="claims", name=name, sha256="", encoding="", rows=read_claims(name, text))


def _read_table(name: str, text: str) -> ReadFile:
    frame = statements.split(raw_rows(text))
    table = iter(frame.table)
    heading = tables.known_heading(name, next(table, None))
    rows = tables.read_rows(name, heading, table, _ROW_TYPES[heading.layout.name])
    read = ReadFile(
        layout=heading.layout.name,
        name=name,
        sha256="",
        encoding="",
        rows=tuple(rows),
        unread=heading.unread,
    )
    return statements.checked(read, frame) if read.layout == "alipay_statement" else read
