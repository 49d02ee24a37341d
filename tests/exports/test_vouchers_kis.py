"""The workbook for 金蝶 KIS: its columns and schema, and every voucher in it to the fen."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.errors import BadPlace
from exports.vouchers_kis import FIELDS, write_kis
from tests.exports.months import a_month, moving
from tests.exports.samples import digits

CAPTIONS = [
    *(
        "凭证日期",
        "会计年度",
        "会计期间",
        "凭证字",
        "凭证号",
        "科目代码",
        "科目名称",
        "币别代码",
        "币别名称",
        "原币金额",
    ),
    *(
        "借方",
        "贷方",
        "制单",
        "审核",
        "核准",
        "出纳",
        "经办",
        "结算方式",
        "结算号",
        "凭证摘要",
        "数量",
        "数量单位",
    ),
    *(
        "单价",
        "参考信息",
        "业务日期",
        "往来业务编号",
        "附件数",
        "序号",
        "系统模块",
        "业务描述",
        "汇率",
        "分录序号",
    ),
    *("核算项目", "过账", "机制凭证", "现金流量"),
]


def test_the_columns_are_those_of_kis(tmp_path: Path) -> None:
    write_kis(a_month(), tmp_path / "kis.xlsx")
    book = load_workbook(tmp_path / "kis.xlsx")
    assert book.sheetnames == ["Page1", "t_Schema"]
    assert [cell.value for cell in book["Page1"][1]] == CAPTIONS
    schema = list(book["t_Schema"].iter_rows(values_only=True))
    assert len(schema[0]) == 20
    assert schema[1][:4] == ("ClassInfo", "ClassType", None, "VoucherData")
    assert [row[3] for row in schema[4:]] == CAPTIONS
    assert [row[1] for row in schema[4:]] == [field.key for field in FIELDS]


def test_a_voucher_is_many_rows_with_one_number_and_its_lines_from_zero(tmp_path: Path) -> None:
    write_kis(a_month(), tmp_path / "kis.xlsx")
    rows = list(load_workbook(tmp_path / "kis.xlsx")["Page1"].iter_rows(min_row=2, values_only=True))
    named = [dict(zip(CAPTIONS, row, strict=True)) for row in rows]
    assert [(row["凭证号"], row["分录序号"]) for row in named] == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert named[0]["凭证日期"] == datetime(2026, 10, 12)
    assert (named[0]["会计年度"], named[0]["会计期间"], named[0]["凭证字"]) == (2026, 10, "记")
    assert (named[0]["科目代码"], named[0]["借方"], named[0]["贷方"]) == ("5001.02", 123.45, 0)
    assert (named[1]["科目代码"], named[1]["借方"], named[1]["贷方"]) == ("1012.01", 0, 123.45)
    assert (named[0]["制单"], named[0]["审核"], named[0]["过账"]) == ("王芳", "NONE", 0)


def test_amounts_are_written_digit_by_digit(tmp_path: Path) -> None:
    write_kis(a_month([moving(1, 12345), moving(2, 10**12 + 1)]), tmp_path / "kis.xlsx")
    seen = Counter(digits(tmp_path / "kis.xlsx", "Page1").values())
    assert seen["123.45"] == 4
    assert seen["10000000000.01"] == 4


def test_a_narration_longer_than_kis_keeps_is_cut_and_shows_it(tmp_path: Path) -> None:
    write_kis(a_month([moving(1, 1, narration="长" * 300)]), tmp_path / "kis.xlsx")
    text = load_workbook(tmp_path / "kis.xlsx")["Page1"]["T2"].value
    assert text == "长" * 254 + "…"


def test_a_narration_never_becomes_a_formula(tmp_path: Path) -> None:
    write_kis(a_month([moving(1, 1, narration="=1+1")]), tmp_path / "kis.xlsx")
    cell = load_workbook(tmp_path / "kis.xlsx")["Page1"]["T2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_month_gives_the_same_bytes_and_never_over_a_file(tmp_path: Path) -> None:
    write_kis(a_month(), tmp_path / "a.xlsx")
    write_kis(a_month(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(BadPlace, match="is there already"):
        write_kis(a_month(), tmp_path / "a.xlsx")
