"""The workbook for 精斗云: the 25 columns of its template, and every line in them."""

from pathlib import Path

from openpyxl import load_workbook

from exports.vouchers_jingdouyun import write_jingdouyun
from tests.exports.months import a_month

HEADINGS = [
    *(
        "日期",
        "凭证字",
        "凭证号",
        "附件数",
        "分录序号",
        "摘要",
        "科目代码",
        "科目名称",
        "借方金额",
        "贷方金额",
        "客户",
    ),
    *(
        "供应商",
        "职员",
        "项目",
        "部门",
        "存货",
        "自定义辅助核算类别",
        "自定义辅助核算编码",
        "自定义辅助核算类别1",
    ),
    *("自定义辅助核算编码1", "数量", "单价", "原币金额", "币别", "汇率"),
]


def test_the_template_has_its_25_columns_and_the_months_name(tmp_path: Path) -> None:
    write_jingdouyun(a_month(), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["凭证列表#2026年第10期"]
    assert [cell.value for cell in book.active[1]] == HEADINGS
    assert len(HEADINGS) == 25


def test_one_voucher_is_many_rows_and_only_one_side_is_filled(tmp_path: Path) -> None:
    write_jingdouyun(a_month(), tmp_path / "a.xlsx")
    rows = list(load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2, values_only=True))
    named = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    assert [(row["凭证号"], row["分录序号"]) for row in named] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert [(row["借方金额"], row["贷方金额"]) for row in named[:2]] == [(123.45, None), (None, 123.45)]
    assert {row["科目名称"] for row in named} == {"主营业务收入_销售退回", "其他货币资金_支付宝"}
    assert {(row["币别"], row["汇率"], row["客户"]) for row in named} == {("RMB", 1, None)}
