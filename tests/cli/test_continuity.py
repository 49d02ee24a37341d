"""Statements of one account join: month to month by their balances, and overlapping ones line by line."""

from dataclasses import replace
from pathlib import Path

import pytest

from cli.errors import BadFile
from cli.importing import Imported, import_files, read_files
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book
from tests.cli.conftest import STANDS_AT
from tests.cli.readers.small import STATEMENT, Small, file_of, small

OTHER_ACCOUNT = "#账号：[20880000000000020156]"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return create_book(sqlite_url(tmp_path / "x.db"), actor="wang", now=STANDS_AT)


def month(number: int, opening: str, closing: str, account: str = STATEMENT.above[1]) -> Small:
    """A statement of a month with one line that takes 4.75 and two balances as given."""
    line = {
        **STATEMENT.rows[1],
        "账务流水号": f"10000000000000000{number:02d}",
        "发生时间": f"2026-{number:02d}-08 09:00:02",
        "账户余额（元）": closing,
        "支出金额（-元）": f"-{float(opening) - float(closing):.2f}",
    }
    days = (
        f"#起始日期：[2026年{number:02d}月01日 00:00:00]   终止日期：[2026年{number + 1:02d}月01日 00:00:00]"
    )
    below = (
        STATEMENT.below[0],
        f"#支出合计：1笔，共{line['支出金额（-元）']}元",
        "#收入合计：0笔，共0.00元",
        f"#导出时间：[2026年{number + 1:02d}月01日 09:00:00]",
    )
    above = (STATEMENT.above[0], account, days, STATEMENT.above[3])
    return replace(STATEMENT, rows=(line,), above=above, below=below)


def bring(book: Book, tmp_path: Path, *smalls: Small, partial: bool = False) -> list[Imported]:
    """Import the small files, each under a name of its own."""
    paths = []
    for one in smalls:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_bytes(file_of(one))
        paths.append(path)
    with book.writing(actor="wang", now=STANDS_AT) as desk:
        return import_files(desk, read_files(paths, partial=partial), default_rulebook())


SEPTEMBER = month(9, "100.00", "90.00")
OCTOBER = month(10, "90.00", "80.00")
NOVEMBER = month(11, "80.00", "75.00")


def test_months_that_join_are_taken_in_whatever_order(book: Book, tmp_path: Path) -> None:
    told = bring(book, tmp_path, NOVEMBER, SEPTEMBER, OCTOBER)
    assert [one.told for one in told] == [(), (), ()]
    assert [one.file.first_on.month for one in told if one.file.first_on] == [11, 9, 10]


@pytest.mark.parametrize("torn", [month(10, "90.01", "80.00"), month(8, "120.00", "100.01")])
def test_a_month_that_does_not_join_its_neighbour_is_refused_with_both_balances(
    book: Book, tmp_path: Path, torn: Small
) -> None:
    bring(book, tmp_path, SEPTEMBER)
    with pytest.raises(BadFile) as refused:
        bring(book, tmp_path, torn)
    (fault,) = refused.value.faults
    assert fault.code == "months_do_not_join"
    assert "≠" in fault.detail
    with book.reading() as reader:
        assert len(queries.statements(reader)) == 1


def test_a_missing_month_is_told_and_no_hindrance(book: Book, tmp_path: Path) -> None:
    bring(book, tmp_path, SEPTEMBER)
    (told,) = bring(book, tmp_path, NOVEMBER)
    assert [(fault.code, fault.detail) for fault in told.told] == [
        ("month_missing", "(2026-10-01 … 2026-10-31)")
    ]


def test_another_account_is_no_neighbour(book: Book, tmp_path: Path) -> None:
    bring(book, tmp_path, SEPTEMBER)
    (told,) = bring(book, tmp_path, month(10, "5.00", "4.00", OTHER_ACCOUNT))
    assert (told.new_file, told.told) == (True, ())


def test_the_first_days_of_a_month_are_booked_once_when_the_whole_month_follows(
    book: Book, tmp_path: Path
) -> None:
    days = OCTOBER.above[2].replace("11月01日", "10月15日")
    part = replace(OCTOBER, above=(*OCTOBER.above[:2], days, OCTOBER.above[3]))
    (first,) = bring(book, tmp_path, part, partial=True)
    (whole,) = bring(book, tmp_path, OCTOBER)
    assert (first.entries, whole.entries, whole.new_file) == (1, 0, True)
    with book.reading() as reader:
        assert queries.balance(reader, "1012.01") == -1000


def test_the_same_month_in_another_layout_with_other_serials_is_refused(book: Book, tmp_path: Path) -> None:
    bring(book, tmp_path, STATEMENT)
    mbill = small("alipay_statement", "mbill")
    mbill = mbill.with_cells(0, 支付宝流水号="2000000000000000001").with_cells(
        1, 支付宝流水号="2000000000000000002"
    )
    with pytest.raises(BadFile) as refused:
        bring(book, tmp_path, mbill)
    assert [fault.code for fault in refused.value.faults] == ["overlap_differs"]


def test_lines_after_an_early_export_may_be_new(book: Book, tmp_path: Path) -> None:
    early = replace(
        OCTOBER,
        rows=(),
        below=(
            OCTOBER.below[0],
            "#支出合计：0笔，共0.00元",
            OCTOBER.below[2],
            "#导出时间：[2026年10月05日 09:00:00]",
        ),
    )
    bring(book, tmp_path, early, partial=True)
    (whole,) = bring(book, tmp_path, OCTOBER)
    assert whole.entries == 1
