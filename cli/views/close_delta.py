"""What reopening a month came to: every figure that the close that stands has otherwise than the first."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan
from cli.words import word
from ledger.reports_of_reopening import CloseDelta, CloseDeltaRow, Reopening

_FIGURES = ("debit_fen", "credit_fen", "closing_fen")


def show_close_delta(
    delta: CloseDelta, reopenings: Sequence[Reopening], console: Console, language: str
) -> None:
    """Why the month was reopened, and the accounts that moved, with both balances and the signed differences."""
    moved = [row for row in delta.rows if row.is_changed]
    console.print(Text(_heading(delta, len(moved), language), style="bold"), soft_wrap=True)
    for one in reopenings:
        console.print(Text(_why(one, language)), soft_wrap=True)
    if moved:
        console.print(_table(moved, language))


def signed(fen: int) -> str:
    """A difference in yuan with its sign: +12.00, -3.50, 0.00."""
    return f"+{format_yuan(fen)}" if fen > 0 else format_yuan(fen)


def delta_for_machines(delta: CloseDelta, reopenings: Sequence[Reopening]) -> dict[str, Any]:
    """Every account of both closes as `--json` says it, in fen, and why the month was reopened between them."""
    return {
        "closes": delta.closes,
        "first_closed_at": delta.first_closed_at.isoformat(),
        "last_closed_at": delta.last_closed_at.isoformat(),
        "reopenings": [
            {
                "reason": one.reason,
                "asked_by": one.asked_by,
                "granted_by": one.granted_by,
                "at": one.at.isoformat(),
            }
            for one in reopenings
        ],
        "accounts": [_account(row) for row in delta.rows],
    }


def _account(row: CloseDeltaRow) -> dict[str, Any]:
    return {
        "account": row.account,
        "first": {name: getattr(row, f"first_{name}") for name in _FIGURES},
        "last": {name: getattr(row, f"last_{name}") for name in _FIGURES},
        "difference": {name: getattr(row, name) for name in _FIGURES},
    }


def _why(one: Reopening, language: str) -> str:
    if language == "zh":
        return f"反结账原因：{one.reason}（{one.asked_by} 申请，{one.granted_by} 批准）"
    return f"reopened because: {one.reason} (asked by {one.asked_by}, granted by {one.granted_by})"


def _heading(delta: CloseDelta, moved: int, language: str) -> str:
    if language == "zh":
        found = f"{moved} 个科目有变动" if moved else "没有科目变动"
        return f"{delta.period} 第 {delta.closes} 次结账与首次结账的差异：{found}"
    found = f"accounts that moved: {moved}" if moved else "no account moved"
    return f"{delta.period}, close {delta.closes} against the first: {found}"


def _table(rows: list[CloseDeltaRow], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("account", language), overflow="fold")
    headings = ("first_close", "last_close", "difference", "debit_difference", "credit_difference")
    for heading in headings:
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    for row in rows:
        shown = row.name_zh if language == "zh" else row.name_en
        balances = (format_yuan(row.first_closing_fen), format_yuan(row.last_closing_fen))
        moved = (row.closing_fen, row.debit_fen, row.credit_fen)
        table.add_row(f"{row.account} {shown}", *balances, *map(signed, moved))
    return table
