"""Verify: whether a book still is what was posted, asked of the file, the tables, the chain and the anchors.

Nothing here is believed because it stands in the database: the engine checks its own pages and keys, the
guards are compared with the registry, and the chain, counts, balances and closings are walked once more by
replay, with the settlements taken as they stand. What only an anchor can show is asked of the anchors, and
said to be unknown where there is none.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import sqlalchemy as sa

from ledger import schema
from ledger import tables as t
from ledger.anchors import Anchor, misfits
from ledger.book import Book
from ledger.canonical import GENESIS
from ledger.connections import open_store
from ledger.errors import GuardBroken, NoBook, StorageFailed
from ledger.reading import Reader
from ledger.replay import Replayed, replay
from ledger.reports import ChainHead
from ledger.storage import how_checked, key_faults, storage_faults

# Reading a damaged row can fail in any of these ways; each is a finding, not a slip of ours.
_UNREADABLE = (sa.exc.DBAPIError, sqlite3.Error, TypeError, ValueError, LookupError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it was posted: which check saw it, and what it saw first."""

    check: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was walked, what was found, and up to which entry and operation an anchor answers for it.

    `storage` says how the database's own pages and keys were looked at.
    """

    entries: int
    settlements: int
    operations: int
    head: ChainHead
    findings: tuple[Finding, ...]
    anchors: int
    anchored_entries: int
    anchored_operations: int
    storage: tuple[str, ...] = ()

    @property
    def needs_anchor(self) -> bool:
        """Whether the end of the chain has no anchor, so that a cut or a forgery of it would not be seen."""
        return self.anchored_entries < self.entries or self.anchored_operations < self.operations


def verify(url: str, book: str = "main", anchors: Sequence[Anchor] = ()) -> Verified:
    """Check a book without opening it for use; `NoBook` or `SchemaMismatch` where there is none to check.

    Every other thing that is wrong is a finding, broken guards and an unreadable file among them.
    """
    try:
        store = open_store(url, read_only=True)
        with Book(store, book) as opened, opened.reading() as reader:
            return verify_reader(reader, anchors)
    except (StorageFailed, *_UNREADABLE) as failed:
        return _verified(None, anchors, (Finding(check="storage", what=_first_line(failed)),))


def verify_reader(reader: Reader, anchors: Sequence[Anchor] = ()) -> Verified:
    """The same over a view that is open already."""
    findings = [found for name, check in _CHECKS for found in _tried(name, partial(check, reader))]
    if not _has_book(reader):
        findings += _missing_book(reader, anchors)
        return _verified(None, anchors, tuple(findings))
    walked: list[Replayed] = []
    findings += _tried("chain", partial(_chain, reader, walked))
    findings += _tried("anchor", partial(_anchors, reader, anchors))
    verified = _verified(next(iter(walked), None), anchors, tuple(findings))
    return replace(verified, storage=_how_checked(reader))


def _how_checked(reader: Reader) -> tuple[str, ...]:
    try:
        return how_checked(reader)
    except _UNREADABLE:
        return ()


def _verified(walked: Replayed | None, anchors: Sequence[Anchor], findings: tuple[Finding, ...]) -> Verified:
    return Verified(
        entries=walked.entries if walked else 0,
        settlements=walked.settlements if walked else 0,
        operations=walked.operations if walked else 0,
        head=walked.head if walked else ChainHead(seq=0, hash=GENESIS),
        findings=findings,
        anchors=len(anchors),
        anchored_entries=max((anchor.entries for anchor in anchors), default=0),
        anchored_operations=max((anchor.operations for anchor in anchors), default=0),
    )


def _tried(name: str, check: Callable[[], Iterator[str]]) -> list[Finding]:
    """What a check found, each as a finding; that it could not read on is one too."""
    found: list[Finding] = []
    try:
        found += [Finding(check=name, what=what) for what in check()]
    except _UNREADABLE as failed:
        found.append(Finding(check=name, what=f"cannot be read: {_first_line(failed)}"))
    return found


def _guards(reader: Reader) -> Iterator[str]:
    try:
        schema.check(reader.connection)
    except GuardBroken as broken:
        yield from broken.names


def _chain(reader: Reader, walked: list[Replayed]) -> Iterator[str]:
    walked.append(replay(reader))
    if walked[0].first_difference is not None:
        yield str(walked[0].first_difference)


def _anchors(reader: Reader, anchors: Sequence[Anchor]) -> Iterator[str]:
    yield from misfits(reader, anchors)


def _unopened(reader: Reader) -> Iterator[str]:
    """Every book of the database that no operation opened: its row is the one that no seal would answer for."""
    book, first = t.book.c.book, t.operation.c
    opened = sa.exists().where(first.book == book, first.op_no == 1)
    for row in reader.rows(sa.select(book).where(~opened).order_by(book)):
        yield f"book {row['book']} was never opened"


def _has_book(reader: Reader) -> bool:
    try:
        return bool(reader.number(sa.select(sa.func.count()).where(t.book.c.book == reader.book)))
    except _UNREADABLE:
        return True


def _missing_book(reader: Reader, anchors: Sequence[Anchor]) -> list[Finding]:
    if not anchors:
        raise NoBook(
            f"the database has no book {reader.book}. Make it with `settle init --book {reader.book}`."
        )
    return _tried("anchor", partial(_anchors, reader, anchors))


def _first_line(failed: Exception) -> str:
    reason = failed.orig if isinstance(failed, sa.exc.DBAPIError) else failed
    return f"{type(reason).__name__}: {reason}".splitlines()[0].partition(" with text ")[0]


_CHECKS: tuple[tuple[str, Callable[[Reader], Iterator[str]]], ...] = (
    ("guards", _guards),
    ("storage", storage_faults),
    ("keys", key_faults),
    ("books", _unopened),
)
