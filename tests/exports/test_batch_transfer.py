"""The sheet for a batch of transfers: whom, how much and for which claim, with its sums above, as Alipay reads it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.batch_transfer import HEADINGS, ROWS_MAX, TITLE, write_batch_transfer
from exports.errors import BadPlace, TooManyRows
from ledger.payment_matching import REMARK_MAX
from ledger.reports_of_payables import UNMATCHED, OpenPayables, PayableRow

DAY = date(2026, 10, 31)


def row(seq: int, fen: int, claim_no: str | None = None, **changes: Any) -> PayableRow:
    given: dict[str, Any] = {
        "claim_no": claim_no or f"C{seq}",
        "order_no": "4261004010598110991",
        "seq": seq,
        "voucher": "记-1",
        "since_on": DAY,
        "kind": "repair",
        "items": "repair",
        "owed_fen": fen,
        "paid_fen": 0,
        "open_fen": fen,
        "account": "2241.02",
        "rules": "003-13b",
    }
    return PayableRow(**{**given, **changes})


def written(folder: Path, *rows: PayableRow, **changes: Any) -> Worksheet:
    found = OpenPayables(**{"book": "main", "rows": rows, "doubtful": frozenset(), "payees": {}, **changes})
    write_batch_transfer(found, DAY, folder / "batch.xlsx", overwrite=True)
    return load_workbook(folder / "batch.xlsx", data_only=True)[TITLE]


def lines(sheet: Worksheet) -> tuple[list[list[Any]], list[list[Any]]]:
    """The rows above the list and those of the list."""
    cells = [[cell.value for cell in row][: len(HEADINGS)] for row in sheet.iter_rows()]
    start = cells.index(list(HEADINGS))
    return cells[:start], cells[start + 1 :]


def test_every_row_says_whom_to_pay_how_much_and_for_what(tmp_path: Path) -> None:
    sheet = written(tmp_path, row(1, 1250), row(2, 500, "SH-2"), payees={2: "zhang@example.com"})
    _, paid = lines(sheet)
    assert paid == [
        [1, None, None, 12.5, "申请号C1 条款003-13b"],
        [2, "zhang@example.com", None, 5, "申请号SH-2 条款003-13b"],
    ]


def test_count_sum_and_sum_in_capitals_stand_above(tmp_path: Path) -> None:
    head, _ = lines(written(tmp_path, row(1, 10_000_000_000), row(2, 105)))
    cells = [cell for row in head for cell in row if cell is not None]
    assert {2, 100_000_001.05, "壹亿零壹元零伍分", "main"} <= set(cells)


def test_amounts_are_numbers_and_all_else_is_text_that_runs_nothing(tmp_path: Path) -> None:
    written(tmp_path, row(1, 1250, "=1+1"), payees={1: "+8613800138000"})
    sheet = load_workbook(tmp_path / "batch.xlsx")[TITLE]
    (cells,) = [row for row in sheet.iter_rows() if row[0].value == 1 and row[4].value]
    assert [cell.data_type for cell in cells[:5]] == ["n", "s", "n", "n", "s"]
    assert cells[3].number_format == "#,##0.00"
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 1
    assert str(formulas[0]).startswith("=SUM(")


def test_what_is_doubtful_overpaid_or_a_transfer_is_not_paid_again(tmp_path: Path) -> None:
    rows = (row(1, 1250), row(2, 500), row(3, -700, kind=UNMATCHED, claim_no=None))
    head, paid = lines(written(tmp_path, *rows, doubtful=frozenset({1})))
    assert [line[4] for line in paid if line[4]] == ["申请号C2 条款003-13b"]
    assert any(5 in row for row in head)


def test_an_empty_batch_is_a_sheet_of_nothing(tmp_path: Path) -> None:
    head, _ = lines(written(tmp_path))
    assert any("零元整" in row for row in head)


def test_no_remark_is_longer_than_alipay_takes(tmp_path: Path) -> None:
    _, paid = lines(written(tmp_path, row(1, 100, rules=" ".join(["003-13b"] * 30))))
    assert len(paid[0][4]) <= REMARK_MAX
    assert paid[0][4] == "申请号C1"


def test_more_than_one_file_holds_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    many = [row(n, 100) for n in range(1, ROWS_MAX + 2)]
    assert len(lines(written(tmp_path, *many[:-1]))[1]) == ROWS_MAX
    (tmp_path / "batch.xlsx").unlink()
    with pytest.raises(TooManyRows, match="3001 rows"):
        written(tmp_path, *many)
    assert list(tmp_path.iterdir()) == []


def test_the_same_batch_is_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for _ in range(2):
        written(tmp_path, row(1, 1250), row(2, 500))
        contents.append((tmp_path / "batch.xlsx").read_bytes())
    assert contents[0] == contents[1]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "batch.xlsx").write_text("mine")
    found = OpenPayables(book="main", rows=(), doubtful=frozenset(), payees={})
    with pytest.raises(BadPlace):
        write_batch_transfer(found, DAY, tmp_path / "batch.xlsx")
    assert (tmp_path / "batch.xlsx").read_text() == "mine"
