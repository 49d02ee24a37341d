"""The JSON in the words of GB/T 24589.1: it claims nothing, and adds up."""

import json
from pathlib import Path

from hypothesis import given

from calculators.money import parse_yuan
from exports.gbt24589 import gbt24589, write_gbt24589
from ledger.reports_of_handing import HandOver
from tests.exports.months import a_month, months


def test_no_conformity_is_claimed(tmp_path: Path) -> None:
    write_gbt24589(a_month(), tmp_path / "a.json")
    tables = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert "no conformity is claimed" in tables["说明"]
    assert "不声明符合" in tables["说明"]
    assert "standard" not in tables


def test_a_balance_stands_beside_its_side() -> None:
    openings = {"1012.01": 12345, "3001": -12345}
    rows = {row["科目编号"]: row for row in gbt24589(a_month(openings=openings))["科目余额及发生额"]}
    assert (rows["1012.01"]["期初余额方向"], rows["1012.01"]["期初本币余额"]) == ("借", "123.45")
    assert (rows["1012.01"]["期末余额方向"], rows["1012.01"]["期末本币余额"]) == ("贷", "0.05")
    assert rows["5001.02"]["期初余额方向"] == "平"
    assert rows["3001"]["期末余额方向"] == "贷"


def test_every_line_says_of_which_year_and_month_it_is() -> None:
    tables = gbt24589(a_month())
    rows = [
        row for table in tables.values() if isinstance(table, list) for row in table if "会计期间号" in row
    ]
    assert len(rows) > len(tables["记账凭证"])
    assert {(row["会计年度"], row["会计期间号"]) for row in rows} == {("2026", "10")}


@given(months())
def test_the_lines_of_the_vouchers_make_up_the_movements(month: HandOver) -> None:
    tables = gbt24589(month)
    for row in tables["科目余额及发生额"]:
        lines = [line for line in tables["记账凭证"] if line["科目编号"] == row["科目编号"]]
        for side in ("借方本币金额", "贷方本币金额"):
            assert sum(parse_yuan(line[side]) for line in lines) == parse_yuan(row[side])
    assert all(len(line["记账凭证日期"]) == 8 for line in tables["记账凭证"])
