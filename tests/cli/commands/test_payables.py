from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from calculators.money import format_yuan
from tests.cli.shell import Shell, asked, dump, noted

CLAIMS = ({"kind": "goodwill", "as": "cash", "amount": "5.00"}, {"kind": "repair", "amount": "15.00"})


@pytest.fixture
def owing(shell: Shell, shop: Path, notes: list[dict[str, Any]]) -> Shell:
    """A book without any statement, in which two claims are owed by transfer."""
    shell("init", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    shell("import", *sorted(path for path in shop.glob("*.csv") if "账务" not in path.name))
    for claim in CLAIMS:
        shell("record", *asked(noted(notes, **claim)))
    return shell


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_owed_is_listed_with_its_age(owing: Shell, lang: str) -> None:
    said = [owing("payables", "--lang", lang), owing("payables", "--as-of", "2026-10-05", "--lang", lang)]
    owing.matches(f"payables.{lang}", *said)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_an_unmatched_transfer_may_have_paid_is_pointed_out(
    booked: Shell, notes: list[dict[str, Any]], lang: str
) -> None:
    booked("record", *asked(noted(notes, **CLAIMS[0])))
    last = booked("payables", "--lang", lang).out.splitlines()[-1]
    assert "settle pay --statement" in last


def test_machines_get_every_row_and_the_sums(owing: Shell) -> None:
    told = owing("payables", "--json").json
    assert told["open_fen"] == {"2241.02": 2000}
    assert [(row["open_fen"], row["days"] >= 0, row["payee"], row["doubtful"]) for row in told["rows"]] == [
        (row["owed_fen"], True, None, False) for row in told["rows"]
    ]
    assert sum(one["open_fen"] for one in told["ages"]) == 2000
    assert [one["from"] for one in told["ages"]] == [0, 8, 31, 91]


def test_asking_writes_nothing(owing: Shell) -> None:
    before = dump(owing.folder / "settle.db")
    owing("payables")
    owing("payables", "--to", "batch.xlsx")
    assert dump(owing.folder / "settle.db") == before


def test_the_sheet_for_a_batch_says_whom_to_pay_and_is_matched_again(owing: Shell) -> None:
    assert owing("payables", "--to", "batch.xlsx", "--json").json["workbook"] == "batch.xlsx"
    sheet = load_workbook(owing.folder / "batch.xlsx", data_only=True)["批量付款"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (heading,) = [place for place, row in enumerate(rows) if row[0] == "序号"]
    assert rows[heading][:5] == ["序号", "收款方支付宝账号", "收款方姓名", "金额（元）", "备注"]
    due = rows[heading + 1 :]
    claims = [row["claim_no"] for row in owing("payables", "--json").json["rows"]]
    assert [row[0] for row in due] == [1, 2]
    assert sorted(format_yuan(round(row[3] * 100)) for row in due) == ["15.00", "5.00"]
    assert [row[4].split(" 条款")[0] for row in due] == [f"申请号{claim}" for claim in claims]
    assert "贰拾元整" in [cell for row in rows[:heading] for cell in row]
    refused = owing("payables", "--to", "batch.xlsx", code=3)
    assert "is there already" in refused.err
    owing("payables", "--to", "batch.xlsx", "--overwrite")


def test_a_settled_book_owes_nothing(booked: Shell) -> None:
    told = booked("payables", "--as-of", "2026-09-30", "--json").json
    assert (told["rows"], told["open_fen"]) == ([], {})


def test_a_day_that_is_none_is_refused(booked: Shell) -> None:
    assert (
        "--as-of" in booked("payables", "--as-of", "soon", code=2).err
        or booked("payables", "--as-of", "soon", code=2).err
    )
