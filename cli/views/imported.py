"""Imported files as people and machines see them: what each was recognised as, what it added, what is unclear."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.days import business_day
from calculators.money import format_yuan
from cli.importing import Imported
from cli.readers import NOT_READ
from cli.readers.rows import StatementLine
from cli.recognised import Recognised
from cli.speech import either
from cli.views.wording import meaning_words, shown_words
from cli.words import word

_SUSPENDED_MAX = 20


def show_imported(imported: Sequence[Imported], to: Console, tongue: str) -> None:
    """Every file in a row, then what a person should know of it, then the lines it put into suspense."""
    to.print(imported_table(imported, tongue))
    for one in imported:
        for fault in one.told:
            to.print(Text(f"! {fault.sentence(tongue)}", style="yellow"), soft_wrap=True)
    for line in transfers_lines(imported, tongue):
        to.print(Text(line), soft_wrap=True)
    suspended = [(one.name, line) for one in imported for line in one.suspended]
    if suspended:
        to.print(Text(_heading(len(suspended), tongue)), soft_wrap=True)
        to.print(_suspended_table(suspended[:_SUSPENDED_MAX], tongue))


def transfers_lines(imported: Sequence[Imported], tongue: str) -> list[str]:
    """What became of new transfers to buyers, where there were any, and what to do about those left."""
    paid, left = sum(one.paid for one in imported), sum(one.unmatched for one in imported)
    if not paid + left:
        return []
    if tongue == "zh":
        hint = "。售后入账后请运行 settle pay --statement 核销" if left else ""
        return [f"转账给买家：核销 {paid} 笔，未核销 {left} 笔{hint}"]
    hint = "; once the claims are recorded, match them with settle pay --statement" if left else ""
    return [f"transfers to buyers: {paid} matched, {left} unmatched{hint}"]


def imported_table(imported: Sequence[Imported], tongue: str) -> Table:
    """What was recognised in each file and what it added."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("file", "layout"):
        table.add_column(word(heading, tongue), overflow="fold")
    table.add_column(word("rows", tongue), justify="right")
    table.add_column(word("span", tongue))
    for heading in ("in", "out", "closing", "orders", "entries", "suspended"):
        table.add_column(word(heading, tongue), justify="right", no_wrap=True)
    table.add_column(word("state", tongue))
    for one in imported:
        table.add_row(*_cells(one, tongue))
    return table


def imported_json(one: Imported) -> dict[str, Any]:
    """One imported file for machines: days as ISO 8601, amounts in fen, wordings masked."""
    seen = {name: value for name, value in asdict(one.file).items() if name != "told"}
    return {
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in seen.items()},
        "new_file": one.new_file,
        "orders": one.orders,
        "entries": one.entries,
        "paid": one.paid,
        "unmatched": one.unmatched,
        "suspended": [_suspended_json(line) for line in one.suspended],
        "told": [
            {"code": fault.code, "detail": fault.detail, "what": fault.text("en").what} for fault in one.told
        ],
    }


def recognised_words(file: Recognised, tongue: str) -> str:
    """What a file was recognised as: report, year and width."""
    if not file.columns:
        return word(file.layout, tongue)
    width = either(tongue, f"（{file.columns} 列）", f"({file.columns} columns)")
    return " ".join(part for part in (word(file.layout, tongue), file.variant, width) if part)


def _cells(one: Imported, tongue: str) -> list[str]:
    file = one.file
    amounts = [_yuan(fen) for fen in (file.in_fen, file.out_fen, file.closing_fen)]
    added = [str(one.rows), _span(file, tongue), *amounts, f"+{one.orders}", f"+{one.entries}"]
    suspended = str(len(one.suspended)) if one.suspended else ""
    return [one.name, recognised_words(file, tongue), *added, suspended, _state(one, tongue)]


def _state(one: Imported, tongue: str) -> str:
    if one.layout == NOT_READ:
        return either(tongue, "未读取", "not read")
    if one.new_file:
        return either(tongue, "新", "new")
    return either(tongue, "已导入过", "imported before")


def _span(file: Recognised, tongue: str) -> str:
    if file.first_on is None or file.last_on is None:
        return ""
    days = f"{file.first_on} … {file.last_on}"
    return f"{days} {either(tongue, '不足月', 'part')}" if file.whole_months is False else days


def _yuan(fen: int | None) -> str:
    return "" if fen is None else format_yuan(fen)


def _heading(count: int, tongue: str) -> str:
    shown = min(count, _SUSPENDED_MAX)
    zh = f"待查 1221.09：{count} 笔，列出 {shown} 笔；全部见 settle suspense"
    en = f"in suspense (1221.09): lines {count}, shown {shown}; all of them: settle suspense"
    return either(tongue, zh, en)


def _suspended_table(lines: Sequence[tuple[str, StatementLine]], tongue: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("file", tongue), overflow="fold")
    table.add_column(word("row", tongue), justify="right")
    table.add_column(word("day", tongue))
    table.add_column(word("amount", tongue), justify="right")
    table.add_column(word("narration", tongue))
    table.add_column(word("wording", tongue), overflow="fold")
    for name, line in lines:
        said = _suspended_json(line)
        amount = format_yuan(said["amount_fen"])
        table.add_row(
            name, str(line.row), said["on"], amount, meaning_words(line.meaning, tongue), said["words"]
        )
    return table


def _suspended_json(line: StatementLine) -> Mapping[str, Any]:
    return {
        "row": line.row,
        "on": business_day(line.at).isoformat(),
        "amount_fen": line.in_fen + line.out_fen,
        "meaning": line.meaning,
        "order_no": line.order_no,
        "words": shown_words(asdict(line)),
    }
