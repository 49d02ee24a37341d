"""What is printed on a cover says which report of the ledger a workbook should be."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from cli import verifying
from cli.verifying import NoCover, verified_workbook
from exports.workbook import write_workbook
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.month_reports import period_report
from tests.cli.conftest import STANDS_AT
from tests.ledger.samples import an_entry, post


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = create_book(sqlite_url(tmp_path / "settle.db"), actor="wang", now=STANDS_AT)
    for key in ("a", "b"):
        post(made, an_entry(), key)
    return made


def _written(book: Book, to: Path) -> Path:
    with book.reading() as reader:
        write_workbook(period_report(reader, "2026-10"), to, overwrite=True)
    return to


def _with_cover(path: Path, **cells: object) -> Path:
    changed = load_workbook(path)
    for cell, value in cells.items():
        changed["封面"][cell] = value
    changed.save(path.with_name("changed.xlsx"))
    return path.with_name("changed.xlsx")


def _cells(book: Book, path: Path) -> list[str]:
    with book.reading() as reader:
        return [f"{one.sheet}!{one.cell}" for one in verified_workbook(reader, path).findings]


def test_an_open_month_verifies_after_more_was_posted(book: Book, tmp_path: Path) -> None:
    path = _written(book, tmp_path / "a.xlsx")
    post(book, an_entry(), "c")
    assert _cells(book, path) == []


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"B6": 1}, id="another head"),
        pytest.param({"B7": 999}, id="another operation"),
        pytest.param({"B11": "{}"}, id="another anchor"),
        pytest.param({"B11": "[" * 30_000}, id="an anchor without end"),
        pytest.param({"B6": 1, "B7": 999, "B8": "x"}, id="head, hash and operation"),
    ],
)
def test_what_was_changed_on_the_cover_is_named_alone(
    book: Book, tmp_path: Path, cells: dict[str, object]
) -> None:
    path = _with_cover(_written(book, tmp_path / "a.xlsx"), **cells)
    assert _cells(book, path) == [f"封面!{cell}" for cell in cells]


def test_without_anchor_and_head_the_book_as_it_stands_is_the_measure(book: Book, tmp_path: Path) -> None:
    path = _with_cover(_written(book, tmp_path / "a.xlsx"), B6=77, B11="")
    assert _cells(book, path) == ["封面!B6", "封面!B11"]


@pytest.mark.parametrize("month", [None, "十月", "2026-13", 46_000])
def test_a_cover_without_a_month_is_refused(book: Book, tmp_path: Path, month: object) -> None:
    path = _with_cover(_written(book, tmp_path / "a.xlsx"), B3=month)
    with book.reading() as reader, pytest.raises(NoCover, match="no month is printed"):
        verified_workbook(reader, path)


def test_a_workbook_without_a_cover_is_refused(book: Book, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "x.xlsx")
    with book.reading() as reader, pytest.raises(NoCover):
        verified_workbook(reader, tmp_path / "x.xlsx")


def test_findings_beyond_what_is_listed_are_told_of(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _with_cover(_written(book, tmp_path / "a.xlsx"), B6=1, B7=9, B8="x")
    monkeypatch.setattr(verifying, "FINDINGS_MAX", 2)
    with book.reading() as reader:
        done = verified_workbook(reader, path)
    assert (len(done.findings), done.more) == (2, True)
