"""Expressions over lists: each covers every part, and no key is read as a pattern."""

import pytest

from exports.expressions import by_account, counted, countifs, criterion, sumifs
from exports.sheets import Column, Kind, listed

SHEET = listed(
    "单",
    "list",
    (
        Column(title="名", kind=Kind.TEXT, width=9, value=str),
        Column(title="额", kind=Kind.AMOUNT, width=9, value=lambda row: row, summed=True),
    ),
    range(3),
    rows_max=5,
)


def test_a_sum_is_the_sum_of_its_parts() -> None:
    assert sumifs(SHEET, "额", ("名", "X1"), ("额", '">0"')) == (
        "SUMIFS('单'!$B$4:$B$5,'单'!$A$4:$A$5,X1,'单'!$B$4:$B$5,\">0\")"
        "+SUMIFS('单 (2)'!$B$4:$B$4,'单 (2)'!$A$4:$A$4,X1,'单 (2)'!$B$4:$B$4,\">0\")"
    )


def test_counts_cover_every_part() -> None:
    assert countifs(SHEET, ("名", "X1")) == "COUNTIFS('单'!$A$4:$A$5,X1)+COUNTIFS('单 (2)'!$A$4:$A$4,X1)"
    assert counted(SHEET, "名") == "COUNTA('单'!$A$4:$A$5,'单 (2)'!$A$4:$A$4)"


def test_a_sum_for_each_of_many_names_covers_every_part() -> None:
    assert by_account(SHEET, "额", "名", "N") == (
        "SUMIF('单'!$A$4:$A$5,N,'单'!$B$4:$B$5)+SUMIF('单 (2)'!$A$4:$A$4,N,'单 (2)'!$B$4:$B$4)"
    )


@pytest.mark.parametrize("text", ["003-12", "退货退款", "a=b", "x"])
def test_a_plain_key_is_asked_for_where_it_stands(text: str) -> None:
    assert criterion(text, "A1") == "A1"


@pytest.mark.parametrize(
    ("text", "asked"),
    [("*", '"=~*"'), ("a?", '"=a~?"'), ("~", '"=~~"'), (">5", '"=>5"'), ("=1", '"==1"'), ('<"', '"=<"""')],
)
def test_a_key_that_would_be_a_pattern_is_spelled_out(text: str, asked: str) -> None:
    assert criterion(text, "A1") == asked


def test_no_key_at_all_asks_for_the_empty_cells() -> None:
    assert criterion("", "A1") == '"="'
