"""What is owed, as people read it: each payable with its age, what was matched, and what a payment did."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.masking import mask_account
from calculators.money import format_yuan
from cli.words import word
from ledger.chart import account
from ledger.paying import Paid
from ledger.posting_rules import KINDS
from ledger.reports_of_payables import UNMATCHED, OpenPayables, PayableRow
from ledger.statement_transfers import Matched

# How a list of open items is cut by age; nothing that is owed depends on it.
_AGES = (7, 30, 90)


def ages(rows: Iterable[PayableRow], as_of: date) -> list[dict[str, Any]]:
    """What is owed by age in days: from, to (none for the oldest), how many, and how much in fen."""
    owed = [(max(row.days(as_of), 0), row.open_fen) for row in rows if row.open_fen > 0]
    starts = (0, *(last + 1 for last in _AGES))
    found = []
    for start, last in zip(starts, (*_AGES, None), strict=True):
        ours = [fen for days, fen in owed if days >= start and (last is None or days <= last)]
        found.append({"from": start, "to": last, "count": len(ours), "open_fen": sum(ours)})
    return found


def show_payables(found: OpenPayables, as_of: date, console: Console, language: str) -> None:
    """Every open row, the sums of each account, and what is owed by age."""
    if not found.rows:
        console.print("没有未付款项" if language == "zh" else "nothing is open")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("claim_no", "order_no", "voucher", "since"):
        table.add_column(word(heading, language))
    table.add_column(word("days", language), justify="right")
    table.add_column(word("what", language), overflow="fold")
    for heading in ("owed", "paid_off", "unpaid"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    table.add_column(word("payee", language))
    for row in found.rows:
        table.add_row(*_cells(found, row, as_of, language))
    console.print(table)
    for code, open_fen in found.totals.items():
        named = account(code)
        name = named.name_zh if language == "zh" else named.name_en
        console.print(
            Text(f"{code} {name}  {word('total', language)} {format_yuan(open_fen)}"), soft_wrap=True
        )
    console.print(_ages_table(found.rows, as_of, language))


def payee_shown(found: OpenPayables, row: PayableRow) -> str | None:
    """As much of the payee as a screen may show; None where the book knows none."""
    payee = found.payees.get(row.seq)
    return mask_account(payee) if payee else None


def doubt_line(found: OpenPayables, language: str) -> str:
    """That some rows may have been paid already, and what to do."""
    count = len(found.doubtful)
    if language == "zh":
        return f"{count} 笔可能已由未核销转账付过，不列入批量付款表。请先运行 settle pay --statement 核销。"
    return (
        f"{count} of them may have been paid by an unmatched transfer: they are left out of the batch sheet. "
        "Match first, with settle pay --statement."
    )


def show_paid(paid: Paid, console: Console, language: str) -> None:
    """One payment: which transfer, in which voucher, and what it pays."""
    verb = {
        ("zh", False): "已核销",
        ("zh", True): "早已核销，未重复",
        ("en", False): "paid",
        ("en", True): "paid before, nothing added",
    }[language if language == "zh" else "en", paid.again]
    where = f"#{paid.transfer.seq} {paid.transfer.voucher}".rstrip()
    for one in paid.assigned:
        line = f"{verb} {one.name} {format_yuan(one.fen)} ← {paid.serial} {where}, #{one.seq}"
        console.print(Text(line), soft_wrap=True)
    if paid.free_fen:
        free = format_yuan(paid.free_fen)
        left = f"该转账还有 {free} 未核销" if language == "zh" else f"{free} of the transfer pay no claim yet"
        console.print(Text(left), soft_wrap=True)


def show_matched(matched: Matched, console: Console, language: str) -> None:
    """What was matched, each transfer with its claim, and what was not."""
    matches = [(one.serial, f"{one.on}", one.name, one.fen) for one in matched.assigned]
    left = [(one.serial, f"{one.on}", one.order_no or "", one.fen) for one in matched.unmatched]
    console.print(Text(matched_line(matched, language)), soft_wrap=True)
    for heading, rows in (("claim_no", matches), ("unmatched_transfer", left)):
        if rows:
            console.print(_transfers_table(heading, rows, language))


def matched_line(matched: Matched, language: str) -> str:
    """How many transfers were matched, booked anew and left."""
    done, left = len(matched.assigned), len(matched.unmatched)
    if language == "zh":
        return f"转账给买家：核销 {done} 笔，新入账 {matched.posted} 笔，未核销 {left} 笔"
    return f"transfers to buyers: {done} matched, {matched.posted} booked anew, {left} unmatched"


def _transfers_table(heading: str, rows: Iterable[tuple[str, str, str, int]], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("serial", "day", heading):
        table.add_column(word(name, language))
    table.add_column(word("amount", language), justify="right", no_wrap=True)
    for serial, day, name, fen in rows:
        table.add_row(serial, day, name, format_yuan(fen))
    return table


def _cells(found: OpenPayables, row: PayableRow, as_of: date, language: str) -> list[str]:
    amounts = map(format_yuan, (row.owed_fen, row.paid_fen, row.open_fen))
    what = ", ".join(word(item, language) for item in row.items.split()) or _kind(row, language)
    days = str(max(row.days(as_of), 0))
    payee = payee_shown(found, row) or ""
    return [row.name, row.order_no or "", row.voucher, f"{row.since_on}", days, what, *amounts, payee]


def _kind(row: PayableRow, language: str) -> str:
    if row.kind == UNMATCHED:
        return f"{word(UNMATCHED, language)} {row.serial}".rstrip()
    if row.kind == "opening":
        return word("opening_balance", language)
    return KINDS.get(row.kind, row.kind) if language == "zh" else row.kind


def _ages_table(rows: Iterable[PayableRow], as_of: date, language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("days_owed", language))
    for heading in ("count", "unpaid"):
        table.add_column(word(heading, language), justify="right")
    for one in ages(rows, as_of):
        span = f"{one['from']}–{one['to']}" if one["to"] is not None else f"≥{one['from']}"
        table.add_row(span, str(one["count"]), format_yuan(one["open_fen"]))
    return table
