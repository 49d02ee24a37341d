"""`settle verify-workbook`: what it prints of a clean workbook and of one that somebody changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from calculators.days import parse_day
from cli import exits
from ledger import approving
from ledger.connections import sqlite_url
from ledger.engine import open_book
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import DESPITE, Shell, asked, noted
from tests.exports.samples import placed
from tests.ledger.samples import handed_to


@pytest.fixture
def closed(booked: Shell, notes: list[dict[str, object]]) -> Shell:
    """A shell with one claim recorded, the month closed and its workbook written."""
    booked("record", *asked(noted(notes, kind="return", cause="quality", received=True)))
    booked("close", "2026-10", *DESPITE, "--to", "october.xlsx")
    return booked


def _change(shell: Shell, change: Callable[[Workbook], object]) -> None:
    book = load_workbook(shell.folder / "october.xlsx")
    change(book)
    book.save(shell.folder / "changed.xlsx")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clean_workbook_agrees_to_the_last_cell(closed: Shell, lang: str) -> None:
    closed.matches(f"verify_workbook.{lang}", closed("verify-workbook", "october.xlsx", "--lang", lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_changed_cell_is_named(closed: Shell, lang: str) -> None:
    def change(book: Workbook) -> None:
        detail = book["售后明细"]
        detail[f"{placed(book, '售后明细', '金额')}4"] = 1
        detail[f"{placed(book, '售后明细', '计算式')}4"] = "略"
        book["科目余额表"]["E2"] = 1
        book["序时账"].delete_rows(10)
        book["规则"].title = "规定"

    _change(closed, change)
    said = closed("verify-workbook", "changed.xlsx", "--lang", lang, code=exits.DIFFERS)
    closed.matches(f"verify_workbook_changed.{lang}", said)


def test_a_script_is_told_the_same(closed: Shell) -> None:
    _change(closed, lambda book: book["封面"].__setitem__("B2", "别家店"))
    said = closed("verify-workbook", "changed.xlsx", "--json", code=exits.DIFFERS).json
    assert (said["period"], said["more"], said["sheets"]) == ("2026-10", False, 18)
    assert said["findings"] == [
        {"what": "value", "sheet": "封面", "cell": "B2", "found": "别*", "due": "main"}
    ]
    assert closed("verify-workbook", "october.xlsx", "--json").json["findings"] == []


def test_what_is_booked_later_changes_neither_the_verdict_nor_the_workbook(closed: Shell) -> None:
    closed("reverse", "7", "--reason", "late", "--on", "2026-10-31")
    closed("verify-workbook", "october.xlsx")
    closed("export", "2026-10", "--as", "xlsx", "--to", "again.xlsx")
    assert (closed.folder / "again.xlsx").read_bytes() == (closed.folder / "october.xlsx").read_bytes()


def test_a_month_reopened_and_changed_leaves_its_old_workbook_true_of_its_own_head(closed: Shell) -> None:
    with (
        open_book(sqlite_url(closed.folder / "settle.db")) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        desk.ask_reopening("2026-10", "漏记一笔")
        with handed_to(desk, "li"):
            desk.reopen("2026-10", approving.close_digest(desk.reader, "2026-10") or "")
        desk.reverse(7, parse_day("2026-10-31"), "录错")
        desk.close("2026-10")
    closed("verify-workbook", "october.xlsx")
    closed("export", "2026-10", "--as", "xlsx", "--to", "again.xlsx")
    closed("verify-workbook", "again.xlsx")
    late = load_workbook(closed.folder / "again.xlsx")["跨期"]
    assert {row[0].value for row in late.iter_rows(min_row=4)} == {"结账后补记", "反结账差额"}


def test_a_head_that_was_printed_wrong_is_named_and_little_else(closed: Shell) -> None:
    _change(closed, lambda book: book["封面"].__setitem__("B6", 5))
    said = closed("verify-workbook", "changed.xlsx", "--json", code=exits.DIFFERS).json
    assert [(one["cell"], one["found"]) for one in said["findings"]] == [("B6", "5")]


def test_a_workbook_of_another_book_is_no_workbook_of_this_one(closed: Shell, tmp_path: Path) -> None:
    closed("init", "--db", "other.db")
    said = closed("verify-workbook", "october.xlsx", "--db", "other.db", "--json", code=exits.DIFFERS).json
    assert said["more"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_that_is_no_workbook_of_ours_is_refused(closed: Shell, lang: str) -> None:
    Workbook().save(closed.folder / "other.xlsx")
    shutil.copy(closed.folder / "settle.db", closed.folder / "book.xlsx")
    said = [
        closed("verify-workbook", name, "--lang", lang, code=exits.BAD_INPUT)
        for name in ("other.xlsx", "book.xlsx", "missing.xlsx")
    ]
    closed.matches(f"verify_workbook_refused.{lang}", *said)
