"""The book as people read it: an entry, an order with its claims, a trial balance."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.days import SHANGHAI
from calculators.money import format_yuan
from cli.words import word
from ledger.chart import account
from ledger.corrections import RED, sides
from ledger.reports import EntryReport, RefundedRow, TrialBalanceRow


def show_entry(entry: EntryReport, console: Console, language: str) -> None:
    """One sealed entry with its postings, whose it is and how it is sealed."""
    head = f"#{entry.seq} {entry.voucher} {entry.effective_on} {entry.narration}"
    console.print(Text(head, style="bold"), soft_wrap=True)
    if entry.colour:
        said = f"{word(entry.colour, language)} #{entry.reverses}"
        console.print(Text(said, style=entry.colour), soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("account", language), overflow="fold")
    table.add_column(word("narration", language), overflow="fold")
    for heading in ("debit", "credit"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    for line in entry.postings:
        shown = line.account_zh if language == "zh" else account(line.account).name_en
        amounts = (inked(fen, entry.colour) for fen in sides(line.amount_fen, entry.colour))
        table.add_row(f"{line.account} {shown}", line.narration, *amounts)
    if entry.postings:
        console.print(table)
    notes = [entry.actor, _clock_time(entry.recorded_at), entry.source or "", entry.hash]
    if entry.reversed_by:
        notes.insert(0, f"{word('reversed_by', language)} #{entry.reversed_by}")
    console.print(Text("  ".join(note for note in notes if note), style="dim"), soft_wrap=True)


def inked(fen: int, colour: str) -> Text:
    """An amount on its side of an entry: nothing for 0, red ink for what a correction takes back in red."""
    return Text(format_yuan(fen) if fen else "", style="red" if colour == RED else "")


def _clock_time(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def show_left(rows: Sequence[RefundedRow], console: Console, language: str) -> None:
    """How far each line, the freight and each tender of an order have been given back."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("what", language))
    for heading in ("paid", "given", "left"):
        table.add_column(word(heading, language), justify="right")
    for row in rows:
        amounts = (row.paid_fen, row.refunded_fen, row.paid_fen - row.refunded_fen)
        table.add_row(row.bucket, *map(format_yuan, amounts))
    if rows:
        console.print(table)


def trial_balance_table(rows: Iterable[TrialBalanceRow], language: str) -> Table:
    """The trial balance of a period with its totals; every account that moved or stands."""
    table = Table(
        title=word("trial_balance", language), box=None, pad_edge=False, header_style="dim", show_footer=True
    )
    rows = [row for row in rows if any((row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen))]
    table.add_column(word("account", language), word("total", language), overflow="fold")
    for name in ("opening", "debit", "credit", "closing"):
        total = sum(getattr(row, f"{name}_fen") for row in rows)
        table.add_column(word(name, language), format_yuan(total), justify="right", no_wrap=True)
    for row in rows:
        shown = row.name_zh if language == "zh" else row.name_en
        amounts = (row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen)
        table.add_row(f"{row.account} {shown}", *map(format_yuan, amounts))
    return table
