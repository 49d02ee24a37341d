"""What stands around Alipay's tables: the account, the days, and whether they are a whole month."""

from dataclasses import replace
from datetime import date

import pytest

from cli.readers import read_tables
from cli.readers.rows import StatementFacts
from tests.cli.readers.small import STATEMENT, file_of, small


def facts(first: str, last: str, exported: str = "") -> StatementFacts:
    """The facts of a statement without lines of these days."""
    above = (*STATEMENT.above[:2], f"#起始日期：[{first}]   终止日期：[{last}]", STATEMENT.above[3])
    below = (STATEMENT.below[0], "#支出合计：0笔，共0.00元", "#收入合计：0笔，共0.00元")
    below += (f"#导出时间：[{exported}]",) if exported else ()
    (read,) = read_tables("a.csv", file_of(replace(STATEMENT, rows=(), above=above, below=below)))
    assert read.statement is not None
    return read.statement


@pytest.mark.parametrize(
    ("first", "last", "exported", "whole"),
    [
        ("2026年10月01日 00:00:00", "2026年11月01日 00:00:00", "", True),
        ("2026年10月01日 00:00:00", "2026年11月01日 00:00:00", "2026年11月01日 00:00:00", True),
        ("2026年10月01日 00:00:00", "2026年11月01日 00:00:00", "2026年10月31日 23:59:59", False),
        ("2026-10-01 00:00:00", "2026-10-31 23:59:59", "2026-11-02 08:00:00", True),
        ("2026年10月01日 00:00:00", "2027年01月01日 00:00:00", "", True),
        ("2026年10月02日 00:00:00", "2026年11月01日 00:00:00", "", False),
        ("2026年10月01日 00:00:00", "2026年10月31日 00:00:00", "", False),
        ("2026年10月01日 00:00:01", "2026年11月01日 00:00:00", "", False),
        ("2026年10月08日 00:00:00", "2026年10月09日 00:00:00", "", False),
    ],
)
def test_a_whole_month_is_whole_and_over_when_it_was_exported(
    first: str, last: str, exported: str, whole: bool
) -> None:
    assert facts(first, last, exported).whole_months is whole


def test_the_last_day_is_inside_whichever_way_the_end_is_written() -> None:
    for last in ("2026年11月01日 00:00:00", "2026-10-31 23:59:59"):
        assert facts("2026年10月01日 00:00:00", last).last_on == date(2026, 10, 31)


def test_one_account_has_one_digest_in_every_layout_and_shows_five_of_its_digits() -> None:
    read = [
        read_tables("a.csv", file_of(small("alipay_statement", variant)))[0].statement
        for variant in ("2019", "mbill")
    ]
    assert len({said.account_digest for said in read if said}) == 1
    assert [said.account for said in read if said] == ["208…56", "208…01"]
