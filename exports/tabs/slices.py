"""What the sheets of single matters share: each is a slice of 售后明细 with the facts that the matter turns on.

The facts are those the calculator itself wrote down beside the amount; where it wrote none, the cell is empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from calculators.errors import BadMoney
from calculators.money import parse_yuan
from exports.capitals import in_capitals
from exports.item_homes import items_of
from exports.sheets import Column, Kind, Sheet, counted_and_summed
from exports.tabs.detail import working
from exports.tallies import Month
from exports.words import channel_zh, item_zh, kind_zh
from ledger.reports import ItemRows, SettledItemRow

Columns = tuple[Column[SettledItemRow], ...]
NET, WORKING = "净额", "计算式"
_DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)

LEAD: Columns = (
    Column(title="日期", kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
    Column(title="凭证号", kind=Kind.TEXT, width=10, value=lambda row: row.voucher),
    Column(title="申请号", kind=Kind.TEXT, width=22, value=lambda row: row.claim_no),
    Column(title="订单号", kind=Kind.TEXT, width=22, value=lambda row: row.order_no),
    Column(title="业务类型", kind=Kind.TEXT, width=13, value=lambda row: kind_zh(row.kind)),
    Column(title="项目", kind=Kind.TEXT, width=13, value=lambda row: item_zh(row.item)),
    Column(title="条款", kind=Kind.TEXT, width=12, value=lambda row: row.rule),
)
TAIL: Columns = (
    Column(title=WORKING, kind=Kind.TEXT, width=40, value=working),
    Column(title="渠道", kind=Kind.TEXT, width=12, value=lambda row: channel_zh(row.channel)),
    Column(title="链序号", kind=Kind.NUMBER, width=9, value=lambda row: row.seq),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The items of a month that stand on one sheet, gone through anew each time."""

    items: ItemRows
    seqs: Sequence[int]
    names: frozenset[str]

    def __iter__(self) -> Iterator[SettledItemRow]:
        return (row for row in self.items.of_entries(self.seqs) if row.item in self.names)


def slice_sheet(
    month: Month, names: tuple[str, str], columns: Columns, note: str, *, withheld: bool = False
) -> Sheet[SettledItemRow]:
    """The sheet of a matter (its title and its table's name); the last column is what it comes to, also in capitals."""
    title, table = names
    seqs = month.items.entries.get(title, ())
    rows = Slice(items=month.report.items, seqs=seqs, names=items_of(title))
    whole, headline = (*LEAD, *columns, *TAIL), columns[-1].title
    count, sums = counted_and_summed(whole, rows)
    return Sheet(
        title=title,
        table=table,
        columns=whole,
        rows=rows,
        count=count,
        sums=sums,
        note=note,
        above={WORKING: f"{headline}（大写）：{in_capitals(sums[headline])}"},
        headline=headline,
        withheld=withheld,
        frozen=3,
        rows_max=month.rows_max,
    )


def amount(title: str = NET, *, sign: int = 1) -> Column[SettledItemRow]:
    """The item's amount in fen, or with the other sign what is withheld by it."""
    return Column(
        title=title, kind=Kind.AMOUNT, width=13, value=lambda row: sign * row.amount_fen, summed=True
    )


def given(title: str) -> Column[SettledItemRow]:
    """What of an item goes to the buyer."""
    return Column(
        title=title, kind=Kind.AMOUNT, width=13, value=lambda row: max(row.amount_fen, 0), summed=True
    )


def taken(title: str) -> Column[SettledItemRow]:
    """What of an item comes from the buyer, as a positive amount."""
    return Column(
        title=title, kind=Kind.AMOUNT, width=13, value=lambda row: max(-row.amount_fen, 0), summed=True
    )


def fact(title: str, *names: str) -> Column[SettledItemRow]:
    """An amount of money that the calculation started from: the first of these facts that it names."""
    return Column(title=title, kind=Kind.AMOUNT, width=12, value=lambda row: _fen(_first(row.inputs, names)))


def cap(title: str, *endings: str) -> Column[SettledItemRow]:
    """A limit in yuan that the rulebook set: the first parameter used whose name ends so."""
    return Column(
        title=title, kind=Kind.AMOUNT, width=12, value=lambda row: _fen(_ending(row.parameters, endings))
    )


def rate(title: str, *endings: str) -> Column[SettledItemRow]:
    """A rate that the rulebook set: the first parameter used whose name ends so."""
    return Column(
        title=title, kind=Kind.RATE, width=9, value=lambda row: _decimal(_ending(row.parameters, endings))
    )


def day(title: str, name: str) -> Column[SettledItemRow]:
    """A day that the calculation started from."""
    return Column(title=title, kind=Kind.DAY, width=12, value=lambda row: _day(row.inputs.get(name, "")))


def _first(texts: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((texts[name] for name in names if name in texts), "")


def _ending(texts: Mapping[str, str], endings: tuple[str, ...]) -> str:
    return next((texts[name] for name in sorted(texts) if name.endswith(endings)), "")


def _fen(text: str) -> int | None:
    try:
        return parse_yuan(text)
    except BadMoney:
        return None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
