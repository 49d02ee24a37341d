"""The statement (对账单) that a distributor is sent: what was bought and came back, the tiers, and the rebate.

It is written in Chinese, for its reader is; it says the terms that were in force, so that the reader can work
out the sum, and names the clause of every deduction.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from calculators.days import last_of
from calculators.money import format_yuan, round_half_up
from exports.capitals import in_capitals
from exports.cells import Line
from exports.errors import BadPlace
from exports.forms import Form, FormTable, line, summed, write_form
from exports.package import refuse_place
from exports.styles import Style
from ledger.reports_of_payables import DistributorStatement, MonthLine, TierRow

TITLE = "代购对账单"
_WIDTHS = (26, 22, 20, 14)
_UNFIT = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff._-]|^\.+")
_NAME_MAX = 64


def write_statements(
    statements: Sequence[DistributorStatement], folder: Path, *, overwrite: bool = False
) -> list[Path]:
    """Write each distributor's statement into a folder; `BadPlace` before any is written where one cannot stand."""
    files = statement_files(statements, folder, overwrite=overwrite)
    for file, statement in zip(files, statements, strict=True):
        write_form(statement_form(statement), file, overwrite=overwrite)
    return files


def statement_files(
    statements: Sequence[DistributorStatement], folder: Path, *, overwrite: bool = False
) -> list[Path]:
    """The file of each distributor's statement in a folder; `BadPlace` where one of them cannot stand there."""
    if not folder.is_dir():
        raise BadPlace(f"{folder} is not a folder; create it first")
    files = [folder / file_name(one) for one in statements]
    if len(set(files)) < len(files):
        raise BadPlace("two distributors would have one file; rename one of them")
    for file in files:
        refuse_place(file, overwrite=overwrite)
    return files


def file_name(statement: DistributorStatement) -> str:
    """The name of a statement's file, without anything that could lead out of its folder.

    A distributor called ../x has the file 代购对账单-__x-2026-10.xlsx.
    """
    who = _UNFIT.sub("_", statement.row.distributor)[:_NAME_MAX]
    return f"{TITLE}-{who}-{statement.row.month}.xlsx"


def statement_form(statement: DistributorStatement) -> Form:
    """The statement on upright A4: head, sums, deductions, tiers, the rebate in figures and capitals, signatures."""
    on = last_of(statement.row.month)
    lines: list[Line] = [*_head(statement), *_sums(statement), *_deductions(statement)]
    lines += [*_tiers(statement), *_rebate(statement), *_signatures()]
    tables: list[FormTable] = []
    for title, name, rows in (
        ("订单明细", "orders", statement.bought),
        ("退款明细", "refunds", statement.returned),
        ("待退明细（尚未计入）", "pending", statement.pending),
    ):
        if rows:
            tables.append(_list(lines, title, name, rows))
    return Form(title=TITLE, on=on, lines=tuple(lines), widths=_WIDTHS, tables=tuple(tables))


def _head(statement: DistributorStatement) -> list[Line]:
    row = statement.row
    return [
        line((Style.TOTAL_TEXT, TITLE)),
        line((Style.TEXT, "代购"), (Style.TEXT, row.distributor)),
        line((Style.TEXT, "月份"), (Style.TEXT, row.month)),
        line((Style.TEXT, "凭证"), (Style.TEXT, f"{row.claim_no} {row.voucher}".strip() or "未入账")),
        line(),
    ]


def _sums(statement: DistributorStatement) -> list[Line]:
    row = statement.row
    return [
        _heading("月订单", "金额（元）", "说明"),
        _amount("订单金额", row.gross_fen, f"{row.orders} 单 {row.pieces} 件，不含运费"),
        _amount(
            "减：退款",
            -row.refunds_fen,
            f"退货率 {_percent(row.rate)}，上限 {_percent_of(statement.rate_max)}",
        ),
        _amount("月订单净额", row.net_fen, f"适用折扣 {row.tier_after}", Style.TOTAL),
        line(),
    ]


def _deductions(statement: DistributorStatement) -> list[Line]:
    if not statement.deductions:
        return []
    rows = [_amount(f"[{one.rule}]", -one.fen, one.zh) for one in statement.deductions]
    return [_heading("未享受或扣除", "金额（元）", "原因"), *rows, line()]


def _tiers(statement: DistributorStatement) -> list[Line]:
    rows = [
        line((Style.TEXT, _span(tier)), (Style.TEXT, tier.factor), (Style.TEXT, _meaning(tier)))
        for tier in statement.tiers
    ]
    return [_heading("月订单净额（元）", "折扣", "优惠"), *rows, line()]


def _rebate(statement: DistributorStatement) -> list[Line]:
    row, unpaid_fen = statement.row, statement.row.unpaid_fen
    due = "应追回" if unpaid_fen < 0 else "本次应付"
    lines = [
        _amount("本月优惠", row.rebate_fen, None, Style.TOTAL),
        _amount("减：已付", -row.paid_fen, None),
        _amount(due, abs(unpaid_fen), None, Style.TOTAL),
        line((Style.TEXT, "优惠大写"), (Style.TOTAL_TEXT, in_capitals(row.rebate_fen))),
        line((Style.TEXT, f"{due}大写"), (Style.TOTAL_TEXT, in_capitals(abs(unpaid_fen)))),
    ]
    if row.pending_fen:
        lines.append(_amount("待退（尚未计入）", row.pending_fen, "入账后本月优惠将重算"))
    return [*lines, line()]


def _signatures() -> list[Line]:
    blank = "＿＿＿＿＿＿＿＿＿＿"
    return [
        line((Style.TEXT, "制单"), (Style.TEXT, blank), (Style.TEXT, "代购确认"), (Style.TEXT, blank)),
        line((Style.TEXT, "复核"), (Style.TEXT, blank), (Style.TEXT, "日期"), (Style.TEXT, blank)),
        line(),
    ]


def _list(lines: list[Line], title: str, name: str, rows: Sequence[MonthLine]) -> FormTable:
    """Add a list of orders or refunds with its total; answers its table."""
    headings = ("订单号", "金额（元）", "件数")
    table = FormTable(name=name, heading_row=len(lines) + 2, headings=headings, count=len(rows))
    total = summed(table, "金额（元）", [row.amount_fen for row in rows])
    lines.append(line((Style.TOTAL_TEXT, title), (Style.TOTAL, total)))
    lines.append(line(*((Style.HEADING, heading) for heading in headings)))
    lines += [
        line((Style.TEXT, row.order_no), (Style.AMOUNT, row.amount_fen), (Style.NUMBER, row.pieces))
        for row in rows
    ]
    lines.append(line())
    return table


def _heading(*titles: str) -> Line:
    return line(*((Style.HEADING, title) for title in titles))


def _amount(what: str, fen: int, note: str | None, style: Style = Style.AMOUNT) -> Line:
    return line((Style.TEXT, what), (style, fen), (Style.TEXT, note))


def _span(tier: TierRow) -> str:
    low = f"{'≥' if tier.includes_bottom else '>'}{format_yuan(tier.bottom_fen)}"
    if tier.top_fen is None:
        return low
    return f"{low}，{'≤' if tier.includes_top else '<'}{format_yuan(tier.top_fen)}"


def _meaning(tier: TierRow) -> str:
    return "只享受店铺优惠" if tier.factor == "1" else f"净额 × (1 − {tier.factor})"


def _percent(rate: Fraction) -> str:
    return f"{format_yuan(round_half_up(rate * 10_000))}%"


def _percent_of(rate: str) -> str:
    return _percent(Fraction(rate))
