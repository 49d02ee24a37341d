"""Anchors: what the head of a book was at some moment, kept outside the database.

A chain proves that nothing inside it was changed, but not that nothing was cut off its end, nor that it was
not written anew with all its hashes. A line kept elsewhere proves that: whatever entry it names must still be
there with the hash it says. Lines are only ever added, and never to a file whose lines do not fit the book.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ledger import queries, schema
from ledger.canonical import GENESIS
from ledger.errors import AnchorMismatch, BadAnchor, StorageFailed
from ledger.reading import Reader
from ledger.sealing import moment_text

_SUFFIX = ".anchors"
LINE_MAX = 4096
_NUMBER_MAX = 2**63 - 1
_HASHES = {
    "entry": "SELECT hash FROM entry_seal WHERE book = :book AND seq = :number",
    "operation": "SELECT hash FROM operation WHERE book = :book AND op_no = :number",
}
_LAST_OPERATION = "SELECT COALESCE(MAX(op_no), 0) FROM operation WHERE book = :book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of one book at one moment; `schema` says engine, version and digest of tables and guards."""

    book: str
    entries: int
    hash: str
    operations: int
    operation_hash: str
    schema: str
    at: str

    def line(self) -> str:
        """The anchor as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"


_SHAPE = {field.name: field.type for field in fields(Anchor)}


def anchor_file(url: str) -> Path | None:
    """Where a book's anchors are kept unless another file is named: beside a SQLite file, else nowhere."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return beside(Path(str(parsed.database)))


def beside(database: Path) -> Path:
    """The anchor file beside a database file."""
    return database.with_name(database.name + _SUFFIX)


def anchor_of(reader: Reader, now: datetime) -> Anchor:
    """The anchor of a book as it stands, taken at the aware moment `now`."""
    head = queries.head(reader)
    operations = int(_scalar(reader, _LAST_OPERATION) or 0)
    return Anchor(
        book=reader.book,
        entries=head.seq,
        hash=head.hash,
        operations=operations,
        operation_hash=_hash(reader, "operation", operations) or "",
        schema=schema.fingerprint(reader.connection),
        at=moment_text(now),
    )


def read_anchors(path: Path, book: str) -> tuple[Anchor, ...]:
    """Every anchor of a book in a file, in order; `BadAnchor` for a missing file or a line that is none."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise BadAnchor(
            f"there is no anchor file at {path}. Name the file that `settle close` wrote."
        ) from None
    except (OSError, ValueError) as failed:
        raise BadAnchor(f"the anchor file {path} cannot be read: {failed}.") from failed
    if text and not text.endswith("\n"):
        raise BadAnchor(f"the last line of {path} is cut off. Compare it with the auditor's own copy.")
    anchors = [_parsed(path, number, line) for number, line in enumerate(text.split("\n")[:-1], 1)]
    return tuple(anchor for anchor in anchors if anchor.book == book)


def misfits(reader: Reader, anchors: Iterable[Anchor]) -> Iterator[str]:
    """For each anchor that the book does not fit, what is wrong, in words."""
    now = schema.fingerprint(reader.connection)
    for anchor in anchors:
        wrong = (
            _misfit(reader, "entry", anchor.entries, anchor.hash)
            or _misfit(reader, "operation", anchor.operations, anchor.operation_hash)
            or _other_schema(anchor.schema, now)
        )
        if wrong:
            yield f"the anchor of {anchor.at}: {wrong}"


def check_fit(reader: Reader, path: Path) -> tuple[Anchor, ...]:
    """The book's anchors in a file, none where there is no file; `AnchorMismatch` where one does not fit."""
    anchors = read_anchors(path, reader.book) if path.exists() else ()
    for wrong in misfits(reader, anchors):
        raise AnchorMismatch(f"{path}: {wrong}. Nothing was written; run `settle verify --anchor {path}`.")
    return anchors


def add_anchor(reader: Reader, path: Path, now: datetime) -> Anchor:
    """Append the book's head to a file, once; `AnchorMismatch` where a line before it does not fit."""
    anchors = check_fit(reader, path)
    anchor = anchor_of(reader, now)
    if anchors and _place(anchors[-1]) == _place(anchor):
        return anchors[-1]
    _append(path, anchor.line().encode())
    return anchor


def _place(anchor: Anchor) -> tuple[int, int, str]:
    return anchor.entries, anchor.operations, anchor.schema


def _append(path: Path, line: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600), "r+b", 0) as file:
            _write_whole(file.fileno(), line)
    except OSError as failed:
        raise StorageFailed(
            f"the anchor cannot be written to {path}: {failed.strerror}. Write it with "
            "`settle verify --write-anchor FILE` when there is room."
        ) from failed


def _write_whole(file: int, line: bytes) -> None:
    before = os.fstat(file).st_size
    try:
        if os.write(file, line) < len(line):
            raise OSError(0, "no room for the whole line")
        os.fsync(file)
    except OSError:
        os.ftruncate(file, before)
        raise


def _misfit(reader: Reader, what: str, number: int, said: str) -> str:
    found = GENESIS if number == 0 else _hash(reader, what, number)
    if found == said:
        return ""
    if found is None:
        return f"{what} {number} is not there any more"
    return f"{what} {number} has hash {found}, the anchor says {said}"


def _other_schema(said: str, now: str) -> str:
    same_version = said.split(" ")[:2] == now.split(" ")[:2]
    return f"tables or guards are now {now}, the anchor says {said}" if same_version and said != now else ""


def _hash(reader: Reader, what: str, number: int) -> str | None:
    found = _scalar(reader, _HASHES[what], number=number)
    return None if found is None else str(found)


def _scalar(reader: Reader, question: str, **given: int) -> Any:
    return reader.connection.execute(sa.text(question), {"book": reader.book, **given}).scalar()


def _parsed(path: Path, number: int, line: str) -> Anchor:
    try:
        read: Any = json.loads(line) if len(line) <= LINE_MAX else None
        if isinstance(read, dict) and {name: type(value) for name, value in read.items()} == _SHAPE:
            anchor = Anchor(**read)
            # Half a character could be neither kept nor shown, and of such a number no database knows.
            anchor.line().encode()
            if all(0 <= number <= _NUMBER_MAX for number in (anchor.entries, anchor.operations)):
                return anchor
    except (ValueError, RecursionError):
        pass
    raise BadAnchor(f"line {number} of {path} is not an anchor. Compare it with the auditor's own copy.")
