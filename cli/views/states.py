"""The state of a book at a cut, as people read it: balances, months, and the digest that stands for all of it."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan
from cli.speech import either
from cli.words import word
from ledger.chart import account
from ledger.replay_reports import State, StateBalance, StatePeriod


def show_state(state: State, digest: str, console: Console, language: str) -> None:
    """Everything but the single refunds, which --json and --to list; the digest is over them too."""
    console.print(_balances(state.balances, language))
    console.print(_periods(state.periods, language))
    counts = (_until(state, language), state.entries, state.settlements, state.head.seq, state.head.hash)
    said = either(
        language,
        "{}：凭证 {} 张、结算单 {} 份，链首 #{} {}",
        "{}: {} entries, {} settlements, head #{} {}",
    ).format(*counts)
    console.print(Text(said), soft_wrap=True)
    console.print(Text(f"{word('state_digest', language)} {digest}", style="bold"), soft_wrap=True)


def _until(state: State, language: str) -> str:
    if state.until is None:
        return either(language, "全账", "the whole book")
    if isinstance(state.until, int):
        return either(language, f"至第 {state.until} 号凭证", f"up to entry #{state.until}")
    return either(language, f"截至 {state.until}", f"by {state.until}")


def _balances(rows: Sequence[StateBalance], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", show_footer=True)
    table.add_column(word("account", language), word("total", language), overflow="fold")
    for heading in ("debit", "credit", "balance"):
        total = sum(getattr(row, f"{heading}_fen") for row in rows)
        table.add_column(word(heading, language), format_yuan(total), justify="right", no_wrap=True)
    for row in rows:
        leaf = account(row.account)
        shown = leaf.name_zh if language == "zh" else leaf.name_en
        amounts = map(format_yuan, (row.debit_fen, row.credit_fen, row.balance_fen))
        table.add_row(f"{row.account} {shown}", *amounts)
    return table


def _periods(rows: Sequence[StatePeriod], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("period", language))
    for heading in ("entries_count", "debit", "credit"):
        table.add_column(word(heading, language), justify="right")
    table.add_column("")
    for row in rows:
        standing = word("closed" if row.closed else "open", language)
        amounts = map(format_yuan, (row.debit_fen, row.credit_fen))
        table.add_row(row.period, str(row.entries), *amounts, standing)
    return table
