"""Addresses, totals and the length of a sheet."""

import pytest
from exports.journal import journal_sheet

from exports.errors import TooManyRows
from exports.sheets import ROWS_MAX, labelled, refuse_too_many, summed
from tests.exports.samples import posting

LINE = posting("1001", 1, 0)


def test_a_columns_address_spans_its_rows_and_names_its_sheet() -> None:
    assert journal_sheet([LINE] * 5).cells("借方") == "'序时账'!$G$3:$G$7"


def test_an_empty_list_keeps_one_blank_row() -> None:
    assert journal_sheet([]).area == "A2:J3"


def test_a_column_that_is_not_there_has_no_address() -> None:
    with pytest.raises(ValueError, match="不在"):
        journal_sheet([LINE]).cells("不在")


def test_totals_stand_over_their_columns() -> None:
    labels_and_totals = journal_sheet([LINE, LINE]).totals()
    assert labels_and_totals[3] == "合计"
    assert labels_and_totals[6] == summed("'序时账'!$G$3:$G$4", [1, 1])
    assert labels_and_totals[0] is None


def test_a_total_shows_its_sum_before_it_is_calculated() -> None:
    total = summed("A1:A2", [150, -25])
    assert (total.expression, total.shows) == ("SUM(A1:A2)", "1.25")


def test_a_label_says_what_it_was_given() -> None:
    assert labelled("合计")("A1", []) == "合计"


def test_a_list_that_fills_the_sheet_is_taken_and_one_row_more_refused() -> None:
    refuse_too_many(journal_sheet([LINE] * (ROWS_MAX - 2)))
    with pytest.raises(TooManyRows, match="序时账 has 1048575 rows"):
        refuse_too_many(journal_sheet([LINE] * (ROWS_MAX - 1)))
