"""One door for every file of the shop: bytes in, typed rows out.

A file is taken whole or refused whole. Every fault in it is collected before it is refused, so that one look
at the list mends them all. A zip and a workbook may hold several tables, each of which is a file of its own.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from calculators.masking import redacted
from cli.errors import BadCell, BadFile, Fault
from cli.readers import frames, statements, tables, trades
from cli.readers.archives import Archive, is_zip, open_archive
from cli.readers.claims import read_claims
from cli.readers.rows import (
    NOT_READ,
    CourierRow,
    ItemRow,
    OrderRow,
    PriceProtectionRow,
    ReadFile,
    RefundRow,
    Row,
)
from cli.readers.text import (
    JSON_MAX,
    ROWS_MAX,
    SIZE_MAX,
    RawRow,
    begins_with,
    encoding_of,
    is_blank,
    lines,
    raw_rows,
)
from cli.readers.workbooks import TYPES, is_ours, refuse_old, sheets

_ROW_TYPES: Mapping[str, Callable[..., Row]] = {
    "order_report": OrderRow,
    "item_report": ItemRow,
    "refund_report": RefundRow,
    "alipay_statement": statements.read_line,
    "alipay_trades": trades.read_trade,
    "goods_income": trades.read_income,
    "price_protection": PriceProtectionRow,
    "courier_bill": CourierRow,
}
_CHECKS: Mapping[str, Callable[[ReadFile, frames.Frame], ReadFile]] = {
    "alipay_statement": statements.checked,
    "alipay_trades": trades.checked_trades,
    "goods_income": trades.in_one_month,
}
# Parts that come along with what we read and repeat or accompany it: sums by kind, and the list of parcels.
_COMPANIONS = ("账务汇总", "业务汇总", "(汇总)", "（汇总）", "发货报表")
_READABLE = (".csv", ".xlsx", ".txt")
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def read_file(name: str, content: bytes) -> ReadFile:
    """The one table of a file; `BadFile` with every fault where it may not be taken in."""
    (read,) = read_tables(name, content)
    return read


def read_tables(name: str, content: bytes) -> tuple[ReadFile, ...]:
    """Every table of a file, zip or workbook with its facts and typed rows; `BadFile` with the faults of all."""
    with _faults_of(name):
        if len(content) > SIZE_MAX:
            raise BadCell("too_big")
        refuse_old(content)
        if not is_zip(content):
            return (_read_text(name, content),)
        archive = open_archive(content)
        if TYPES in archive.members:
            return _read_workbook(name, content, archive)
    return _read_members(name, archive)


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    """What is wrong with a cell or the bytes outside every row is a fault of the file."""
    try:
        yield
    except BadCell as fault:
        raise BadFile([Fault(code=fault.code, file=name, detail=fault.detail)]) from fault


def _read_text(name: str, content: bytes) -> ReadFile:
    if is_blank(content):
        raise BadCell("empty_file")
    encoding = encoding_of(content)
    if begins_with(("{",), content, encoding):
        read = _read_claims(name, content, encoding)
    else:
        read = _read_table(name, raw_rows(content, encoding))
    return replace(read, sha256=hashlib.sha256(content).hexdigest(), encoding=encoding)


def _read_claims(name: str, content: bytes, encoding: str) -> ReadFile:
    if len(content) > JSON_MAX:
        raise BadCell("too_big", f"({JSON_MAX // 1024 // 1024} MB)")
    rows = read_claims(name, lines(content, encoding))
    return ReadFile(layout="claims", name=name, sha256="", encoding="", rows=rows)


def _read_members(name: str, archive: Archive) -> tuple[ReadFile, ...]:
    """The files in a zip, each by its own digest: one that was imported unzipped is known again."""
    members = [member for member in archive.members if not any(part in member for part in _CLUTTER)]
    if sum(archive.members[member].file_size for member in members) > SIZE_MAX:
        raise BadFile([Fault(code="too_big", file=name)])
    read: list[ReadFile] = []
    faults: list[Fault] = []
    for member in members:
        try:
            shown = redacted(member.rpartition("/")[2])
            read += _read_member(f"{name} › {shown}", member, archive)
        except BadFile as bad:
            faults += bad.faults
        _refuse_too_many(name, read)
    if not any(file.layout != NOT_READ for file in read):
        faults = faults or [Fault(code="nothing_to_read", file=name)]
    tables.refuse(faults)
    return tuple(read)


def _read_member(shown: str, member: str, archive: Archive) -> tuple[ReadFile, ...]:
    if not member.lower().endswith(_READABLE):
        raise BadFile([Fault(code="unknown_member", file=shown)])
    with _faults_of(shown):
        content = archive.content(member, SIZE_MAX)
    return _read_inner(shown, content) if is_zip(content) else read_tables(shown, content)


def _read_inner(shown: str, content: bytes) -> tuple[ReadFile, ...]:
    """A workbook in a zip, but no zip in a zip."""
    with _faults_of(shown):
        archive = open_archive(content)
        if TYPES not in archive.members:
            raise BadCell("zip_bomb")
        return _read_workbook(shown, content, archive)


def _read_workbook(name: str, content: bytes, archive: Archive) -> tuple[ReadFile, ...]:
    digest = hashlib.sha256(content).hexdigest()
    if is_ours(archive):
        return (ReadFile(layout=NOT_READ, name=name, sha256=digest, encoding="xlsx", rows=()),)
    read: list[ReadFile] = []
    faults: list[Fault] = []
    for sheet in sheets(content, archive):
        shown = f"{name} [{sheet.name}]"
        try:
            with _faults_of(shown):
                read += _read_sheet(shown, sheet.rows)
        except BadFile as bad:
            faults += bad.faults
        _refuse_too_many(name, read)
    if not any(file.layout != NOT_READ for file in read):
        faults = faults or [Fault(code="empty_file", file=name)]
    tables.refuse(faults)
    return tuple(_digested(read, digest, name))


def _refuse_too_many(name: str, read: Iterable[ReadFile]) -> None:
    """Many tables may hold no more than one may."""
    if sum(len(file.rows) for file in read) > ROWS_MAX:
        raise BadFile([Fault(code="too_many_rows", file=name, detail=f"({ROWS_MAX})")])


def _read_sheet(shown: str, rows: Iterator[RawRow]) -> list[ReadFile]:
    first = next(rows, None)
    return [_read_table(shown, _again(first, rows))] if first else []


def _digested(read: Iterable[ReadFile], digest: str, name: str) -> Iterator[ReadFile]:
    """A workbook of one table is that table; of several, each has its own digest under the workbook's."""
    found = list(read)
    alone = sum(file.layout != NOT_READ for file in found) == 1
    for file in found:
        if file.layout == NOT_READ:
            yield replace(file, sha256=digest, encoding="xlsx")
            continue
        own = digest if alone else hashlib.sha256(f"{digest}\n{file.name}".encode()).hexdigest()
        yield replace(file, name=name if alone else file.name, sha256=own, encoding="xlsx")


def _again(first: RawRow, rest: Iterator[RawRow]) -> Iterator[RawRow]:
    yield first
    yield from rest


def _read_table(name: str, found: Iterator[RawRow]) -> ReadFile:
    frame = frames.split(found)
    try:
        heading, table = tables.known_heading(name, frame.table)
    except BadFile:
        if any(word in f"{name} {frame.said_above}" for word in _COMPANIONS):
            return ReadFile(layout=NOT_READ, name=name, sha256="", encoding="", rows=())
        raise
    rows = tables.read_rows(name, heading, table, _ROW_TYPES[heading.layout.name])
    read = ReadFile(
        layout=heading.layout.name,
        variant=heading.variant,
        width=heading.width,
        name=name,
        sha256="",
        encoding="",
        rows=tuple(rows),
        unread=heading.unread,
        new_columns=heading.unknown,
    )
    check = _CHECKS.get(read.layout)
    return check(read, frame) if check else read
