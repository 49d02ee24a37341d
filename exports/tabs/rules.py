"""The 规则: every value that this month's settlements were computed with, and the words it comes from."""

from exports.sheets import Column, Kind, Sheet, listed
from exports.tallies import Month
from exports.words import layer_zh, unit_zh
from ledger.reports_of_closes import ParameterRow

TITLE = "规则"

_COLUMNS: tuple[Column[ParameterRow], ...] = (
    Column(title="条款", kind=Kind.TEXT, width=12, value=lambda row: row.rule),
    Column(title="参数", kind=Kind.TEXT, width=28, value=lambda row: row.name),
    Column(title="取值", kind=Kind.PROSE, width=26, value=lambda row: row.value),
    Column(title="单位", kind=Kind.TEXT, width=10, value=lambda row: unit_zh(row.unit)),
    Column(title="层级", kind=Kind.TEXT, width=12, value=lambda row: layer_zh(row.layer)),
    Column(title="生效日", kind=Kind.DAY, width=12, value=lambda row: row.since_on),
    Column(title="使用次数", kind=Kind.NUMBER, width=9, value=lambda row: row.uses),
    Column(title="出处", kind=Kind.PROSE, width=38, value=lambda row: row.document or None),
    Column(title="原文", kind=Kind.PROSE, width=64, value=lambda row: row.quotation),
)


def rules_sheet(month: Month) -> Sheet[ParameterRow]:
    """The sheet 规则, in the order of the clauses."""
    note = "本期入账时实际采用的参数；生效日为空即手册自始有效"
    return listed(TITLE, "rules", _COLUMNS, month.report.parameters, note=note, frozen=2)
