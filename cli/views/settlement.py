"""A settlement as an agent reads it: what to pay and how, clause by clause, then what did not apply and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.words import word
from ledger.chart import account

COLOURS = {"pay": "green", "hold": "yellow", "approve": "cyan", "refuse": "red"}
CHANNELS = ("order", "alipay", "points", "jifenbao", "coupon", "statement", "red_packet")
NOTHING = {"0.00", 0}


def show_settlement(answer: dict[str, Any], console: Console, language: str) -> None:
    """Print one answer of `case-format.md`, its reasons already in the language asked for."""
    decision = answer["decision"]
    said = Text(f"{word(decision, language)}  ", style=f"bold {COLOURS[decision]}")
    said.append(headline(answer, language), style="bold")
    console.print(said, soft_wrap=True)
    if answer["items"]:
        console.print(_items(answer["items"], language))
    _reasons(console, word("awaits", language), _lines(answer["awaits"], "fact", language))
    _reasons(console, word("approvals", language), _lines(answer["approvals"], "who", language))
    _reasons(console, word("advisories", language), _lines(answer["advisories"], "id", language))
    _reasons(console, word("not_applied", language), _lines(answer["not_applied"], "item", language))
    for entry in answer["entries"]:
        console.print(_entry(entry, language))
    console.print(Text(f"{word('digest', language)} {answer['digest']}", style="dim"), soft_wrap=True)


def headline(answer: Mapping[str, Any], language: str) -> str:
    """Every channel that carries something, then what the buyer pays."""
    parts = [
        f"{word(channel, language)} {answer['to_buyer'][channel]}"
        for channel in CHANNELS
        if answer["to_buyer"].get(channel, 0) not in NOTHING
    ]
    if answer["from_buyer"] not in NOTHING:
        parts.append(f"{word('from_buyer', language)} {answer['from_buyer']}")
    return "  ".join(parts) or "0.00"


def _items(items: Iterable[dict[str, Any]], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("item", "clause", "formula", "channel"):
        table.add_column(word(heading, language), overflow="fold")
    table.add_column(word("amount", language), justify="right", no_wrap=True)
    for item in items:
        table.add_row(
            word(item["item"], language),
            item["rule"],
            Text(item["formula"]),
            word(item["channel"], language),
            item["amount"],
        )
    return table


def _lines(notes: Iterable[dict[str, Any]], key: str, language: str) -> list[str]:
    return [
        f"{word(note[key], language)} [{note['rule']}] {note.get('text') or note.get('why')}"
        for note in notes
    ]


def _reasons(console: Console, heading: str, lines: list[str]) -> None:
    for line in lines:
        console.print(Text(f"{heading}: ", style="dim").append(line, style="default"), soft_wrap=True)


def _entry(entry: dict[str, Any], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", title_justify="left")
    table.add_column(f"{word('entries', language)} {entry['narration']}", min_width=36, overflow="fold")
    table.add_column(word("debit", language), justify="right", no_wrap=True)
    table.add_column(word("credit", language), justify="right", no_wrap=True)
    for posting in entry["postings"]:
        name = account(posting["account"])
        shown = name.name_zh if language == "zh" else name.name_en
        table.add_row(f"{posting['account']} {shown}", posting.get("debit", ""), posting.get("credit", ""))
    return table
