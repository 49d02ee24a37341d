"""Distributors' months as people read them: one row each, with a warning where a pending refund would cost them."""

from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan, round_half_up
from cli.words import word
from ledger.reports_of_payables import DistributorRow, DistributorStatement


def show_distributors(months: Sequence[DistributorStatement], console: Console, language: str) -> None:
    """Every distributor's month, why somebody earned nothing, and what a pending refund would cost."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("distributor", language))
    for heading in ("orders", "net", "rate", "tier"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    table.add_column(word("breaches", language), overflow="fold")
    for heading in ("rebate", "settled", "due"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    for heading in ("clause", "state", "claim_no"):
        table.add_column(word(heading, language))
    for month in months:
        table.add_row(*_cells(month.row, language))
    console.print(table)
    for month in months:
        for line in (*_reasons(month, language), *_warning(month.row, language)):
            console.print(Text(line), soft_wrap=True)


def percent(rate: Fraction) -> str:
    """A rate as people read it, to a hundredth of a percent.

    >>> percent(Fraction(1, 5)), percent(Fraction(196, 3147))
    ('20.00%', '6.23%')
    """
    return f"{format_yuan(round_half_up(rate * 10_000))}%"


def _cells(row: DistributorRow, language: str) -> list[str]:
    tier = row.tier_after if row.tier_after == row.tier_before else f"{row.tier_before} → {row.tier_after}"
    breaches = ", ".join(word(breach, language) for breach in row.breaches)
    amounts = map(format_yuan, (row.rebate_fen, row.settled_fen, row.due_fen))
    sums = (str(row.orders), format_yuan(row.net_fen), percent(row.rate), tier, breaches, *amounts)
    return [row.distributor, *sums, row.rules, word(row.state, language), row.claim_no]


def _reasons(month: DistributorStatement, language: str) -> list[str]:
    return [
        f"{month.row.distributor}: [{one.rule}] {one.zh if language == 'zh' else one.en}"
        + (f" (−{format_yuan(one.fen)})" if one.fen else "")
        for one in month.deductions
    ]


def _warning(row: DistributorRow, language: str) -> list[str]:
    """The warning of a month whose pending refunds would drop a tier or lift the rate above its bound."""
    if not row.cost_fen:
        return []
    zh, en = "", ""
    if row.pending_tier != row.tier_after:
        zh += f"折扣档 {row.tier_after} → {row.pending_tier}，"
        en += f"the tier goes {row.tier_after} → {row.pending_tier}, "
    zh += f"退货率 {percent(row.rate)} → {percent(row.pending_rate)}"
    en += f"the return rate goes {percent(row.rate)} → {percent(row.pending_rate)}"
    pending, cost = format_yuan(row.pending_fen), format_yuan(row.cost_fen)
    if language == "zh":
        return [f"注意 {row.distributor}：待退 {pending} 元一旦入账，{zh}，优惠减少 {cost} 元。"]
    return [
        f"mind {row.distributor}: once the pending {pending} is refunded, {en}, and the rebate falls by {cost}."
    ]
