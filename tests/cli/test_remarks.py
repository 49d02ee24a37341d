import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.days import SHANGHAI
from cli.readers.rows import StatementLine
from cli.remarks import kept_reason, names_nobody, said_of_lines
from ledger.connections import sqlite_url
from ledger.desk import Desk
from ledger.engine import create_book
from ledger.persons import known_as
from ledger.statement_postings import statement_entry
from tests.cli.canary_files import CANARIES
from tests.cli.conftest import STANDS_AT

LINE = StatementLine(
    row=7,
    serial="30000000000000000001",
    at=datetime(2026, 10, 3, 9, 0, tzinfo=SHANGHAI),
    in_fen=0,
    out_fen=-500,
    balance_fen=0,
    kind="其它",
    remark="还欠张三丰的",
    description="",
    order_no=None,
    meaning="unknown",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with (
        create_book(sqlite_url(tmp_path / "x.db"), actor="wang", now=STANDS_AT) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        yield desk


@pytest.mark.parametrize(
    "reason",
    [
        "重复入账",
        "金额录错，见记-12",
        "Booked twice",
        "duplicate of #12",
        "wrong amount: 12.30",
        "2026-10 漏记",
        "",
    ],
)
def test_a_reason_of_known_words_stands_in_the_ledger(desk: Desk, reason: str) -> None:
    assert kept_reason(desk, reason) == reason


@pytest.mark.parametrize("reason", [*CANARIES.values(), "张三要求", "asked by Zhang", "电话13912345678"])
def test_any_other_reason_is_kept_where_it_can_be_erased(desk: Desk, reason: str) -> None:
    kept = kept_reason(desk, reason)
    assert reason not in kept
    (row,) = known_as(desk.reader, kept.removeprefix("附言 "))
    assert (row.nick, row.is_remark) == (reason, True)


@given(
    before=st.sampled_from(["", "重复", "twice, ", "记-12 "]),
    canary=st.sampled_from(sorted(CANARIES.values())),
    after=st.sampled_from(["", "入账", " again"]),
)
def test_no_name_hides_among_known_words(before: str, canary: str, after: str) -> None:
    assert not names_nobody(f"{before}{canary}{after}")


def test_what_is_written_into_an_unclear_line_is_kept_aside_until_it_is_booked(desk: Desk) -> None:
    (said,) = said_of_lines(desk, [LINE]).values()
    (row,) = known_as(desk.reader, said.removeprefix("附言 "))
    assert row.nick == "其它 | 还欠张三丰的"
    booked = statement_entry(LINE.serial, LINE.meaning, LINE.at.date(), (-500, None))
    assert booked is not None
    desk.post(booked.entry, key=booked.key)
    assert said_of_lines(desk, [LINE]) == {}


@pytest.mark.parametrize(
    "line",
    [
        replace(LINE, meaning="commission", remark="天猫佣金（类目）扣款张三"),
        replace(LINE, remark="天猫保证金-充值（代扣）-缺货"),
        replace(LINE, remark=""),
    ],
)
def test_a_line_that_is_understood_or_says_nothing_of_anybody_is_left(
    desk: Desk, line: StatementLine
) -> None:
    assert said_of_lines(desk, [line]) == {}
    assert "person" not in json.dumps(said_of_lines(desk, []))
