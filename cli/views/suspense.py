"""What stands in suspense, as people and machines see it: one line of a statement each, with its age."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan
from cli.speech import either
from cli.views.wording import meaning_words, shown_words
from cli.words import word
from ledger.reports import SuspenseRow


def show_suspense(rows: Sequence[SuspenseRow], balance_fen: int, on: date, to: tuple[Console, str]) -> None:
    """Every line in suspense, oldest first, the account's balance, and what to do about them."""
    console, tongue = to
    if rows:
        console.print(_table(rows, on, tongue))
    console.print(Text(_footing(rows, balance_fen, tongue)), soft_wrap=True)


def suspense_json(rows: Sequence[SuspenseRow], balance_fen: int, on: date) -> dict[str, Any]:
    """The lines and the balance for machines; amounts in fen, debit positive, wordings masked."""
    listed_fen = sum(row.amount_fen for row in rows)
    return {
        "balance_fen": balance_fen,
        "listed_fen": listed_fen,
        "cleared_otherwise_fen": balance_fen - listed_fen,
        "lines": [_line(row, on) for row in rows],
    }


def _line(row: SuspenseRow, on: date) -> dict[str, Any]:
    said = json.loads(row.line_json)
    return {
        "seq": row.seq,
        "voucher": row.voucher,
        "on": row.effective_on.isoformat(),
        "age_days": (on - row.effective_on).days,
        "file": row.file,
        "row": row.row_no,
        "order_no": row.order_no,
        "amount_fen": row.amount_fen,
        "meaning": said.get("meaning", "unknown"),
        "words": shown_words(said),
    }


def _table(rows: Sequence[SuspenseRow], on: date, tongue: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("seq", "day", "age", "row"):
        table.add_column(word(heading, tongue), justify="right", no_wrap=True)
    for heading in ("file", "order_no"):
        table.add_column(word(heading, tongue), overflow="fold")
    for heading in ("debit", "credit"):
        table.add_column(word(heading, tongue), justify="right", no_wrap=True)
    for heading in ("narration", "wording"):
        table.add_column(word(heading, tongue), overflow="fold")
    for row in rows:
        line = _line(row, on)
        fen = row.amount_fen
        sides = (format_yuan(fen), "") if fen > 0 else ("", format_yuan(-fen))
        place = (
            f"#{row.seq}",
            line["on"],
            str(line["age_days"]),
            str(row.row_no),
            row.file,
            row.order_no or "",
        )
        table.add_row(*place, *sides, meaning_words(line["meaning"], tongue), line["words"])
    return table


def _footing(rows: Sequence[SuspenseRow], balance_fen: int, tongue: str) -> str:
    listed_fen = sum(row.amount_fen for row in rows)
    zh = f"待查 {len(rows)} 笔，合计 {format_yuan(listed_fen)}；1221.09 余额 {format_yuan(balance_fen)}。"
    lines = "1 line" if len(rows) == 1 else f"{len(rows)} lines"
    en = f"{lines}, {format_yuan(listed_fen)}; 1221.09 stands at {format_yuan(balance_fen)}."
    if balance_fen != listed_fen:
        rest = format_yuan(balance_fen - listed_fen)
        zh += f"其余 {rest} 由其他凭证记入或转出。"
        en += f" The rest, {rest}, was moved by other entries."
    if rows:
        serial = json.loads(rows[0].line_json).get("serial", "…")
        how = f"settle reconcile {rows[0].effective_on:%Y-%m} --line {serial} --explain"
        zh += f"查明后写明科目和原因，如：{how} --account 科目 --reason 原因"
        en += f" Once one is explained, say its account and why: {how} --account CODE --reason WHY"
    return either(tongue, zh, en)
