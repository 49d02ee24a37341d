"""A rehearsal as a file: a workbook of four lists, or JSON for machines.

The workbook shows every clause and account, and the claims and orders that differ; each list begins with the
largest difference. Both files bear no clock, so the same rehearsal gives the same bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from exports.cells import Value
from exports.import_sheets import ImportSheet, write_import
from exports.package import write_whole
from exports.sheets import Column, Kind
from ledger.replay_reports import (
    Compared,
    Rehearsed,
    RehearsedAccount,
    RehearsedClaim,
    RehearsedClause,
    RehearsedOrder,
)

LISTS = ("clauses", "orders", "accounts", "claims")
_Row = TypeVar("_Row", bound=Compared)


def rehearsal_json(told: Rehearsed) -> dict[str, Any]:
    """All of a rehearsal, each pair of amounts with its difference."""
    lists = {name: [_with_difference(row) for row in getattr(told, name)] for name in LISTS}
    return _with_difference(told) | lists


def write_rehearsal(told: Rehearsed, to: Path, *, overwrite: bool = False) -> None:
    """Write a rehearsal as `to`, JSON where its name ends so, else a workbook; `ExportError` where it cannot be."""
    if to.suffix == ".json":
        text = json.dumps(rehearsal_json(told), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(to, lambda file: file.write(text.encode()), overwrite=overwrite)
        return
    sheets: list[ImportSheet[Any]] = [
        _sheet("按条款", _CLAUSE, told.clauses),
        _sheet("按订单", _ORDER, told.orders),
        _sheet("按科目", _ACCOUNT, told.accounts),
        _sheet("按申请", _CLAIM, told.claims),
    ]
    write_import(to, sheets, None, overwrite=overwrite)


def _with_difference(row: Compared) -> dict[str, Any]:
    return asdict(row) | {"difference_fen": row.difference_fen}


def _sheet(title: str, columns: tuple[Column[_Row], ...], rows: Sequence[_Row]) -> ImportSheet[_Row]:
    return ImportSheet(title=title, columns=(*columns, *_AMOUNTS), rows=rows)


def _text(title: str, width: int, field: str) -> Column[Any]:
    def value(row: Any) -> Value:
        shown: Value = getattr(row, field)
        return shown

    return Column(title=title, kind=Kind.TEXT, width=width, value=value)


_AMOUNTS: tuple[Column[Any], ...] = (
    Column(title="账上", kind=Kind.AMOUNT, width=16, value=lambda row: row.booked_fen),
    Column(title="按另一套规则", kind=Kind.AMOUNT, width=16, value=lambda row: row.would_be_fen),
    Column(title="差额", kind=Kind.AMOUNT, width=16, value=lambda row: row.difference_fen),
)
_CLAUSE: tuple[Column[RehearsedClause], ...] = (_text("条款", 20, "rule"), _text("项目", 26, "item"))
_ORDER: tuple[Column[RehearsedOrder], ...] = (
    _text("订单号", 24, "subject"),
    Column(title="有差别的申请数", kind=Kind.NUMBER, width=14, value=lambda row: row.claims),
)
_ACCOUNT: tuple[Column[RehearsedAccount], ...] = (_text("科目代码", 14, "account"),)
_CLAIM: tuple[Column[RehearsedClaim], ...] = (
    _text("申请号", 24, "claim_no"),
    _text("订单号", 24, "subject"),
    _text("业务类型", 18, "kind"),
    _text("凭证号", 12, "voucher"),
    _text("日期", 12, "effective_on"),
    _text("原结论", 10, "decided"),
    _text("新结论", 10, "would_decide"),
    _text("条款", 14, "rule"),
    _text("原因", 60, "why_zh"),
)
