"""A reconciliation as people and machines read it: what stands out first, then sums, balances and the outcome."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan
from cli.speech import either
from cli.words import word
from exports.words import MEANINGS
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State

SETTLED_QUIETLY = frozenset({State.MATCHED, State.BOOKED})
_OVERDUE = ("（逾期）", " (overdue)")


def meaning_word(meaning: str, language: str) -> str:
    """What a line is for, in the trade's words; the meaning itself where there are none."""
    return either(language, *MEANINGS.get(meaning, (meaning, meaning)))


def state_word(row: ReconciliationRow, language: str) -> str:
    """The state of a row, and whether it is overdue."""
    said = either(language, row.state.zh, row.state.replace("_", " "))
    return said + (either(language, *_OVERDUE) if row.overdue else "")


def show_reconciliation(
    done: Reconciliation, rows: Iterable[ReconciliationRow], console: Console, language: str
) -> None:
    """The rows, the sum of each state, both balances, and whether anything is left to look at."""
    table = rows_table(rows, language)
    if table.row_count:
        console.print(table)
        console.print()
    console.print(sums_table(done, language))
    for line in (*_balances(done, language), outcome(done, language)):
        console.print(Text(line), soft_wrap=True)


def rows_table(rows: Iterable[ReconciliationRow], language: str) -> Table:
    """One row a line: its state, whose it is, both amounts, the difference, and why."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("state", "order_or_serial", "day", "meaning"):
        table.add_column(word(heading, language), no_wrap=True)
    for heading in ("on_statement", "in_ledger", "difference"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    table.add_column(word("explanation", language), overflow="fold")
    for row in rows:
        amounts = map(format_yuan, (row.statement_fen, row.ledger_fen, row.difference_fen))
        owner = f"{row.owner}: " if row.owner else ""
        table.add_row(
            Text(state_word(row, language), style="red" if row.is_open else ""),
            row.order_no or row.serial or f"#{row.seq}",
            str(row.on),
            meaning_word(row.meaning, language),
            *amounts,
            Text(owner + row.explanation.in_language(language)),
        )
    return table


def sums_table(done: Reconciliation, language: str) -> Table:
    """How many rows each state has, and what they come to."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("state", language), no_wrap=True)
    for heading in ("rows", "on_statement", "in_ledger", "difference"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    for one in done.sums:
        amounts = map(format_yuan, (one.statement_fen, one.ledger_fen, one.difference_fen))
        table.add_row(either(language, one.state.zh, one.state.replace("_", " ")), str(one.rows), *amounts)
    return table


def outcome(done: Reconciliation, language: str) -> str:
    """Whether the month is reconciled, in one line."""
    rows = done.open_rows
    if not rows:
        return either(
            language,
            f"{done.period} 对账平：每行流水都已核销、入账、说明或挂账",
            f"{done.period} is reconciled: every line is matched, booked, explained or parked",
        )
    total = format_yuan(sum(row.difference_fen for row in rows))
    return either(
        language,
        f"{done.period} 还有 {len(rows)} 笔要处理，差额合计 {total}",
        f"{done.period}: {len(rows)} left to look at, together off by {total}",
    )


def as_json(done: Reconciliation, rows: Iterable[ReconciliationRow], language: str) -> dict[str, Any]:
    """The same for machines; amounts are yuan."""
    return {
        "period": done.period,
        "open": len(done.open_rows),
        "statement": {"opening": _yuan(done.opening_fen), "closing": _yuan(done.closing_fen)},
        "ledger": {
            "opening": format_yuan(done.ledger_opening_fen),
            "closing": format_yuan(done.ledger_closing_fen),
            "unposted": format_yuan(done.unposted_fen),
        },
        "gap": format_yuan(done.gap_fen),
        "off": format_yuan(done.off_fen),
        "sums": {
            one.state: {
                "rows": one.rows,
                "statement": format_yuan(one.statement_fen),
                "ledger": format_yuan(one.ledger_fen),
                "difference": format_yuan(one.difference_fen),
            }
            for one in done.sums
        },
        "rows": [row_as_json(row, language) for row in rows],
    }


def row_as_json(row: ReconciliationRow, language: str) -> dict[str, Any]:
    """One row for machines."""
    return {
        "state": row.state,
        "open": row.is_open,
        "overdue": row.overdue,
        "order_no": row.order_no,
        "serial": row.serial,
        "file": row.file,
        "row": row.row_no,
        "on": str(row.on),
        "meaning": row.meaning,
        "statement": format_yuan(row.statement_fen),
        "ledger": format_yuan(row.ledger_fen),
        "difference": format_yuan(row.difference_fen),
        "entry": row.seq,
        "explanation": row.explanation.in_language(language),
        "owner": row.owner,
        "settled_on": str(row.settled_on) if row.settled_on else None,
    }


def _balances(done: Reconciliation, language: str) -> list[str]:
    if done.opening_fen is None or done.closing_fen is None:
        return [either(language, "还没有导入支付宝账务明细", "no Alipay statement has been imported yet")]
    figures = (done.opening_fen, done.closing_fen, done.ledger_opening_fen, done.ledger_closing_fen)
    opening, closing, own_opening, own_closing = map(format_yuan, figures)
    lines = [
        either(
            language,
            f"对账单 期初 {opening} 期末 {closing}；账面 期初 {own_opening} 期末 {own_closing}",
            f"statement {opening} to {closing}; ledger {own_opening} to {own_closing}",
        )
    ]
    if done.unposted_fen:
        fen = format_yuan(done.unposted_fen)
        lines.append(either(language, f"结账时还要过账 {fen}", f"the close will still post {fen}"))
    if done.off_fen:
        fen = format_yuan(done.off_fen)
        lines.append(either(language, f"期末余额相差 {fen}", f"the closing balances are {fen} apart"))
    if done.gap_fen:
        fen = format_yuan(done.gap_fen)
        lines.append(
            either(
                language,
                f"对账单缺行：余额变动 {fen} 没有流水，请补导缺的日期",
                f"the statement lacks lines: {fen} moved without any; import the days that are missing",
            )
        )
    return lines


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else format_yuan(fen)
