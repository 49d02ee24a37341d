"""The table of who mis-sums: four published refund formulas and ours on the same random orders."""

from rich.table import Table

from calculators.money import format_yuan
from tests.oracle import magento, ours, saleor, solidus, vendure
from tests.oracle.mis_sums import Count, Verdict, count, orders_sent_back
from tests.oracle.shopping import Refunds

ORDERS, SEED = 20_000, 1
SYSTEMS: dict[str, Refunds] = {
    "Solidus / Spree": solidus.refunds,
    "Saleor": saleor.refunds,
    "Vendure": vendure.refunds,
    "Magento 2": magento.refunds,
    "Settle": ours.refunds,
}
CAPTION = (
    "Orders of 1-4 lines of 1-6 pieces with a discount of up to half, every piece sent back in a random split. "
    "Not what was paid: the parts do not sum to it. Depends on the split: after some return, what had been given "
    "is not what the same pieces would have brought as one return."
)


def mis_sums_table() -> Table:
    """Each system's count of orders gone wrong, and the smallest of them."""
    table = Table(title=f"Who mis-sums, on {ORDERS:,} random orders", caption=CAPTION, caption_justify="left")
    table.add_column("system")
    for name in ("not what was paid", "more than was paid", "depends on the split", "any of these"):
        table.add_column(name, justify="right")
    table.add_column("for example")
    for name, refunds in SYSTEMS.items():
        _add_row(table, name, count(refunds, orders_sent_back(ORDERS, SEED)))
    return table


def _add_row(table: Table, name: str, found: Count) -> None:
    figures = (found.mis_sums, found.exceeds, found.depends, found.wrong)
    shares = [f"{figure:,} ({figure / found.orders:.1%})" for figure in figures]
    table.add_row(name, *shares, _told(found.example) if found.example else "none")


def _told(verdict: Verdict) -> str:
    bought = " + ".join(f"{line.qty} × {format_yuan(line.unit_fen)}" for line in verdict.order.lines)
    given = " + ".join(map(format_yuan, verdict.refunds))
    if len(verdict.refunds) > 1:
        given += f" = {format_yuan(sum(verdict.refunds))}"
    sent = ", then ".join(_pieces(one) for one in verdict.returns)
    return (
        f"{bought} less {format_yuan(verdict.order.discount_fen)} is {format_yuan(verdict.order.paid_fen)} paid; "
        f"{sent} back: {given}"
    )


def _pieces(one: dict[int, int]) -> str:
    return " and ".join(f"{qty} of line {place + 1}" for place, qty in one.items())
