"""The month as JSON in the words of GB/T 24589.1. It claims no conformity: the standard's text was not at hand.

The names of tables and elements follow published readings of the standard of 2010 and 2024. Amounts are texts
of exact yuan, days are yyyymmdd, and a balance stands beside its side, 借, 贷 or 平. Aids to stock, currency
and cash flow are left out, for the book keeps none.
"""

import json
from pathlib import Path
from typing import Any

from calculators.money import format_yuan
from exports.account_names import root_of
from exports.vouchers import WORD, VoucherLine, voucher_lines, write_text
from ledger.reports import AccountRow, TrialBalanceRow
from ledger.reports_of_handing import HandOver

NOTICE = (
    "参照 GB/T 24589.1 公开资料中的名称编排,不声明符合该标准 / "
    "named after published readings of GB/T 24589.1; no conformity is claimed"
)
_KINDS = {
    "Assets": "资产",
    "Liabilities": "负债",
    "Equity": "所有者权益",
    "Income": "损益",
    "Expenses": "损益",
}


def write_gbt24589(month: HandOver, to: Path, *, overwrite: bool = False) -> None:
    """Write the month as JSON in UTF-8; `ExportError` where it or the place cannot be."""
    text = json.dumps(gbt24589(month), ensure_ascii=False, indent=1) + "\n"
    write_text(to, text, "utf-8", overwrite=overwrite)


def gbt24589(month: HandOver) -> dict[str, Any]:
    """The month's tables by their Chinese names; `BadBooks` for vouchers that do not tie out."""
    year, number = month.period.split("-")
    return {
        "说明": NOTICE,
        "电子账簿": {
            "电子账簿名称": month.book,
            "会计年度": year,
            "会计期间号": number,
            "本位币": "CNY",
            "结账": "是" if month.closed_at else "否",
            "链尾序号": month.head.seq,
            "链尾哈希": month.head.hash,
        },
        "会计科目": [_account(account) for account in month.accounts],
        "科目余额及发生额": [_balance(row, year, number) for row in month.trial_balance],
        "记账凭证": [_line(row, year, number) for row in voucher_lines(month)],
    }


def _account(account: AccountRow) -> dict[str, str]:
    return {
        "科目编号": account.code,
        "科目名称": account.name_zh,
        "科目级次": str(account.code.count(".") + 1),
        "科目类型": _KINDS[root_of(account.code)],
        "余额方向": "借" if account.normal == "debit" else "贷",
    }


def _balance(row: TrialBalanceRow, year: str, number: str) -> dict[str, str]:
    return {
        "科目编号": row.account,
        "会计年度": year,
        "会计期间号": number,
        "币种编码": "CNY",
        "期初余额方向": _side(row.opening_fen),
        "期初本币余额": format_yuan(abs(row.opening_fen)),
        "借方本币金额": format_yuan(row.debit_fen),
        "贷方本币金额": format_yuan(row.credit_fen),
        "期末余额方向": _side(row.closing_fen),
        "期末本币余额": format_yuan(abs(row.closing_fen)),
    }


def _line(row: VoucherLine, year: str, number: str) -> dict[str, str]:
    return {
        "记账凭证日期": row.entry.effective_on.strftime("%Y%m%d"),
        "会计年度": year,
        "会计期间号": number,
        "记账凭证类型编号": WORD,
        "记账凭证编号": str(row.number),
        "记账凭证行号": str(row.line.line),
        "记账凭证摘要": row.says,
        "科目编号": row.line.account,
        "币种编码": "CNY",
        "借方本币金额": format_yuan(row.debit_fen),
        "贷方本币金额": format_yuan(row.credit_fen),
        "附件数": "0",
        "制单人": row.entry.actor,
        "记账标志": "1",
        "凭证来源系统": "Settle",
    }


def _side(fen: int) -> str:
    """Which side a balance stands on."""
    if fen == 0:
        return "平"
    return "借" if fen > 0 else "贷"
