"""Vouchers as 精斗云 云会计 takes them in: its template of 25 columns, one row a line.

A voucher is the rows of one number. The program refuses a month that is closed there, parents of accounts,
and names that are not its own; what it asks about customers, stock or projects stays empty.
"""

from pathlib import Path

from exports.import_sheets import ImportSheet, write_import
from exports.sheets import Column, Kind
from exports.vouchers import WORD, VoucherLine, voucher_lines
from ledger.reports_of_handing import HandOver


def write_jingdouyun(month: HandOver, to: Path, *, overwrite: bool = False) -> None:
    """Write the month's vouchers for 精斗云; `ExportError` where they or the place cannot be."""
    rows = voucher_lines(month)
    year, number = month.period.split("-")
    title = f"凭证列表#{year}年第{int(number)}期"
    sheet = ImportSheet(title=title, columns=COLUMNS, rows=rows)
    write_import(to, [sheet], month.closed_at, overwrite=overwrite)


def _text(title: str, text: str | None = None) -> Column[VoucherLine]:
    return Column(title=title, kind=Kind.TEXT, width=12, value=lambda _row: text)


def _parent_and_child(name: str) -> str:
    """An account's name as 父_子; ours puts a dash between the two."""
    return name.replace("—", "_", 1)


COLUMNS: tuple[Column[VoucherLine], ...] = (
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.entry.effective_on),
    _text("凭证字", WORD),
    Column(title="凭证号", kind=Kind.NUMBER, width=8, value=lambda row: row.number),
    Column(title="附件数", kind=Kind.NUMBER, width=8, value=lambda _row: 0),
    Column(title="分录序号", kind=Kind.NUMBER, width=8, value=lambda row: row.line.line),
    Column(title="摘要", kind=Kind.TEXT, width=44, value=lambda row: row.says),
    Column(title="科目代码", kind=Kind.TEXT, width=14, value=lambda row: row.line.account),
    Column(
        title="科目名称", kind=Kind.TEXT, width=30, value=lambda row: _parent_and_child(row.line.account_zh)
    ),
    Column(title="借方金额", kind=Kind.AMOUNT, width=16, value=lambda row: row.debit_fen or None),
    Column(title="贷方金额", kind=Kind.AMOUNT, width=16, value=lambda row: row.credit_fen or None),
    _text("客户"),
    _text("供应商"),
    _text("职员"),
    _text("项目"),
    _text("部门"),
    _text("存货"),
    _text("自定义辅助核算类别"),
    _text("自定义辅助核算编码"),
    _text("自定义辅助核算类别1"),
    _text("自定义辅助核算编码1"),
    _text("数量"),
    _text("单价"),
    Column(title="原币金额", kind=Kind.AMOUNT, width=16, value=lambda row: row.amount_fen),
    _text("币别", "RMB"),
    Column(title="汇率", kind=Kind.NUMBER, width=8, value=lambda _row: 1),
)
