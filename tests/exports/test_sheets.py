"""Addresses, totals, and a list that goes on in a further sheet."""

from collections.abc import Sequence

import pytest

from exports.cells import Formula
from exports.sheets import ROWS_MAX, Column, Kind, Sheet, Tab, link, listed, tabs_of, wrapped_height
from exports.styles import Style

COLUMNS: tuple[Column[int], ...] = (
    Column(title="名", kind=Kind.TEXT, width=9, value=str),
    Column(title="数", kind=Kind.NUMBER, width=9, value=lambda row: row, summed=True),
    Column(title="额", kind=Kind.AMOUNT, width=9, value=lambda row: row, summed=True),
)


def _sheet(rows: Sequence[int], rows_max: int = ROWS_MAX, **more: str) -> Sheet[int]:
    return listed("单", "list", COLUMNS, rows, rows_max=rows_max, **more)


def _values(tab: Tab) -> list[tuple[object, ...]]:
    return [line.values for line in tab.lines()]


def test_a_columns_address_spans_its_rows_and_names_its_sheet() -> None:
    assert _sheet([1] * 5).ranges("额") == ("'单'!$C$4:$C$8",)


def test_an_empty_list_keeps_one_blank_row_and_says_that_it_is_empty() -> None:
    sheet = _sheet([], note="些什么")
    (part,) = sheet.parts
    assert sheet.area(part).cells == "A3:C4"
    assert next(iter(sheet.lines(part))).values[3] == "些什么（本期无）"


def test_a_column_that_is_not_there_has_no_address() -> None:
    with pytest.raises(ValueError, match="不在"):
        _sheet([1]).ranges("不在")


def test_title_totals_and_headings_stand_above_the_rows() -> None:
    (tab,) = tabs_of(_sheet([150, -25]))
    title, totals, headings, first, second = _values(tab)
    assert title[0] == "单"
    assert totals == (
        "合计",
        Formula(expression="SUM('单'!$B$4:$B$5)", shows="125"),
        Formula(expression="SUM('单'!$C$4:$C$5)", shows="1.25"),
    )
    assert headings == ("名", "数", "额")
    assert (first, second) == (("150", 150, 150), ("-25", -25, -25))


def test_what_stands_above_a_column_may_be_given() -> None:
    sheet = listed("单", "list", COLUMNS, [1], above={"名": "三", "额": "四"})
    assert next(line for line in list(tabs_of(sheet)[0].lines())[1:]).values[::2] == ("三", "四")


def test_a_list_that_fills_a_sheet_takes_one_and_one_row_more_takes_two() -> None:
    assert [part.count for part in _sheet(range(7), rows_max=10).parts] == [7]
    assert [part.count for part in _sheet(range(8), rows_max=10).parts] == [7, 1]


def test_the_parts_of_a_list_hold_every_row_once_and_their_totals_the_whole() -> None:
    sheet = _sheet(range(17), rows_max=10)
    tabs = tabs_of(sheet)
    assert [(tab.title, tab.tables[0].name) for tab in tabs] == [
        ("单", "list"),
        ("单 (2)", "list_2"),
        ("单 (3)", "list_3"),
    ]
    assert [values[1] for tab in tabs for values in _values(tab)[3:]] == list(range(17))
    whole = "SUM('单'!$B$4:$B$10,'单 (2)'!$B$4:$B$10,'单 (3)'!$B$4:$B$6)"
    assert {values[1] for tab in tabs for values in [_values(tab)[1]]} == {
        Formula(expression=whole, shows="136")
    }
    assert [tab.last_row for tab in tabs] == [10, 10, 6]


def test_only_the_first_part_is_counted_in_the_contents() -> None:
    first, second = tabs_of(_sheet(range(10), rows_max=10, headline="额"))
    assert (first.rows, first.total) == (10, Formula(expression="'单'!$C$2", shows="0.45"))
    assert (second.rows, second.total) == (None, None)


def test_headings_stand_over_the_end_of_their_figures() -> None:
    (tab,) = tabs_of(_sheet([1]))
    assert list(tab.lines())[2].styles == (
        Style.HEADING,
        Style.HEADING_OF_NUMBERS,
        Style.HEADING_OF_NUMBERS,
    )


@pytest.mark.parametrize(("text", "height"), [("短", None), ("长" * 6, 32), ("x" * 13, 32), ("长" * 19, 60)])
def test_a_row_is_as_high_as_its_longest_wrapped_text(text: str, height: int | None) -> None:
    assert wrapped_height((None, text), [(1, 13)]) == height


def test_a_link_leads_to_the_top_of_a_sheet() -> None:
    assert link("单", "去").expression == 'HYPERLINK("#\'单\'!A1","去")'
