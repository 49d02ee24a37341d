"""Fuzzed: an anchor file. It is read or refused, and whatever was read can be held against a book and said."""

import functools
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ledger.anchors import Anchor, anchor_of, misfits, read_anchors
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.errors import BadAnchor

_NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


def one(data: bytes) -> None:
    """Raises only for a fault of ours."""
    path = Path(_folder().name) / "fuzzed.anchors"
    path.write_bytes(data)
    try:
        anchors = read_anchors(path, "main")
    except BadAnchor as bad:
        str(bad).encode()
        return
    for anchor in anchors:
        _assert_same_again(anchor)
    with _book().reading() as reader:
        for wrong in misfits(reader, anchors):
            assert wrong.encode()


def _assert_same_again(anchor: Anchor) -> None:
    path = Path(_folder().name) / "again.anchors"
    path.write_bytes(anchor.line().encode())
    assert anchor.book == "main"
    assert read_anchors(path, "main") == (anchor,)


@functools.cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory()  # it goes with the process


@functools.cache
def _book() -> Book:
    path = Path(_folder().name) / "book.db"
    create_book(sqlite_url(path), actor="wang", now=_NOW).leave()
    return open_book(sqlite_url(path), read_only=True)


def seeds() -> Iterator[bytes]:
    """The anchor of a new book, true and untrue."""
    with _book().reading() as reader:
        line = anchor_of(reader, _NOW).line()
    yield line.encode()
    yield line.encode() * 3
    yield line.replace('"entries": 0', '"entries": 5').encode()
    yield line.replace('"main"', '"other"').encode() + line.encode()
    yield line.replace('"main"', '"\\u006dain"').encode()
    yield line.replace('"at": "', '"at": "\\ud800').encode()
    yield line.replace('"entries": 0', f'"entries": {2**63}').encode()
    yield line.replace('"operations": 1', '"operations": -1').encode()
    yield line.replace('"entries": 0', '"entries": true').encode()
