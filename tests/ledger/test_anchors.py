"""Anchors: written once a head, never over a line that does not fit, and read strictly."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from ledger.anchors import LINE_MAX, Anchor, add_anchor, anchor_file, anchor_of, beside, misfits, read_anchors
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.errors import AnchorMismatch, BadAnchor, StorageFailed
from tests.ledger.samples import NOW, an_entry, post


def add(book: Book, path: Path) -> None:
    with book.reading() as reader:
        add_anchor(reader, path, NOW)


def test_an_anchor_says_head_operations_and_schema(book: Book) -> None:
    post(book, an_entry(), "a")
    with book.reading() as reader:
        anchor = anchor_of(reader, NOW)
        assert list(misfits(reader, [anchor])) == []
    assert (anchor.book, anchor.entries, anchor.operations) == ("main", 1, 1)
    assert anchor.at == "2026-10-12T02:00:00.000000Z"
    assert json.loads(anchor.line()) == asdict(anchor)


def test_an_anchor_is_appended_once_a_head_and_readable_by_its_owner_alone(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "anchors"
    add(book, path)
    add(book, path)
    post(book, an_entry(), "a")
    add(book, path)
    assert [anchor.entries for anchor in read_anchors(path, "main")] == [0, 1]
    assert read_anchors(path, "another") == ()
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_anchor_that_does_not_fit_is_never_overwritten(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "anchors"
    post(book, an_entry(), "a")
    add(book, path)
    forged = path.read_text().replace(read_anchors(path, "main")[0].hash, "f" * 64)
    path.write_text(forged)
    post(book, an_entry(), "b")
    with pytest.raises(AnchorMismatch, match="entry 1 has hash"):
        add(book, path)
    assert path.read_text() == forged


@pytest.mark.parametrize(
    "text",
    [
        "no json\n",
        "[]\n",
        "{}\n",
        "\n",
        '{"book": "main"}',
        "[" * 5000 + "\n",
        '{"book": "main", "entries": "1", "hash": "", "operations": 1, "operation_hash": "", "schema": "",'
        ' "at": ""}\n',
        '{"book": "main", "entries": 9223372036854775808, "hash": "", "operations": 1, "operation_hash": "",'
        ' "schema": "", "at": ""}\n',
        '{"book": "main", "entries": 1, "hash": "", "operations": -1, "operation_hash": "", "schema": "",'
        ' "at": ""}\n',
        '{"book": "main", "entries": 1, "hash": "", "operations": 1, "operation_hash": "", "schema": "",'
        ' "at": "\\ud800"}\n',
        '{"book": "main", "entries": true, "hash": "", "operations": 1, "operation_hash": "", "schema": "",'
        ' "at": ""}\n',
    ],
)
def test_a_line_that_is_no_anchor_is_refused(book: Book, tmp_path: Path, text: str) -> None:
    path = tmp_path / "anchors"
    path.write_text(text)
    with pytest.raises(BadAnchor, match="line"):
        read_anchors(path, "main")
    with pytest.raises(BadAnchor):
        add(book, path)
    assert path.read_text() == text


def test_a_refusal_names_the_line_and_its_file(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "anchors"
    add(book, path)
    path.write_text(path.read_text() + "no json\n")
    with pytest.raises(BadAnchor) as refused:
        read_anchors(path, "main")
    assert f"line 2 of {path} is not an anchor" in str(refused.value)


def test_the_largest_number_and_the_longest_line_are_still_an_anchor(tmp_path: Path) -> None:
    path, largest = tmp_path / "anchors", 2**63 - 1
    anchor = Anchor(
        book="main", entries=largest, hash="", operations=largest, operation_hash="", schema="", at=""
    )
    longest = anchor.line().rstrip("\n").ljust(LINE_MAX)
    path.write_text(f"{longest}\n")
    assert read_anchors(path, "main") == (anchor,)
    path.write_text(f"{longest} \n")
    with pytest.raises(BadAnchor, match="line 1 "):
        read_anchors(path, "main")


def test_a_missing_file_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "anchors"
    with pytest.raises(BadAnchor, match="no anchor file"):
        read_anchors(path, "main")
    path.write_bytes(b"\xff\n")
    with pytest.raises(BadAnchor, match="cannot be read"):
        read_anchors(path, "main")


def test_a_file_that_cannot_be_written_is_said(book: Book, tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="cannot be written"):
        add(book, tmp_path / "no such folder" / "anchors")


def test_a_line_that_only_half_fits_on_the_disk_is_taken_back(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, write = tmp_path / "anchors", os.write
    add(book, path)
    before = path.read_text()
    post(book, an_entry(), "a")
    monkeypatch.setattr("ledger.anchors.os.write", lambda file, line: write(file, line[:10]))
    with pytest.raises(StorageFailed, match=r"/anchors: no room for the whole line\. "):
        add(book, path)
    assert path.read_text() == before


def test_the_file_lies_beside_a_sqlite_book_and_nowhere_for_a_server(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    assert anchor_file(sqlite_url(path)) == beside(path) == tmp_path / "book.db.anchors"
    assert anchor_file("postgresql+psycopg://server/settle") is None
    for url in ("sqlite://", "sqlite:///", "sqlite:///:memory:"):
        assert anchor_file(url) is None
