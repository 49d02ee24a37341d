"""Vouchers as 金蝶 KIS takes them in (引入凭证): the rows on Page1, what each column is on t_Schema.

The columns, their keys and their types are those of the files that KIS itself writes. KIS reads the old xls:
where an edition refuses this xlsx, save it as xls in a spreadsheet program first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exports.cells import Value
from exports.import_sheets import ImportSheet, write_import
from exports.sheets import Column, Kind
from exports.vouchers import WORD, VoucherLine, voucher_lines
from ledger.reports_of_handing import HandOver

_TEXT_MAX = 255
_NUMBER = "Decimal(28,10)"
_SCHEMA_HEADINGS = (
    *("FType", "FKey", "FFieldName", "FCaption", "FValueType", "FNeedSave", "FColIndex", "FSrcTableName"),
    *("FSrcFieldName", "FExpFieldName", "FImpFieldName", "FDefaultVal", "FSearch", "FItemPageName"),
    *("FTrueType", "FPrecision", "FSearchName", "FIsShownList", "FViewMask", "FPage"),
)
_SCHEMA_HEAD = (
    ("ClassInfo", "ClassType", "", "VoucherData"),
    ("ClassInfo", "ClassTypeID", "", "123"),
    ("PageInfo", "Page1", "", "Page1"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of KIS: its key, caption, type, place in their schema, and how a line fills it."""

    key: str
    caption: str
    type: str
    index: int
    kind: Kind
    value: Callable[[VoucherLine], Value]


def write_kis(month: HandOver, to: Path, *, overwrite: bool = False) -> None:
    """Write the month's vouchers for 金蝶 KIS; `ExportError` where they or the place cannot be."""
    rows = voucher_lines(month)
    columns = tuple(
        Column(title=field.caption, kind=field.kind, width=12, value=field.value) for field in FIELDS
    )
    page = ImportSheet(title="Page1", columns=columns, rows=rows)
    write_import(to, [page, _schema()], month.closed_at, overwrite=overwrite)


def _schema() -> ImportSheet[tuple[str, ...]]:
    columns = tuple(_schema_column(number, title) for number, title in enumerate(_SCHEMA_HEADINGS))
    return ImportSheet(title="t_Schema", columns=columns, rows=[*_SCHEMA_HEAD, *map(_row, FIELDS)])


def _schema_column(number: int, title: str) -> Column[tuple[str, ...]]:
    return Column(
        title=title, kind=Kind.TEXT, width=12, value=lambda row: row[number] if number < len(row) else None
    )


def _row(field: Field) -> tuple[str, ...]:
    named = ("FieldInfo", field.key, field.key, field.caption, field.type, "", str(field.index), "", "")
    return (*named, field.key, field.key, "", "0", "", "", "0", "0", "0", "0", "1")


def _fitted(text: str) -> str:
    """A text as long as KIS keeps it; what is cut shows."""
    return text if len(text) <= _TEXT_MAX else f"{text[: _TEXT_MAX - 1]}…"


def _always(value: Value) -> Callable[[VoucherLine], Value]:
    return lambda _row: value


def _number(key: str, caption: str, index: int, value: Callable[[VoucherLine], Value]) -> Field:
    return Field(key=key, caption=caption, type=_NUMBER, index=index, kind=Kind.NUMBER, value=value)


def _amount(key: str, caption: str, index: int, value: Callable[[VoucherLine], Value]) -> Field:
    return Field(key=key, caption=caption, type=_NUMBER, index=index, kind=Kind.AMOUNT, value=value)


def _day(key: str, caption: str, index: int) -> Field:
    return Field(
        key=key,
        caption=caption,
        type="DateTime",
        index=index,
        kind=Kind.DAY,
        value=lambda row: row.entry.effective_on,
    )


def _blank(_row: VoucherLine) -> Value:
    return None


def _text(
    key: str, caption: str, place: tuple[str, int], value: Callable[[VoucherLine], Value] = _blank
) -> Field:
    return Field(key=key, caption=caption, type=place[0], index=place[1], kind=Kind.TEXT, value=value)


FIELDS: tuple[Field, ...] = (
    _day("FDate", "凭证日期", 1),
    _number("FYear", "会计年度", 2, lambda row: row.entry.effective_on.year),
    _number("FPeriod", "会计期间", 3, lambda row: row.entry.effective_on.month),
    _text("FGroupID", "凭证字", ("Varchar(80)", 4), _always(WORD)),
    _number("FNumber", "凭证号", 5, lambda row: row.number),
    _text("FAccountNum", "科目代码", ("Varchar(40)", 7), lambda row: row.line.account),
    _text("FAccountName", "科目名称", ("Varchar(80)", 8), lambda row: row.line.account_zh),
    _text("FCurrencyNum", "币别代码", ("Varchar(10)", 9), _always("RMB")),
    _text("FCurrencyName", "币别名称", ("Varchar(40)", 10), _always("人民币")),
    _amount("FAmountFor", "原币金额", 11, lambda row: row.amount_fen),
    _amount("FDebit", "借方", 12, lambda row: row.debit_fen),
    _amount("FCredit", "贷方", 13, lambda row: row.credit_fen),
    _text("FPreparerID", "制单", ("Varchar(255)", 14), lambda row: _fitted(row.entry.actor)),
    _text("FCheckerID", "审核", ("Varchar(255)", 15), _always("NONE")),
    _text("FApproveID", "核准", ("Varchar(255)", 17), _always("NONE")),
    _text("FCashierID", "出纳", ("Varchar(255)", 18), _always("NONE")),
    _text("FHandler", "经办", ("Varchar(50)", 19)),
    _text("FSettleTypeID", "结算方式", ("Varchar(80)", 20), _always("*")),
    _text("FSettleNo", "结算号", ("Varchar(255)", 21)),
    _text("FExplanation", "凭证摘要", ("Varchar(255)", 22), lambda row: _fitted(row.says)),
    _number("FQuantity", "数量", 23, _always(0)),
    _text("FMeasureUnitID", "数量单位", ("Varchar(255)", 24), _always("*")),
    _number("FUnitPrice", "单价", 25, _always(0)),
    _text("FReference", "参考信息", ("Varchar(255)", 26), lambda row: row.entry.order_no),
    _day("FTransDate", "业务日期", 27),
    _text("FTransNo", "往来业务编号", ("Varchar(40)", 28)),
    _number("FAttachments", "附件数", 29, _always(0)),
    _number("FSerialNum", "序号", 30, lambda row: row.number),
    _text("FObjectName", "系统模块", ("Varchar(100)", 31)),
    _text("FParameter", "业务描述", ("Varchar(100)", 32)),
    _number("FExchangeRate", "汇率", 33, _always(1)),
    _number("FEntryID", "分录序号", 34, lambda row: row.line.line - 1),
    _text("FItem", "核算项目", ("Varchar(255)", 35)),
    _number("FPosted", "过账", 36, _always(0)),
    _text("FInternalInd", "机制凭证", ("Varchar(10)", 37)),
    _text("FCashFlow", "现金流量", ("Memo", 38)),
)
